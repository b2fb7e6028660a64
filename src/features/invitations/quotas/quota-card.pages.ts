import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES } from '../../../kernel/locale.js';
import { toLocal } from '../../../kernel/zones.js';
import { Journal } from '../../../platform/journal/journal.js';
import { problemOfMail } from '../../../platform/mail/mail-problem.rules.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { covers } from '../../../platform/web/viewer.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { institutionName } from '../../cooperation/index.js';
import { personName } from '../../people/index.js';
import { versionForm, withdrawForm } from '../invitation.schemas.js';
import type { Quota } from './quota.entity.js';
import { QuotaMails } from './quota.mails.js';
import { QuotaQueries } from './quota.queries.js';
import { quotaForm } from './quota.schemas.js';
import { deadlineOf, quotaBase, quotaFrame, shownQuotaState } from './quota-staff-pages.js';
import { Quotas } from './quotas.service.js';

/** One quota as organizers see it: its letter, who has its places, and what they may do. */
@Controller('org/c/:conf/quotas/:quota')
export class QuotaCardPages {
  constructor(
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly queries: QuotaQueries,
    private readonly mails: QuotaMails,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  async card(@Web() web: WebContext, @Param('quota') id: string): Promise<string> {
    return this.show(web, await this.find(web, id), web.emptyForm());
  }

  @Post('letter')
  @Staff('invitation', 'write')
  async edit(@Web() web: WebContext, @Param('quota') id: string, @Body() body: unknown): Promise<string> {
    const quota = await this.find(web, id);
    return web.form(quotaForm, body, {
      done: async ({ version, deadline, message, ...changes }) => {
        const until = deadlineOf(deadline, web.conference.zone, this.clock.now());
        await this.quotas.edit({ id: quota.id, version }, { ...changes, deadline: until, message: message ?? '' });
        return this.back(web, id, 'invitation.done.saved');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  @Post('sending')
  @Staff('invitation', 'write')
  async send(@Web() web: WebContext, @Param('quota') id: string, @Body() body: unknown): Promise<string> {
    const quota = await this.find(web, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.quotas.send({ id: quota.id, version });
        return this.back(web, id, 'invitation.done.sent');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  @Post('withdrawal')
  @Staff('invitation', 'write')
  async withdraw(@Web() web: WebContext, @Param('quota') id: string, @Body() body: unknown): Promise<string> {
    const quota = await this.find(web, id);
    return web.form(withdrawForm, body, {
      done: async ({ version }) => {
        await this.quotas.withdraw({ id: quota.id, version });
        return this.back(web, id, 'quota.done.withdrawn');
      },
      again: async (form) => this.show(web, await this.find(web, id), form),
    });
  }

  private find(web: WebContext, id: string): Promise<Quota> {
    return this.quotas.inConference(web.conference.id, id);
  }

  private back(web: WebContext, id: string, key: string): string {
    return web.redirect(`${quotaBase(web)}/${id}`, { key });
  }

  private async show(web: WebContext, found: Quota, form: FormView): Promise<string> {
    const now = this.clock.now();
    const quota = await this.queries.with(found);
    const { institution, person } = quota;
    const reads = (object: 'person' | 'journal' | 'registration' | 'institution') =>
      covers(web.viewer.level(object, web.conference.id), 'read');
    const places = await this.queries.places(quota.id);
    const letter = quota.mailId === null ? null : await this.queries.mail(quota.mailId);
    const model = {
      here: `${quotaBase(web)}/${quota.id}`,
      quota: plain(quota),
      state: shownQuotaState(quota, now),
      problem: letter?.problem ? problemOfMail(letter.problem) : null,
      institution: {
        name: institutionName(institution, web.locale),
        href: reads('institution') ? `/org/institutions/${institution.publicId}` : '',
      },
      person: {
        name: personName(person),
        href: reads('person') ? `/org/people/${person.publicId}` : '',
        email: reads('person') ? person.email : null,
        hasEmail: person.email !== null,
      },
      places: places
        .filter(({ place }) => place.state !== 'ended')
        .map(({ place, registration }) => ({
          name: place.name,
          state: place.state,
          way: place.way,
          until: place.consentUntil,
          number: registration?.number ?? '',
          href:
            registration && reads('registration')
              ? `/org/c/${web.conference.slug}/registrations/${registration.publicId}`
              : '',
        })),
      ended: places
        .filter(({ place }) => place.state === 'ended')
        .map(({ place }) => ({ at: place.endedAt, ended: place.ended })),
      letter: await this.mails.preview(quota),
      deadlineLocal: toLocal(quota.deadline, web.conference.zone),
      again: quota.sentTo !== null,
      maySend: quota.state !== 'withdrawn' && now < quota.deadline && person.email !== null,
      locales: LOCALES,
      history: reads('journal') ? await this.history(quota.id) : [],
      mayWrite: web.viewer.level('invitation', web.conference.id) === 'write',
      zone: web.conference.zone,
    };
    const title = web.t('quota.card.title', { name: institutionName(institution, web.locale) });
    return web.page('pages/quotas/card', model, { ...quotaFrame(web, title), form });
  }

  private async history(id: string): Promise<object[]> {
    const entries = await this.journal.about(id);
    const ids = entries.flatMap(({ actorKind, actorId }) => (actorKind === 'account' && actorId ? [actorId] : []));
    const accounts = await this.accounts.byIds(ids);
    return entries.map(({ at, type, actorKind, actorId }) => ({
      at,
      type,
      actor: actorKind,
      by: accounts.get(actorId ?? '')?.name ?? null,
    }));
  }
}

function plain(quota: Quota) {
  const { state, places, taken, category, deadline, consentDays, message, locale, version } = quota;
  const { sentAt, sentTo, remindedAt } = quota;
  return {
    state,
    places,
    taken,
    category,
    deadline,
    consentDays,
    message,
    locale,
    version,
    sentAt,
    sentTo,
    remindedAt,
  };
}
