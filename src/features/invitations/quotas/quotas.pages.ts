import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { INSTITUTION_KINDS, institutionName, Institutions } from '../../cooperation/index.js';
import { personName } from '../../people/index.js';
import { CATEGORIES, SettingsOfRegistration } from '../../registration/index.js';
import { countForm, emptyForm } from '../invitation.schemas.js';
import { QuotaMails } from './quota.mails.js';
import { QuotaPlans } from './quota-plans.queries.js';
import { QuotaQueries } from './quota.queries.js';
import { QuotaRounds } from './quota-rounds.service.js';
import { isWaitedFor } from './quota.rules.js';
import { amongQuery, newQuotasForm, SCOPES, type AmongQuery } from './quota.schemas.js';
import { deadlineOf, quotaBase, quotaFrame, shownQuotaState } from './quota-staff-pages.js';
import { Quotas } from './quotas.service.js';

const SHOWN_LETTERS = 3;
const PARTNERS: AmongQuery = { scope: 'partners', kind: null, country: null, q: null };

/** Institutions that a conference invites to name their people. */
@Controller('org/c/:conf/quotas')
export class QuotasPages {
  constructor(
    private readonly clock: Clock,
    private readonly institutions: Institutions,
    private readonly settings: SettingsOfRegistration,
    private readonly quotas: Quotas,
    private readonly plans: QuotaPlans,
    private readonly queries: QuotaQueries,
    private readonly rounds: QuotaRounds,
    private readonly mails: QuotaMails,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  list(@Web() web: WebContext): Promise<string> {
    return this.showList(web, web.emptyForm());
  }

  /** Before drafting: who will be invited, and who is left out and why. */
  @Get('new')
  @Staff('invitation', 'write')
  blank(@Web() web: WebContext, @Query({ schema: amongQuery }) query: AmongQuery): Promise<string> {
    const values = { places: '3', consentDays: '14', category: 'invited_guest' };
    return this.showNew(web, { ...query, scope: query.scope ?? 'partners' }, web.emptyForm(values));
  }

  @Post()
  @Staff('invitation', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newQuotasForm, body, {
      done: async ({ institutions, scope, deadline, ...terms }) => {
        const made = await this.quotas.create({
          ...terms,
          conferenceId: web.conference.id,
          institutionIds: await this.institutions.idsOf(institutions),
          partnersOnly: scope === 'partners',
          deadline: deadlineOf(deadline, web.conference.zone, this.clock.now()),
        });
        return web.redirect(quotaBase(web), { key: 'quota.done.drafted', params: { count: made.length } });
      },
      again: (form) => {
        const scope = form.values['scope'] === 'all' ? 'all' : 'partners';
        return this.showNew(web, { ...PARTNERS, scope }, form);
      },
    });
  }

  /** The letters of all drafts, those first that are likeliest to look wrong; then their number is confirmed. */
  @Get('sending')
  @Staff('invitation', 'write')
  preview(@Web() web: WebContext): Promise<string> {
    return this.showSending(web, web.emptyForm());
  }

  @Post('sending')
  @Staff('invitation', 'write')
  send(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(countForm, body, {
      done: async ({ count }) => {
        await this.rounds.sendDrafts(web.conference.id, count);
        return web.redirect(quotaBase(web), { key: 'invitation.done.sentAll', params: { count } });
      },
      again: (form) => this.showSending(web, form),
    });
  }

