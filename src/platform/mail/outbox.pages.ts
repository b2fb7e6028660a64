import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { pageOf } from '../web/api.js';
import type { FormView } from '../web/form.js';
import { Staff } from '../web/policy.js';
import { covers } from '../web/viewer.js';
import { Web, WebContext } from '../web/web-context.js';
import { ConferenceOutbox } from './conference-outbox.js';
import { deliveryOf } from './delivery.rules.js';
import { MailAnswers } from './mail-answers.js';
import { problemOfMail } from './mail-problem.rules.js';
import { OutboxQueries } from './outbox.queries.js';
import { batchForm, emptyForm, outboxQuery, type ShownMails } from './outbox.schemas.js';
import { MAIL_STATES } from './outgoing-mail.entity.js';

const PAGE = 50;
const EVERYTHING: ShownMails = { state: null, batch: null, q: null, after: null };

/** What a conference has sent, is sending, and holds back until somebody confirms the number (ruling 9). */
@Controller('org/c/:conf/mail/outbox')
export class OutboxPages {
  constructor(
    private readonly outbox: ConferenceOutbox,
    private readonly queries: OutboxQueries,
    private readonly answers: MailAnswers,
  ) {}

  @Get()
  @Staff('outbox', 'read')
  list(@Web() web: WebContext, @Query({ schema: outboxQuery }) shown: ShownMails): Promise<string> {
    return this.show(web, shown, web.emptyForm());
  }

  @Post('sendings')
  @Staff('outbox', 'write')
  send(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(batchForm, body, {
      done: async ({ batch, count }) => {
        await this.outbox.send(web.conference.id, batch, count);
        return web.redirect(this.here(web), { key: 'outbox.sent', params: { count } });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  @Post('discards')
  @Staff('outbox', 'write')
  discard(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(batchForm, body, {
      done: async ({ batch, count }) => {
        await this.outbox.discard(web.conference.id, batch, count);
        return web.redirect(this.here(web), { key: 'outbox.discarded', params: { count } });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  @Post(':id/discard')
  @Staff('outbox', 'write')
  async discardOne(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    await this.outbox.mail(web.conference.id, id);
    return web.form(emptyForm, body, {
      done: async () => {
        const { batch } = await this.outbox.discardOne(web.conference.id, id);
        const rest = batch === null ? '' : `?batch=${encodeURIComponent(batch)}`;
        return web.redirect(`${this.here(web)}${rest}`, { key: 'outbox.discarded', params: { count: 1 } });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  @Post(':id/retries')
  @Staff('outbox', 'write')
  async retry(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    await this.outbox.mail(web.conference.id, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.outbox.retry(web.conference.id, id);
        return web.redirect(this.here(web), { key: 'outbox.retried' });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  private async show(web: WebContext, { state, batch, q, after }: ShownMails, form: FormView): Promise<string> {
    const here = this.here(web);
    const [rows, held] = await Promise.all([
      this.queries.list(web.conference.id, { state, batch, q }, { limit: PAGE, after }),
      this.queries.heldBatches(web.conference.id),
    ]);
    const { items, next } = pageOf(rows, PAGE, (mail) => mail.id);
    const mayReadAnswers = covers(web.viewer.level('inbox', web.conference.id), 'read');
    const answers = mayReadAnswers ? await this.answers.of(items.map(({ id }) => id)) : new Map<string, string>();
    const search = new URLSearchParams({
      ...(state ? { state } : {}),
      ...(batch ? { batch } : {}),
      ...(q ? { q } : {}),
    }).toString();
    const model = {
      here,
      query: { state, batch, q },
      states: MAIL_STATES,
      held: batch ? held.filter((one) => one.batch === batch) : held,
      mails: items.map(
        ({ id, recipient, locale, subject, state: now, createdAt, sentAt, attempts, problem, doubtful }) => ({
          id,
          recipient,
          locale,
          subject,
          state: now,
          delivery: deliveryOf({ state: now, attempts, problem }),
          createdAt,
          sentAt,
          problem: problem === null ? null : problemOfMail(problem),
          doubtful: doubtful > 0,
          answer: answers.get(id) ?? '',
        }),
      ),
      older: next ? `${here}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${here}?${search}` : '',
      received: mayReadAnswers ? `/org/c/${web.conference.slug}/mail/received` : '',
      mayWrite: web.viewer.level('outbox', web.conference.id) === 'write',
      zone: web.conference.zone,
    };
    const conference = {
      label: pickText(web.conference.title, web.locale).text,
      href: `/org/c/${web.conference.slug}`,
    };
    return web.page('pages/mail/outbox', model, {
      title: web.t('outbox.title'),
      layout: 'staff',
      section: 'conferences',
      form,
      breadcrumbs: [conference],
    });
  }

  private here(web: WebContext): string {
    return `/org/c/${web.conference.slug}/mail/outbox`;
  }
}
