import { Injectable } from '@nestjs/common';
import { dayAfter, localDay } from '../../../kernel/zones.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { FormView } from '../../../platform/web/form.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { People, personName } from '../../people/index.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { VISIT_LEVELS } from '../visit.rules.js';
import { Visits } from '../visits.service.js';
import { memberFindings, type MemberFinding } from './member-checks.rules.js';
import type { VisitMember } from './member.entity.js';
import type { MemberConsent } from './member-consent.entity.js';
import { MemberConsents } from './member-consents.service.js';
import { given } from './member-needs.service.js';
import {
  MEMBER_ROLES,
  PASSPORT_TYPES,
  PLATE_SCRIPTS,
  plateScripts,
  PROTECTED_FIELDS,
  type PlateScript,
  type ProtectedWords,
} from './member.rules.js';
import { PARTICIPATIONS } from './member.schemas.js';
import { DelegationLinks } from './delegation-links.service.js';
import { Delegations, type MemberOfDelegation } from './members.service.js';
import { Proposals, type OpenProposal } from './proposals.service.js';

/** How long a link opens where the days of the visit are not known. */
const LINK_DAYS = 60;

/** As many people as a search shows. */
const FOUND = 10;

/** The pages of a delegation: the list in its order, somebody new, one member. */
@Injectable()
export class DelegationPage {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly links: DelegationLinks,
    private readonly proposals: Proposals,
    private readonly consents: MemberConsents,
    private readonly clock: Clock,
  ) {}

  /** `more`: what further parts of the page show. */
  async list(web: WebContext, visit: Visit, form: FormView, more: object = {}): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const members = await this.delegations.of(visit.id);
    const findings = findingsOf(visit, members);
    const asked = mayEdit ? await this.consents.of(visit.id) : new Map<string, MemberConsent>();
    const model = {
      head: headOf(web, visit, 'delegation', mayEdit),
      here: roomOf(visit),
      mayEdit,
      members: members.map((one) => ({
        ...shownMember(one),
        plates: platesOf(one.member, PLATE_SCRIPTS),
        up: one.member.orderNo - 1,
        down: one.member.orderNo + 1,
        findings: worded(web, findings, one.member.id),
        asked: asked.get(one.member.id) ?? null,
        ...(mayEdit ? { given: given(one.member), level: one.member.level, verified: one.member.verifiedAt } : {}),
      })),
      findings: worded(web, findings, null),
      last: members.length,
      counts: PROTECTED_FIELDS.map((field) => ({ field, count: countOf(members, field) })).filter(
        ({ count }) => count > 0,
      ),
      online: members.filter(({ member }) => !member.inPerson).length,
      ...(mayEdit ? await this.guestSide(web, visit, members) : {}),
      ...more,
    };
    return web.page('pages/visits/delegation', model, {
      ...frame(web, web.t('delegation.title', { ref: visit.ref }), visit),
      form,
    });
  }

  /** The link of the guest side, what it asks for, and what differs from the confirmed composition. */
  private async guestSide(web: WebContext, visit: Visit, members: readonly MemberOfDelegation[]) {
    const today = localDay(this.clock.now(), visit.zone);
    const link = await this.links.current(visit);
    const focal = await this.links.focalPoint(visit);
    const proposals = await this.proposals.open(visit);
    return {
      zone: visit.zone,
      link: link && {
        expiresAt: link.expiresAt,
        over: link.expiresAt <= this.clock.now(),
        doneAt: link.doneAt,
        sentAt: link.sentAt,
      },
      focal: focal && { name: personName(focal), email: focal.email, locale: focal.locale },
      expiresOn: visit.endsOn !== null && visit.endsOn > today ? visit.endsOn : dayAfter(today, LINK_DAYS),
      proposals: proposals.map((proposal) => shownProposal(web, proposal, members)),
      since: await this.proposals.since(visit.id),
    };
  }

  /** Somebody known, found by words, or somebody new. */
  async blank(web: WebContext, visit: Visit, q: string | null, form: FormView): Promise<string> {
    const maySearch = web.viewer.level('person', null) !== undefined;
    const found = maySearch && q ? await this.people.search({ words: q, limit: FOUND }) : [];
    const within = new Set((await this.delegations.of(visit.id)).map(({ person }) => person.id));
    const model = {
      here: roomOf(visit),
      maySearch,
      q: q ?? '',
      found: found.slice(0, FOUND).map((person) => ({
        id: person.publicId,
        name: personName(person),
        institution: person.institution,
        country: person.country,
        within: within.has(person.id),
      })),
      more: found.length > FOUND,
      roles: MEMBER_ROLES,
    };
    return web.page('pages/visits/member-new', model, {
      ...frame(web, web.t('delegation.add'), visit, 'delegation'),
      form,
    });
  }

  /** After a stale write the form keeps what was typed, and what others wrote stands beside it. */
  async member(web: WebContext, visit: Visit, id: string, form: FormView | null): Promise<string> {
    const member = await this.delegations.member(visit, id);
    const person = (await this.people.byId(member.personId))!;
    const by = member.verifiedBy ? await this.accounts.byIds([member.verifiedBy]) : null;
    const stale = web.reply.statusCode === 409;
    const model = {
      here: `${roomOf(visit)}/${id}`,
      back: `${roomOf(visit)}#member-${id}`,
      version: member.version,
      stale,
      theirs: stale && form ? theirs(web, member, form) : [],
      person: {
        name: personName(person),
        href: web.viewer.level('person', null) ? `/org/people/${person.publicId}` : '',
      },
      place: member.orderNo,
      given: given(member),
      verified: member.verifiedAt && { at: member.verifiedAt, by: by?.get(member.verifiedBy!)?.name ?? null },
      source: member.source,
      roles: MEMBER_ROLES,
      levels: VISIT_LEVELS.map(String),
      passportTypes: PASSPORT_TYPES,
      participations: PARTICIPATIONS,
      plates: PLATE_SCRIPTS,
      scripts: plateScripts(visit.languages),
      courtesies: await this.delegations.courtesies(),
      findings: worded(web, findingsOf(visit, await this.delegations.of(visit.id)), id),
    };
    return web.page('pages/visits/member', model, {
      ...frame(web, personName(person), visit, 'delegation'),
      form: form ?? web.emptyForm(valuesOf(member)),
    });
  }

  /** What the vault keeps, in the clear, to be read and changed. */
  async needs(
    web: WebContext,
    visit: Visit,
    member: VisitMember,
    shown: { words: ProtectedWords } | { form: FormView },
  ): Promise<string> {
    const person = (await this.people.byId(member.personId))!;
    const model = {
      here: `${roomOf(visit)}/${member.id}`,
      version: member.version,
      stale: web.reply.statusCode === 409,
      fields: PROTECTED_FIELDS,
    };
    return web.page('pages/visits/member-needs', model, {
      ...frame(web, web.t('delegation.needsOf', { name: personName(person) }), visit, 'delegation'),
      form: 'form' in shown ? shown.form : web.emptyForm({ ...shown.words }),
    });
  }
}

