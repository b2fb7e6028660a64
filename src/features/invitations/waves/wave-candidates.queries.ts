import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Locale } from '../../../kernel/locale.js';
import { searchWords } from '../../../kernel/search-text.js';
import { Database } from '../../../platform/database/database.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import {
  CooperationQueries,
  InstitutionContacts,
  type Institution,
  type InstitutionKind,
} from '../../cooperation/index.js';
import { Consents, Person } from '../../people/index.js';
import { Assignment } from '../../programme/index.js';
import { Proposal } from '../../proposals/index.js';
import { Registration, RegistrationQueries, SessionChoice } from '../../registration/index.js';
import { Session } from '../../programme/index.js';
import { Invitation } from '../invitation.entity.js';
import { leftOutReason, type GuestSource, type LeftOutReason } from './guest-choice.rules.js';
import { WaveGuest, type InvitationWave } from './wave.entity.js';

/** Whom to look for among all people of the house. What is null asks for nothing. */
export interface PeopleFilter {
  readonly q: string | null;
  readonly country: string | null;
  readonly institution: string | null;
  readonly locale: Locale | null;
  /** A conference in which they took part. */
  readonly earlier: string | null;
  /** A strand in which they spoke, offered a paper, or chose sessions. */
  readonly strand: string | null;
}

export interface PartnerFilter {
  readonly kind: InstitutionKind | null;
  readonly country: string | null;
  /** All contacts, not only the focal points. */
  readonly everybody: boolean;
}

export interface JudgedPerson {
  readonly person: Person;
  /** Null: nothing keeps them out. */
  readonly why: LeftOutReason | null;
}

/** No more people are looked at in one go: a wave is looked through by people. */
export const MOST_FOUND = 500;

/** Who could be in a wave, and what keeps somebody out of it. Each with a fixed number of statements. */
@Injectable()
export class WaveCandidates {
  constructor(
    private readonly db: Database,
    private readonly consents: Consents,
    private readonly cooperation: CooperationQueries,
    private readonly contacts: InstitutionContacts,
    private readonly registrations: RegistrationQueries,
    private readonly suppressions: Suppressions,
  ) {}

  /** Up to `MOST_FOUND` people in the order of their names. `more`: there are others. */
  async people(filter: PeopleFilter): Promise<{ people: Person[]; more: boolean }> {
    const query = this.db.repository(Person).createQueryBuilder('person');
    const { q, country, institution, locale } = filter;
    if (country) query.andWhere('person.country = :country', { country });
    if (locale) query.andWhere('person.locale = :locale', { locale });
    like(query, 'words', q);
    like(query, 'house', institution);
    this.tookPart(query, filter.earlier);
    this.inStrand(query, filter.strand);
    const people = await query
      .orderBy('person.sortKey', 'ASC')
      .addOrderBy('person.id', 'ASC')
      .limit(MOST_FOUND + 1)
      .getMany();
    return { people: people.slice(0, MOST_FOUND), more: people.length > MOST_FOUND };
  }

  /** Who is known at the partners, and the partners where nobody is. */
  async partners({ kind, country, everybody }: PartnerFilter): Promise<{ people: Person[]; silent: Institution[] }> {
    const known = await this.cooperation.all({ q: null, kind, country, partners: 'yes' });
    const contacts = everybody
      ? await this.contacts.of(known.map(({ institution }) => institution.id))
      : known.flatMap(({ focalPoint }) => focalPoint ?? []);
    const named = new Set(contacts.map(({ institutionId }) => institutionId));
    return {
      people: [...new Map(contacts.map(({ person }) => [person.id, person])).values()],
      silent: known.filter(({ institution }) => !named.has(institution.id)).map(({ institution }) => institution),
    };
  }

  /** What keeps each of them out of the wave; who is in it already is `inWave`, unless that is what is asked about. */
  async judged(
    wave: InvitationWave,
    people: readonly Person[],
    source: (person: Person) => GuestSource,
    { members = false }: { members?: boolean } = {},
  ): Promise<JudgedPerson[]> {
    const ids = people.map(({ id }) => id);
    const { conferenceId, sessionId } = wave;
    const rows = await this.db.all(Invitation, { personId: ids });
    const same = rows.filter((row) => row.conferenceId === conferenceId && row.sessionId === sessionId);
    const guests = members ? [] : await this.db.all(WaveGuest, { waveId: wave.id });
    const registered = sessionId === null ? await this.registrations.activeByPerson(conferenceId, ids) : new Map();
    const known = {
      inWave: new Set(guests.map(({ personId }) => personId)),
      invited: new Set(same.filter(({ activeKey }) => activeKey !== null).map(({ personId }) => personId)),
      declined: new Set(
        same.filter(({ state }) => state === 'declined' || state === 'substituted').map(({ personId }) => personId),
      ),
      registered: new Set(registered.keys()),
      future: await this.consents.answers('future', ids),
      stopped: new Set((await this.suppressions.stopped(people.flatMap(({ email }) => email ?? []))).keys()),
    };
    return people.map((person) => ({ person, why: leftOutReason(person, source(person), known) }));
  }

  private tookPart(query: SelectQueryBuilder<Person>, conferenceId: string | null): void {
    if (conferenceId === null) return;
    const registered = query
      .subQuery()
      .select('r.personId')
      .from(Registration, 'r')
      .where('r.conferenceId = :earlier AND r.approval IN (:...confirmed)')
      .getQuery();
    const came = query
      .subQuery()
      .select('i.personId')
      .from(Invitation, 'i')
      .where("i.conferenceId = :earlier AND i.state = 'accepted'")
      .getQuery();
    query.andWhere(`(person.id IN ${registered} OR person.id IN ${came})`, {
      earlier: conferenceId,
      confirmed: ['not_needed', 'approved'],
    });
  }

  private inStrand(query: SelectQueryBuilder<Person>, strandId: string | null): void {
    if (strandId === null) return;
    const spoke = query
      .subQuery()
      .select('a.personId')
      .from(Assignment, 'a')
      .innerJoin(Session, 's', 's.id = a.sessionId')
      .where("s.strandId = :strand AND a.state <> 'declined'")
      .getQuery();
    const offered = query
      .subQuery()
      .select('r1.personId')
      .from(Proposal, 'p')
      .innerJoin(Registration, 'r1', 'r1.id = p.registrationId')
      .where('p.strandId = :strand')
      .getQuery();
    const chose = query
      .subQuery()
      .select('r2.personId')
      .from(SessionChoice, 'c')
      .innerJoin(Registration, 'r2', 'r2.id = c.registrationId')
      .innerJoin(Session, 's2', 's2.id = c.sessionId')
      .where('s2.strandId = :strand')
      .getQuery();
    query.andWhere(`(person.id IN ${spoke} OR person.id IN ${offered} OR person.id IN ${chose})`, { strand: strandId });
  }

  /** People of these addresses, in lower case. One statement. */
  async byAddresses(keys: readonly string[]): Promise<Map<string, Person>> {
    const found = keys.length === 0 ? [] : await this.db.repository(Person).findBy({ emailKey: In([...keys]) });
    return new Map(found.map((person) => [person.emailKey!, person]));
  }
}

function like(query: SelectQueryBuilder<Person>, name: string, typed: string | null): void {
  searchWords(typed ?? '').forEach((word, index) => {
    query.andWhere(`person.search LIKE :${name}${index} ESCAPE '!'`, {
      [`${name}${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
    });
  });
}
