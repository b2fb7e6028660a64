import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { DELIVERIES } from '../../platform/mail/delivery.rules.js';
import { MailAnswers } from '../../platform/mail/mail-answers.js';
import { problemOfMail } from '../../platform/mail/mail-problem.rules.js';
import { behind, pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { covers } from '../../platform/web/viewer.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Conferences } from '../conferences/index.js';
import { personName } from '../people/index.js';
import { MailingDeliveries } from './mailing-deliveries.service.js';
import type { Mailing } from './mailing.entity.js';
import { recipientsQuery, resendForm, type RecipientsQuery } from './mailings.schemas.js';
import { Mailings } from './mailings.service.js';
import { crumbs, frame, here, mayWrite } from './staff-pages.js';

const PAGE = 50;
const EVERYBODY: RecipientsQuery = { state: null, after: null };

/** What became of a mailing, person by person. */
@Controller('org/c/:conf/mail/mailings/:mailing')
export class MailingRecipientsPages {
  constructor(
    private readonly conferences: Conferences,
    private readonly mailings: Mailings,
    private readonly deliveries: MailingDeliveries,
    private readonly answers: MailAnswers,
  ) {}

  @Get('recipients')
  @Staff('outbox', 'read')
  async list(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Query({ schema: recipientsQuery }) query: RecipientsQuery,
  ): Promise<string> {
    return this.show(web, await this.mailings.one(web.conference.id, id), query, web.emptyForm());
  }

  @Post('resending')
  @Staff('outbox', 'write')
  async resend(@Web() web: WebContext, @Param('mailing') id: string, @Body() body: unknown): Promise<string> {
    const mailing = await this.mailings.one(web.conference.id, id);
    return web.form(resendForm, body, {
      done: async ({ count }) => {
        await this.deliveries.resend((await this.conferences.byId(web.conference.id))!, mailing, count);
        return web.redirect(`${here(web)}/${id}/recipients`, { key: 'mailing.done.resent', params: { count } });
      },
      again: (form) => this.show(web, mailing, EVERYBODY, form),
    });
  }

  private async show(
    web: WebContext,
    mailing: Mailing,
    { state, after }: RecipientsQuery,
    form: FormView,
  ): Promise<string> {
    const all = await this.deliveries.of(mailing);
    const some = all.filter(({ delivery }) => state === null || delivery === state);
    const idOf = ({ mail }: (typeof all)[number]): string => mail.id;
    const { items, next } = pageOf(behind(some, after ?? undefined, idOf), PAGE, idOf);
    const mayReadAnswers = covers(web.viewer.level('inbox', web.conference.id), 'read');
    const answers = mayReadAnswers ? await this.answers.of(items.map(idOf)) : new Map<string, string>();
    const readsPeople = covers(web.viewer.level('person', null), 'read');
    const page = `${here(web)}/${mailing.id}`;
    const list = `${page}/recipients`;
    const search = state ? `state=${state}` : '';
    const model = {
      here: page,
      list,
      state,
      totals: DELIVERIES.map((one) => ({
        state: one,
        count: all.filter(({ delivery }) => delivery === one).length,
        href: `${list}?state=${one}`,
      })).filter(({ count }) => count > 0),
      total: all.length,
      corrected: mayWrite(web) ? all.filter(({ corrected }) => corrected).length : 0,
      undelivered: all.some(({ delivery }) => delivery === 'bounced' || delivery === 'stopped'),
      rows: items.map(({ mail, delivery, person, times, corrected }) => ({
        name: person ? personName(person) : '',
        href: person && readsPeople ? `/org/people/${person.publicId}` : '',
        recipient: mail.recipient,
        now: corrected ? person!.email : '',
        delivery,
        times,
        problem: mail.problem === null ? null : problemOfMail(mail.problem),
        at: mail.sentAt ?? mail.createdAt,
        answer: answers.get(mail.id) ?? '',
      })),
      older: next ? `${list}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${list}?${search}` : '',
      zone: web.conference.zone,
    };
    const title = pickText(mailing.subject, web.locale).text || web.t('mailing.title');
    return web.page('pages/mailings/recipients', model, {
      ...frame(web, web.t('mailing.recipients.title')),
      form,
      breadcrumbs: [...crumbs(web, true), { label: title, href: page }],
    });
  }
}