export function roomOf(visit: Visit): string {
  return `${hrefOf(visit)}/delegation`;
}

export function findingsOf(visit: Visit, members: readonly MemberOfDelegation[]): MemberFinding[] {
  const { languages, level, press } = visit;
  return memberFindings(
    members.map(({ member, person: { patronymic, mononym } }) => ({ ...member, patronymic, mononym })),
    { scripts: plateScripts(languages), level, photographed: press !== 'closed' },
  );
}

export function countOf(members: readonly MemberOfDelegation[], field: (typeof PROTECTED_FIELDS)[number]): number {
  return members.filter(({ member }) => member[field] !== null).length;
}

/** A member as everybody sees it who may see the visit. */
export function shownMember({ member, person }: MemberOfDelegation) {
  const { id, orderNo, role, plate, courtesy, title, inPerson } = member;
  return { id, place: orderNo, name: personName(person), role, plate, courtesy, title, inPerson };
}

/** The names on the plates that are there, with their language where it is known. */
export function platesOf({ plate }: VisitMember, scripts: readonly PlateScript[]) {
  return scripts.flatMap((script) =>
    plate[script] ? [{ text: plate[script], lang: script === 'original' ? '' : script }] : [],
  );
}

function worded(web: WebContext, findings: readonly MemberFinding[], of: string | null) {
  return findings
    .filter(({ memberId }) => memberId === of)
    .map(({ check, scripts }) => ({
      check,
      text: web.t(`delegation.check.${check}`, {
        scripts: scripts.map((script) => web.t(`delegation.script.${script}`)).join(', '),
      }),
    }));
}

