import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { InvalidInput, NotFound, RuleViolation } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import { pageOf } from '../web/api.js';
import { integerField, line, optionalChoice, optionalId, optionalLine } from '../web/fields.js';
import type { FormView } from '../web/form.js';
import { Staff } from '../web/policy.js';
import { Web, WebContext } from '../web/web-context.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { OutboxQueries } from './outbox.queries.js';
import { Outbox } from './outbox.js';
import { MAIL_STATES } from './outgoing-mail.entity.js';

export const MailsReleased = journalEvent<{ id: string; conferenceId: string; batch: string; count: number }>('MailsReleased');
export const MailsDiscarded = journalEvent<{ id: string; conferenceId: string; batch: string; count: number }>('MailsDiscarded');
export const MailRetried = journalEvent<{ id: string; conferenceId: string }>('MailRetried');

const PAGE = 50;
const query = z.strictObject({ state: optionalChoice(MAIL_STATES), batch: optionalLine(80), after: optionalId() });
type Shown = z.output<typeof query>;
/** The number that was shown is part of the confirmation: when it has changed, it is asked again. */
const batchForm = z.strictObject({ batch: line(80), count: integerField({ min: 1, max: 1_000_000 }) });
const emptyForm = z.strictObject({});

/** What a conference has sent, is sending, and holds back until somebody confirms the number (ruling 9). */
@Controller('org/c/:conf/mail/outbox')
export class OutboxPages {
  constructor(
    private readonly outbox: Outbox,
    private readonly queries: OutboxQueries,
    private readonly journal: Journal,
  ) {}

  @Get()
  @Staff('outbox', 'read')
  list(@Web() web: WebContext, @Query({ schema: query }) shown: Shown): Promise<string> {
    return this.show(web, shown, web.emptyForm());
  }

  @Post('sendings')
  @Staff('outbox', 'write')
  send(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(batchForm, body, {
      done: async ({ batch, count }) => {
        const sent = await this.outbox.sendHeld({ ids: await this.confirmed(web, batch, count) });
        await this.journal.record(MailsReleased({ id: web.conference.id, conferenceId: web.conference.id, batch, count: sent }));
        return web.redirect(this.here(web), { key: 'outbox.sent', params: { count: sent } });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  @Post('discards')
  @Staff('outbox', 'write')
  discard(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(batchForm, body, {
      done: async ({ batch, count }) => {
        const gone = await this.outbox.discardHeld({ ids: await this.confirmed(web, batch, count) });
        await this.journal.record(MailsDiscarded({ id: web.conference.id, conferenceId: web.conference.id, batch, count: gone }));
        return web.redirect(this.here(web), { key: 'outbox.discarded', params: { count: gone } });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  @Post(':id/retries')
  @Staff('outbox', 'write')
  retry(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        const mail = await this.queries.one(web.conference.id, id);
        if (!mail) throw new NotFound();
        if (!(await this.outbox.retry(id))) throw new RuleViolation('error.outbox.notFailed');
        await this.journal.record(MailRetried({ id, conferenceId: web.conference.id }));
        return web.redirect(this.here(web), { key: 'outbox.retried' });
      },
      again: (form) => this.show(web, EVERYTHING, form),
    });
  }

  private async confirmed(web: WebContext, batch: string, count: number): Promise<string[]> {
    const ids = await this.queries.held(web.conference.id, batch);
    if (ids.length !== count) throw InvalidInput.at('', 'error.outbox.numberChanged', { count: ids.length });
    return ids;
  }

  private async show(web: WebContext, { state, batch, after }: Shown, form: FormView): Promise<string> {
    const here = this.here(web);
    const [rows, held] = await Promise.all([this.queries.list(web.conference.id, { state, batch }, { limit: PAGE, after }), this.queries.heldBatches(web.conference.id)]);
    const { items, next } = pageOf(rows, PAGE, (mail) => mail.id);
    const search = new URLSearchParams({ ...(state ? { state } : {}), ...(batch ? { batch } : {}) }).toString();
    const model = {
      here,
      query: { state, batch },
      states: MAIL_STATES,
      held: batch ? held.filter((one) => one.batch === batch) : held,
      mails: items.map(({ id, recipient, locale, subject, state: now, createdAt, sentAt, problem, doubtful }) => ({ id, recipient, locale, subject, state: now, createdAt, sentAt, problem, doubtful: doubtful > 0 })),
      older: next ? `${here}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${here}?${search}` : '',
      mayWrite: web.viewer.level('outbox', web.conference.id) === 'write',
      zone: web.conference.zone,
    };
    const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
    return web.page('pages/mail/outbox', model, { title: web.t('outbox.title'), layout: 'staff', section: 'conferences', form, breadcrumbs: [conference] });
  }

  private here(web: WebContext): string {
    return `/org/c/${web.conference.slug}/mail/outbox`;
  }
}

const EVERYTHING: Shown = { state: null, batch: null, after: null };
