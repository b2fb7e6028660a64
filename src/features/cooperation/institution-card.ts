import { Injectable } from '@nestjs/common';
import { Journal } from '../../platform/journal/journal.js';
import type { FormView } from '../../platform/web/form.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import { covers } from '../../platform/web/viewer.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { People, personName } from '../people/index.js';
import { Agreements } from './agreements.service.js';
import { CooperationQueries } from './cooperation.queries.js';
import { InstitutionContacts } from './institution-contacts.service.js';
import type { Institution } from './institution.entity.js';
import { CONTACT_ROLES, focalPointOf, institutionName, standingOf } from './institution.rules.js';

const FOUND = 20;

/** The card of one institution: what it is, what was agreed with it, whom the house knows there. */
@Injectable()
export class InstitutionCard {
  constructor(
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly journal: Journal,
    private readonly agreements: Agreements,
    private readonly contacts: InstitutionContacts,
    private readonly queries: CooperationQueries,
  ) {}

  async show(web: WebContext, institution: Institution, q: string | null, form: FormView): Promise<string> {
    const here = `/org/institutions/${institution.publicId}`;
    const reads = (object: 'person' | 'agreement' | 'journal') => covers(web.viewer.level(object, null), 'read');
    const contacts = await this.contacts.of([institution.id]);
    const focal = focalPointOf(contacts);
    const today = this.queries.today();
    const agreements = reads('agreement') ? await this.agreements.of([institution.id]) : null;
    const found = q !== null && reads('person') ? await this.people.search({ words: q, limit: FOUND }) : [];
    const model = {
      here,
      q,
      institution: { ...plain(institution), own: institution.originalName },
      shown: institutionName(institution, web.locale),
      agreements: agreements?.map((one) => ({ ...one, standing: standingOf(one, today) })) ?? null,
      contacts: contacts.map(({ id, role, person }) => ({
        id,
        role,
        name: personName(person),
        position: person.position,
        email: reads('person') ? person.email : null,
        hasEmail: person.email !== null,
        href: reads('person') ? `/org/people/${person.publicId}` : '',
      })),
      noFocalPoint: focal === null,
      noAddress: focal !== null && focal.person.email === null,
      found: found.slice(0, FOUND).map((person) => ({
        publicId: person.publicId,
        name: personName(person),
        institution: person.institution,
        email: person.email,
      })),
      roles: CONTACT_ROLES,
      history: reads('journal') ? await this.history(institution.id) : [],
      mayEdit: web.viewer.level('institution', null) === 'write',
      mayAgree: web.viewer.level('agreement', null) === 'write',
      mayFind: reads('person'),
    };
    const title = institutionName(institution, web.locale);
    return web.page('pages/cooperation/card', model, { ...frame(web, title), form });
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

function plain({ kind, name, country, city, website, version }: Institution) {
  return { kind, name, country, city, website, version };
}

/** The frame of a page below the list of institutions. */
export function frame(web: WebContext, title: string, above?: { label: string; href: string }): PageOptions {
  const list = { label: web.t('cooperation.title'), href: '/org/institutions' };
  return { title, layout: 'staff', section: 'institutions', breadcrumbs: above ? [list, above] : [list] };
}
