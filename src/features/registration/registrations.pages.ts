import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Consents, personName } from '../people/index.js';
import { BulkDecisions } from './bulk-decisions.service.js';
import { CATEGORIES, FORMS } from './participation.rules.js';
import { RegistrationQueries } from './registration.queries.js';
import type { Registration } from './registration.entity.js';
import { APPROVALS, isActive, WAITLISTS } from './registration.rules.js';
import { behalfForm, bulkForm, filterQuery, type RegistrationFilter } from './registration.schemas.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { Registrations } from './registrations.service.js';
import { staffFrame } from './staff-frame.js';

const PAGE = 50;

/** The organizers' list of a conference's registrations, decisions about many, and registering on behalf. */
@Controller('org/c/:conf')
export class RegistrationsPages {
  constructor(
    private readonly queries: RegistrationQueries,
    private readonly registrations: Registrations,
    private readonly bulk: BulkDecisions,
    private readonly settings: SettingsOfRegistration,
    private readonly consents: Consents,
  ) {}

  @Get('registrations')
  @Staff('registration', 'read')
  list(@Web() web: WebContext, @Query({ schema: filterQuery }) query: z.output<typeof filterQuery>): Promise<string> {
    return this.showList(web, query, web.emptyForm());
  }

  /** The mails of a decision about several people are drafts until their number is confirmed (ruling 9). */
  @Post('registrations/decisions')
  @Staff('registration', 'write')
  decide(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(bulkForm, body, {
      done: async (input) => {
        const { batch, done, left } = await this.bulk.decide(web.conference.id, input);
        const { decision } = input;
        const key = left > 0 ? `registration.bulk.${decision}Some` : `registration.bulk.${decision}Done`;
        return web.redirect(`/org/c/${web.conference.slug}/mail/outbox?batch=${batch}`, { key, params: { count: done, left } });
      },
      again: (form) => this.showList(web, { q: null, category: null, form: null, approval: null, waitlist: null, country: null, after: null }, form),
    });
  }

  @Get('registrations/new')
  @Staff('registration', 'write')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showNew(web, web.emptyForm({ locale: web.locale, form: 'in_person' }));
  }

  @Post('registrations')
  @Staff('registration', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(behalfForm, body, {
      done: async ({ form, category, email, phone, locale, note, given, family, mononym, institution, position, country }) => {
        const { registration, outcome } = await this.registrations.register({
          conferenceId: web.conference.id,
          form,
          category,
          person: { given, family: mononym ? null : family, mononym, email: email?.address ?? null, institution, position, country, phone: phone?.original ?? null },
          locale,
          channel: 'staff',
          byStaff: true,
          note: note ?? '',
        });
        return web.redirect(cardOf(web, registration), { key: `registration.behalf.${outcome}` });
      },
      again: (form) => this.showNew(web, form),
    });
  }

  private async showList(web: WebContext, query: z.output<typeof filterQuery>, form: FormView): Promise<string> {
    const { after, ...filter } = query;
    const conferenceId = web.conference.id;
    const here = `/org/c/${web.conference.slug}/registrations`;
    const [rows, found, counts, settings] = await Promise.all([
      this.queries.list(conferenceId, filter, { limit: PAGE, after }),
      this.queries.count(conferenceId, filter),
      this.queries.counts(conferenceId),
      this.settings.of(conferenceId),
    ]);
    const { items, next } = pageOf(rows, PAGE, (row) => row.publicId);
    const agreed = await this.consents.given('registration', items.map(({ personId }) => personId));
    const search = searchOf(filter);
    const model = {
      here,
      query: filter,
      counts,
      found,
      settings: { capacity: settings.capacity, taken: settings.taken, over: settings.capacity !== null && settings.taken > settings.capacity },
      rows: items.map((row) => ({
        publicId: row.publicId,
        number: row.number,
        name: personName(row.person),
        country: row.person.country,
        institution: row.person.institution,
        category: row.category,
        participation: row.form,
        approval: row.approval,
        waitlist: row.waitlist,
        provisional: row.provisionalUntil !== null,
        noConsent: isActive(row) && !agreed.has(row.personId),
        createdAt: row.createdAt,
      })),
      choices: { categories: CATEGORIES, forms: FORMS, approvals: APPROVALS, waitlists: WAITLISTS },
      older: next ? `${here}?${joined(search, `after=${next}`)}` : '',
      newer: after ? `${here}?${search}` : '',
      exportHref: `${here}.xlsx${search ? `?${search}` : ''}`,
      mayWrite: web.viewer.level('registration', conferenceId) === 'write',
      mayExport: web.viewer.level('export', conferenceId) === 'write',
      zone: web.conference.zone,
    };
    return web.page('pages/registration/list', model, { ...staffFrame(web, 'registration.list.title'), form });
  }

  private showNew(web: WebContext, form: FormView): Promise<string> {
    const here = `/org/c/${web.conference.slug}/registrations`;
    return web.page('pages/registration/behalf', { here, categories: CATEGORIES, forms: FORMS }, { ...staffFrame(web, 'registration.behalf.title', here), form });
  }
}

/** A query without its cursor. */
export function filterOf({ q, category, form, approval, waitlist, country }: RegistrationFilter): RegistrationFilter {
  return { q, category, form, approval, waitlist, country };
}

/** The filters as a query, without those that are not set. */
export function searchOf(filter: RegistrationFilter): string {
  return new URLSearchParams(Object.entries(filter).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))).toString();
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('&');
}

function cardOf(web: WebContext, { publicId }: Registration): string {
  return `/org/c/${web.conference.slug}/registrations/${publicId}`;
}