  /** Reminders are drafts in the outbox until their number is confirmed (ruling 9). */
  @Post('reminders')
  @Staff('invitation', 'write')
  remind(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        const { batch, count } = await this.rounds.remindAll(web.conference.id);
        if (count === 0) return web.redirect(quotaBase(web), { key: 'invitation.done.nobodyToRemind' });
        const outbox = `/org/c/${web.conference.slug}/mail/outbox?batch=${batch}`;
        return web.redirect(outbox, { key: 'invitation.done.reminders', params: { count } });
      },
      again: (form) => this.showList(web, form),
    });
  }

  private async showList(web: WebContext, form: FormView): Promise<string> {
    const now = this.clock.now();
    const quotas = await this.queries.list(web.conference.id);
    const standing = await this.queries.standing(quotas.map(({ id }) => id));
    const seats = await this.settings.of(web.conference.id);
    const unfilled = await this.queries.unfilled(web.conference.id);
    const counted = quotas.filter(({ state }) => state !== 'withdrawn');
    const sum = (of: (quota: (typeof quotas)[number]) => number) => counted.reduce((all, one) => all + of(one), 0);
    const model = {
      here: quotaBase(web),
      totals: {
        institutions: counted.length,
        places: sum(({ places }) => places),
        taken: sum(({ taken }) => taken),
        confirmed: sum(({ id }) => standing.get(id)?.confirmed ?? 0),
      },
      overbooked: seats.capacity !== null && seats.taken + unfilled > seats.capacity,
      seatsLeft: seats.capacity === null ? 0 : Math.max(0, seats.capacity - seats.taken),
      unfilled,
      drafts: quotas.filter(({ state }) => state === 'draft').length,
      waiting: quotas.filter((quota) => quota.sentTo !== null && isWaitedFor(quota, now)).length,
      rows: quotas.map((quota) => ({
        id: quota.id,
        institution: institutionName(quota.institution, web.locale),
        country: quota.institution.country,
        focalPoint: personName(quota.person),
        state: shownQuotaState(quota, now),
        places: quota.places,
        taken: quota.taken,
        confirmed: standing.get(quota.id)?.confirmed ?? 0,
        deadline: quota.deadline,
        remindedAt: quota.remindedAt,
      })),
      mayWrite: web.viewer.level('invitation', web.conference.id) === 'write',
      zone: web.conference.zone,
    };
    return web.page('pages/quotas/list', model, { ...quotaFrame(web, web.t('quota.title'), false), form });
  }

  private async showNew(web: WebContext, query: AmongQuery, form: FormView): Promise<string> {
    const partnersOnly = query.scope !== 'all';
    const { kind, country, q } = query;
    const plan = await this.plans.among(web.conference.id, { kind, country, q, partners: null }, { partnersOnly });
    // Whoever asks for partners is told of those who once were; the rest of the world is no news.
    const skipped = plan.skipped.filter(({ reason, agreed }) => reason !== 'agreement' || agreed);
    const chosen = form.failed ? [form.values['institutions'] ?? []].flat().map(String) : null;
    const model = {
      here: `${quotaBase(web)}/new`,
      list: quotaBase(web),
      query,
      scopes: SCOPES,
      kinds: INSTITUTION_KINDS,
      categories: CATEGORIES,
      ready: plan.ready.map(({ institution, focalPoint }) => ({
        publicId: institution.publicId,
        name: institutionName(institution, web.locale),
        country: institution.country,
        focalPoint: personName(focalPoint!.person),
        checked: chosen === null || chosen.includes(institution.publicId),
      })),
      readyCount: plan.ready.length,
      skipped: skipped.map(({ institution, reason }) => ({
        name: institutionName(institution, web.locale),
        href: `/org/institutions/${institution.publicId}`,
        reason,
      })),
      skippedCount: skipped.length,
      zone: web.conference.zone,
    };
    return web.page('pages/quotas/new', model, { ...quotaFrame(web, web.t('quota.new.title')), form });
  }

  private async showSending(web: WebContext, form: FormView): Promise<string> {
    const hindrances = await this.rounds.hindrances(web.conference.id);
    const drafts = (await this.queries.list(web.conference.id)).filter(({ state }) => state === 'draft');
    const longest = (quota: (typeof drafts)[number]) =>
      Number(quota.message === '') * 1000 + institutionName(quota.institution, quota.locale).length;
    const sendable = drafts.filter(({ id }) => !hindrances.get(id)?.why).sort((a, b) => longest(b) - longest(a));
    const letters = await Promise.all(
      sendable.slice(0, SHOWN_LETTERS).map(async (draft) => ({
        name: `${institutionName(draft.institution, web.locale)} · ${personName(draft.person)}`,
        email: web.viewer.level('person', web.conference.id) ? draft.person.email : null,
        locale: draft.locale,
        ...(await this.mails.preview(draft)),
      })),
    );
    const model = {
      here: `${quotaBase(web)}/sending`,
      list: quotaBase(web),
      count: sendable.length,
      more: sendable.length - letters.length,
      letters,
      left: drafts
        .filter(({ id }) => hindrances.get(id)?.why)
        .map(({ id, institution }) => ({
          name: institutionName(institution, web.locale),
          href: `${quotaBase(web)}/${id}`,
          why: hindrances.get(id)!.why,
        })),
    };
    return web.page('pages/invitations/sending', model, { ...quotaFrame(web, web.t('quota.sending')), form });
  }
}
