import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { People, type NewPerson, type Person } from '../../people/index.js';
import { Visit } from '../visit.entity.js';
import { isOver } from '../visit.rules.js';
import { DelegationReordered, MemberAdded, MemberChanged, MemberRemoved, MemberVerified } from '../visits.events.js';
import { VisitMember } from './member.entity.js';
import { COURTESY_FORMS, inPrecedence, MOST_MEMBERS, reordered, VERIFIED_FIELDS } from './member.rules.js';

/** What is typed about a member; what the vault keeps goes its own way. */
export type MemberFields = Pick<
  VisitMember,
  | 'role'
  | 'protocolRank'
  | 'level'
  | 'plate'
  | 'courtesy'
  | 'title'
  | 'citizenship'
  | 'passportType'
  | 'inPerson'
  | 'smoker'
  | 'emergencyContact'
  | 'photoConsent'
>;
/** Somebody whom the house knows, or a new person. */
export type WhoComes = { readonly personId: string } | NewPerson;
export type NewMember = Pick<VisitMember, 'role' | 'source'> & Partial<MemberFields> & { readonly person: WhoComes };

export interface MemberOfDelegation {
  readonly member: VisitMember;
  readonly person: Person;
}

interface Read {
  id: string;
  version: number;
}

const EMPTY: Omit<MemberFields, 'role'> = {
  protocolRank: null,
  level: null,
  plate: {},
  courtesy: {},
  title: {},
  citizenship: null,
  passportType: null,
  inPerson: true,
  smoker: false,
  emergencyContact: null,
  photoConsent: null,
};

/** As many courtesy forms as a list of suggestions holds. */
const REMEMBERED = 300;