function valuesOf(member: VisitMember): Record<string, string> {
  const { plate, courtesy, title, inPerson, photoConsent, level, protocolRank, smoker, ...rest } = member;
  return {
    role: rest.role,
    citizenship: rest.citizenship ?? '',
    passportType: rest.passportType ?? '',
    emergencyContact: rest.emergencyContact ?? '',
    protocolRank: protocolRank === null ? '' : String(protocolRank),
    level: level === null ? '' : String(level),
    inPerson: inPerson ? 'in_person' : 'online',
    photoConsent: photoConsent === null ? '' : photoConsent ? 'yes' : 'no',
    smoker: smoker ? 'on' : '',
    ...Object.fromEntries(PLATE_SCRIPTS.map((script) => [`plate.${script}`, plate[script] ?? ''])),
    ...Object.fromEntries(
      (['be', 'ru', 'en'] as const).flatMap((locale) => [
        [`courtesy.${locale}`, courtesy[locale] ?? ''],
        [`title.${locale}`, title[locale] ?? ''],
      ]),
    ),
  };
}

/** What stands in the row now where the form says something else. */
function theirs(web: WebContext, member: VisitMember, form: FormView) {
  const now = valuesOf(member);
  return Object.keys(now)
    .filter((name) => now[name] !== (form.values[name] ?? ''))
    .map((name) => ({
      label: web.t(`delegation.theirs.${name.replace('.', '_')}`),
      value: saidOf(web, name, now[name]!),
    }));
}

function saidOf(web: WebContext, name: string, text: string): string {
  if (text === '') return '—';
  const groups: Readonly<Record<string, string>> = {
    role: 'delegation.role',
    passportType: 'delegation.passport',
    inPerson: 'form',
    level: 'visit.level',
    smoker: 'delegation.answer',
    photoConsent: 'delegation.answer',
  };
  const said = text === 'on' ? 'yes' : text;
  return groups[name] ? web.t(`${groups[name]}.${said}`) : text;
}

/** What the guest side asks for, beside what stands there now. Words that the vault keeps are named, not shown. */
function shownProposal(web: WebContext, proposal: OpenProposal, members: readonly MemberOfDelegation[]) {
  const { id, kind, memberId, createdAt, typed, place } = proposal;
  const now = members.find(({ member }) => member.id === memberId);
  const name = now ? personName(now.person) : typed ? personName({ ...typed, patronymic: null, badgeName: null }) : '';
  return {
    id,
    kind,
    name,
    createdAt,
    place: place ?? null,
    rows: typed ? proposedRows(web, typed, now) : [],
  };
}

function proposedRows(web: WebContext, typed: NonNullable<OpenProposal['typed']>, now: MemberOfDelegation | undefined) {
  const before = now ? valuesOf(now.member) : {};
  const asked: Record<string, string> = {
    role: typed.role,
    citizenship: typed.citizenship ?? '',
    passportType: typed.passportType ?? '',
    inPerson: typed.inPerson ? 'in_person' : 'online',
    smoker: typed.smoker ? 'on' : '',
    emergencyContact: typed.emergencyContact ?? '',
    [`title.${typed.locale}`]: typed.position ?? '',
    ...Object.fromEntries(PLATE_SCRIPTS.map((script) => [`plate.${script}`, typed.plate[script] ?? ''])),
  };
  const rows = Object.keys(asked)
    .filter((name) => asked[name] !== (before[name] ?? ''))
    .map((name) => ({
      label: web.t(`delegation.theirs.${name.replace('.', '_')}`),
      before: saidOf(web, name, before[name] ?? ''),
      after: saidOf(web, name, asked[name]!),
    }));
  const newName = personName({ ...typed, patronymic: null, badgeName: null });
  const oldName = now ? personName(now.person) : null;
  const renamed =
    now?.member.ownPerson && newName !== oldName
      ? [{ label: web.t('delegation.theirs.name'), before: oldName ?? '', after: newName }]
      : [];
  const needs = PROTECTED_FIELDS.filter((field) => typed.needs[field] !== null || (typed.forget && now?.member[field]));
  return [
    ...renamed,
    ...rows,
    ...needs.map((field) => ({
      label: web.t(`delegation.needs.${field}`),
      before: now?.member[field] ? web.t('delegation.given') : '—',
      after: typed.needs[field] === null ? '—' : web.t('delegation.given'),
    })),
  ];
}
