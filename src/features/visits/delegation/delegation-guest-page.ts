import { Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { institutionName, Institutions } from '../../cooperation/index.js';
import { People, personName, type Person } from '../../people/index.js';
import { shownVisit } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { hasReached } from '../visit.rules.js';
import { platesOf } from './delegation-page.js';
import type { VisitLink } from './delegation-link.entity.js';
import type { GuestMember } from './guest-members.service.js';
import type { VisitMember } from './member.entity.js';
import { given } from './member-needs.service.js';
import { MEMBER_ROLES, PASSPORT_TYPES, PLATE_SCRIPTS, plateScripts } from './member.rules.js';
import { PARTICIPATIONS } from './member.schemas.js';
import { Delegations } from './members.service.js';
import { Proposals } from './proposals.service.js';

/** Their own script first; of ours they give what they know. */
const GUEST_PLATES = ['original', 'en', 'be', 'ru'] as const;

interface Opened {
  readonly token: string;
  readonly visit: Visit;
}

/** The pages behind the link of a delegation: what its own side gave, never what is ours. */
@Injectable()
export class DelegationGuestPage {
  constructor(
    private readonly delegations: Delegations,
    private readonly proposals: Proposals,
    private readonly people: People,
    private readonly institutions: Institutions,
    private readonly accounts: Accounts,
  ) {}

  async list(web: WebContext, { token, visit, link }: Opened & { link: VisitLink }, form: FormView): Promise<string> {
    const members = await this.delegations.of(visit.id);
    const proposals = await this.proposals.open(visit);
    const asked = new Map(proposals.map(({ memberId, kind }) => [memberId, kind]));
    const model = {
      ...(await this.frame(web, visit)),
      here: hereOf(web, token),
      members: members.map(({ member, person }) => ({
        id: member.id,
        place: member.orderNo,
        up: member.orderNo - 1,
        down: member.orderNo + 1,
        name: personName(person),
        role: member.role,
        title: member.title,
        plates: platesOf(member, GUEST_PLATES),
        inPerson: member.inPerson,
        asked: asked.get(member.id) ?? null,
      })),
      asked: proposals.flatMap(({ kind, typed }) => (kind === 'add' && typed ? [personName(named(typed))] : [])),
      last: members.length,
      confirmed: hasReached(visit, 'composition_confirmed'),
      until: link.expiresAt,
      doneAt: link.doneAt,
      zone: visit.zone,
    };
    return this.page(web, 'pages/delegation/list', model, web.t('delegation.guest.title'), form);
  }

  async blank(web: WebContext, { token, visit }: Opened, form: FormView | null): Promise<string> {
    const here = hereOf(web, token);
    const model = {
      ...(await this.frame(web, visit)),
      ...choices(visit),
      back: here,
      action: `${here}/members`,
      fresh: true,
      named: true,
    };
    const begun = { role: 'member', inPerson: 'in_person', citizenship: visit.country ?? '' };
    return this.page(web, 'pages/delegation/member', model, web.t('delegation.add'), form ?? web.emptyForm(begun));
  }

  async member(
    web: WebContext,
    { token, visit, confirmed }: Opened & { confirmed: boolean },
    id: string,
    form: FormView | null,
  ): Promise<string> {
    const member = await this.delegations.member(visit, id);
    const person = (await this.people.byId(member.personId))!;
    const asked = (await this.proposals.open(visit)).find(({ memberId, kind }) => memberId === id && kind === 'change');
    const here = hereOf(web, token);
    const model = {
      ...(await this.frame(web, visit)),
      ...choices(visit),
      back: here,
      action: `${here}/members/${id}`,
      version: member.version,
      stale: web.reply.statusCode === 409,
      named: member.ownPerson,
      given: given(member),
      confirmed,
    };
    const values = asked?.typed ? typedValues(asked.typed) : valuesOf(web, member, person);
    return this.page(web, 'pages/delegation/member', model, personName(person), form ?? web.emptyForm(values));
  }

  private async frame(web: WebContext, visit: Visit) {
    const { firstDay, lastDay } = shownVisit(web, visit);
    const { responsibleId, institutionId } = visit;
    const officer = responsibleId ? (await this.accounts.byIds([responsibleId])).get(responsibleId) : undefined;
    const institution = institutionId ? (await this.institutions.byIds([institutionId])).get(institutionId) : undefined;
    return {
      visitTitle: pickText(visit.title, web.locale).text,
      firstDay,
      lastDay,
      institution: institution ? institutionName(institution, web.locale) : null,
      contact: officer ? { name: officer.name, email: officer.email } : null,
    };
  }

  private page(web: WebContext, template: string, model: object, title: string, form: FormView): Promise<string> {
    return web.page(template, model, { title, robots: 'none', form, status: web.reply.statusCode });
  }
}

function hereOf(web: WebContext, token: string): string {
  return `/${web.locale}/delegation/${token}`;
}

function choices(visit: Visit) {
  return {
    roles: MEMBER_ROLES,
    passportTypes: PASSPORT_TYPES,
    participations: PARTICIPATIONS,
    plates: GUEST_PLATES,
    scripts: plateScripts(visit.languages).filter((script) => script === 'original' || script === 'en'),
  };
}

function named({ given: first, family, mononym }: GuestMember) {
  return { given: first, family, mononym, patronymic: null, badgeName: null };
}

function valuesOf(web: WebContext, member: VisitMember, person: Person): Record<string, string> {
  const { role, title, plate, citizenship, passportType, inPerson, smoker, emergencyContact } = member;
  return shown({
    given: person.given,
    family: person.family,
    mononym: person.mononym,
    role,
    position: title[web.locale] ?? null,
    plate,
    citizenship,
    passportType,
    inPerson,
    smoker,
    emergencyContact,
  });
}

/** What was asked for, without the protected words. */
function typedValues(typed: GuestMember): Record<string, string> {
  const { given: first, family, mononym, role, position, plate, citizenship, passportType } = typed;
  const { inPerson, smoker, emergencyContact } = typed;
  const names = { given: first, family, mononym };
  return shown({ ...names, role, position, plate, citizenship, passportType, inPerson, smoker, emergencyContact });
}

function shown(values: Omit<GuestMember, 'needs' | 'forget' | 'locale'>): Record<string, string> {
  const { mononym, inPerson, smoker, plate, ...texts } = values;
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ?? ''])),
    mononym: mononym ? 'on' : '',
    smoker: smoker ? 'on' : '',
    inPerson: inPerson ? 'in_person' : 'online',
    ...Object.fromEntries(PLATE_SCRIPTS.map((script) => [`plate.${script}`, plate[script] ?? ''])),
  };
}