/** The people of a visit, in the order of precedence that their own side gave. */
@Injectable()
export class Delegations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
  ) {}

  async of(visitId: string): Promise<MemberOfDelegation[]> {
    const members = inPrecedence(await this.db.all(VisitMember, { visitId }));
    const people = await this.people.byIds(members.map(({ personId }) => personId));
    return members.map((member) => ({ member, person: people.get(member.personId)! }));
  }

  /** A member of that visit only ([A3]). Throws NotFound. */
  async member(visit: Pick<Visit, 'id'>, id: string): Promise<VisitMember> {
    const found = isId(id) ? await this.db.one(VisitMember, { id, visitId: visit.id }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** Comes last. Throws InvalidInput at `person` for somebody who is in the delegation already. */
  add(visit: Pick<Visit, 'id'>, { person, ...input }: NewMember): Promise<MemberOfDelegation> {
    return this.db.transaction(async () => {
      const others = await this.held(visit);
      if (others.length >= MOST_MEMBERS) throw new RuleViolation('error.visit.manyMembers', { max: MOST_MEMBERS });
      const known = 'personId' in person;
      const who = known ? await this.people.byId(person.personId) : await this.people.create(person);
      if (!who) throw InvalidInput.at('person', 'error.visit.unknownPerson');
      const member = {
        ...EMPTY,
        ...input,
        id: this.ids.next(),
        visitId: visit.id,
        personId: who.id,
        orderNo: others.length + 1,
        diet: null,
        allergy: null,
        access: null,
        ownPerson: !known,
        verifiedAt: null,
        verifiedBy: null,
        createdAt: this.clock.now(),
        version: 1,
      };
      await this.insert(member);
      const { id: memberId, personId, source } = member;
      await this.journal.record(MemberAdded({ id: visit.id, memberId, personId, source }));
      return { member: member as VisitMember, person: who };
    });
  }

  /** Changes what is given and leaves the rest. Answers the member as it is afterwards. Throws Stale. */
  edit(visit: Pick<Visit, 'id'>, read: Read, changes: Partial<MemberFields>): Promise<VisitMember> {
    return this.db.transaction(async () => {
      await this.open(visit);
      const before = await this.member(visit, read.id);
      const after = { ...before, ...changes };
      const fields = (Object.keys(changes) as (keyof MemberFields)[]).filter(
        (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
      );
      if (fields.length === 0 && before.version === read.version) return before;
      const unsure = fields.some((field) => (VERIFIED_FIELDS as readonly string[]).includes(field));
      const verified = unsure ? { verifiedAt: null, verifiedBy: null } : {};
      const version = await this.db.updateIfUnchanged(VisitMember, read, { ...changes, ...verified } as never);
      await this.journal.record(
        MemberChanged({ id: visit.id, memberId: before.id, personId: before.personId, fields }),
      );
      return { ...after, ...verified, version };
    });
  }

  /** Corrects the name of somebody who was added with this visit; others are corrected on their own card. */
  rename(
    visit: Pick<Visit, 'id'>,
    member: VisitMember,
    names: Pick<Person, 'given' | 'family' | 'mononym'>,
  ): Promise<void> {
    return this.db.transaction(async () => {
      await this.open(visit);
      if (!member.ownPerson) return;
      const person = await this.people.byId(member.personId);
      if (person) await this.people.update(person, names);
    });
  }

  /** Puts somebody on a place, from 1. `seen`: the place where the caller saw them. Throws Stale when they stand elsewhere now. */
  move(visit: Pick<Visit, 'id'>, id: string, { seen, place }: { seen: number; place: number }): Promise<void> {
    return this.db.transaction(async () => {
      const members = await this.held(visit);
      const moved = members.find((member) => member.id === id);
      if (!moved) throw new NotFound();
      if (moved.orderNo !== seen) throw new Stale(moved);
      const numbers = reordered(members, id, place - 1);
      if (numbers.size === 0) return;
      await this.renumber(numbers);
      await this.recordOrder(visit);
    });
  }

  remove(visit: Pick<Visit, 'id'>, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const members = await this.held(visit);
      const gone = members.find((member) => member.id === id);
      if (!gone) throw new NotFound();
      await this.db.repository(VisitMember).delete({ id });
      const rest = members.filter((member) => member.id !== id);
      await this.renumber(
        new Map(rest.flatMap((member, at) => (member.orderNo === at + 1 ? [] : [[member.id, at + 1] as const]))),
      );
      await this.journal.record(MemberRemoved({ id: visit.id, memberId: id, personId: gone.personId }));
      // Somebody of whom nothing but this visit was known is not kept.
      if (gone.ownPerson) await this.people.forget(gone.personId);
    });
  }

  /** Somebody of the staff has compared the member with a letter or a passport. */
  verify(visit: Pick<Visit, 'id'>, read: Read): Promise<VisitMember> {
    return this.db.transaction(async () => {
      await this.open(visit);
      const member = await this.member(visit, read.id);
      const verified = { verifiedAt: this.clock.now(), verifiedBy: currentContext().actor.id };
      const version = await this.db.updateIfUnchanged(VisitMember, read, verified);
      await this.journal.record(MemberVerified({ id: visit.id, memberId: member.id, personId: member.personId }));
      return { ...member, ...verified, version };
    });
  }

  /** Courtesy forms to choose from, by language: those of this house first, then the usual ones. */
  async courtesies(): Promise<Record<Locale, string[]>> {
    const used = await this.db
      .repository(VisitMember)
      .find({ select: { id: true, courtesy: true }, order: { createdAt: 'DESC', id: 'DESC' }, take: REMEMBERED });
    return Object.fromEntries(
      LOCALES.map((locale) => [
        locale,
        [...new Set([...used.flatMap(({ courtesy }) => courtesy[locale] ?? []), ...COURTESY_FORMS[locale]])].slice(
          0,
          20,
        ),
      ]),
    ) as Record<Locale, string[]>;
  }

  private async insert(member: object): Promise<void> {
    try {
      await this.db.insert(VisitMember, member as never);
    } catch (error) {
      if (isUniqueViolation(error)) throw InvalidInput.at('person', 'error.visit.alreadyMember');
      throw error;
    }
  }

  /** The members in their order; whoever changes the delegation at the same time waits, so that its numbers stay dense. */
  private async held(visit: Pick<Visit, 'id'>): Promise<VisitMember[]> {
    await this.db.compareAndSet(Visit, { id: visit.id }, { search: () => 'search' });
    await this.open(visit);
    return inPrecedence(await this.db.all(VisitMember, { visitId: visit.id }));
  }

  /** Throws RuleViolation where nothing is prepared any more. */
  private async open({ id }: Pick<Visit, 'id'>): Promise<void> {
    const visit = await this.db.one(Visit, { id });
    if (!visit) throw new NotFound();
    if (isOver(visit.state)) throw new RuleViolation('error.visit.over');
  }

  /** Not a change of the members: whoever has one of them open can still save. */
  private async renumber(numbers: ReadonlyMap<string, number>): Promise<void> {
    for (const [id, orderNo] of numbers) await this.db.compareAndSet(VisitMember, { id }, { orderNo });
  }

  private async recordOrder({ id }: Pick<Visit, 'id'>): Promise<void> {
    const members = inPrecedence(await this.db.all(VisitMember, { visitId: id }));
    await this.journal.record(DelegationReordered({ id, memberIds: members.map((member) => member.id) }));
  }
}
