import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Consents } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { ProtectedDataGiven } from '../visits.events.js';
import type { VisitMember } from './member.entity.js';
import { MemberNeeds } from './member-needs.service.js';
import {
  PROTECTED_FIELDS,
  type MemberRole,
  type PassportType,
  type PlateNames,
  type ProtectedWords,
} from './member.rules.js';
import { Delegations } from './members.service.js';

/** A member as their own side types them. */
export interface GuestMember {
  readonly given: string;
  readonly family: string | null;
  readonly mononym: boolean;
  readonly role: MemberRole;
  /** Post and titles, in the language of the page. */
  readonly position: string | null;
  readonly locale: Locale;
  readonly plate: PlateNames;
  readonly citizenship: string | null;
  readonly passportType: PassportType | null;
  readonly inPerson: boolean;
  readonly smoker: boolean;
  readonly emergencyContact: string | null;
  /** What is empty stays as it was, because it is not shown again. */
  readonly needs: ProtectedWords;
  /** Takes back what was said of needs before. */
  readonly forget: boolean;
}

/** Writes what the guest side typed: names of their own people only, never what is ours (level, rank, courtesy form). */
@Injectable()
export class GuestMembers {
  constructor(
    private readonly db: Database,
    private readonly delegations: Delegations,
    private readonly needs: MemberNeeds,
    private readonly consents: Consents,
    private readonly journal: Journal,
  ) {}

  add(visit: Pick<Visit, 'id'>, typed: GuestMember): Promise<void> {
    return this.db.transaction(async () => {
      const person = { ...namesOf(typed), country: typed.citizenship, locale: typed.locale };
      const fields = { ...fieldsOf(typed, {}), source: 'guest' as const };
      const { member } = await this.delegations.add(visit, { person, ...fields });
      await this.needs.write(visit, member, typed.needs);
      await this.given(visit, member, typed.needs);
    });
  }

  /** `member` in the version that the caller saw. Throws Stale. */
  change(visit: Pick<Visit, 'id'>, member: VisitMember, typed: GuestMember): Promise<void> {
    return this.db.transaction(async () => {
      const changed = await this.delegations.edit(visit, member, fieldsOf(typed, member.title));
      await this.delegations.rename(visit, changed, namesOf(typed));
      await this.needs.write(visit, changed, neededWords(typed));
      await this.given(visit, changed, typed.needs);
    });
  }

  /** What was said of somebody's health is theirs to agree to: until they do, the yes is their side's. */
  private async given({ id }: Pick<Visit, 'id'>, member: VisitMember, needs: ProtectedWords): Promise<void> {
    if (PROTECTED_FIELDS.every((field) => needs[field] === null)) return;
    const { personId, id: memberId } = member;
    await this.consents.record({ personId, answers: { special: true }, channel: 'focal' });
    await this.journal.record(ProtectedDataGiven({ id, memberId, personId }));
  }
}

function namesOf({ given, family, mononym }: GuestMember) {
  return { given, family: mononym ? null : family, mononym };
}

function fieldsOf(typed: GuestMember, title: VisitMember['title']) {
  const { role, plate, citizenship, passportType, inPerson, smoker, emergencyContact, position, locale } = typed;
  const { [locale]: _, ...others } = title;
  const titles = position === null ? others : { ...others, [locale]: position };
  return { role, plate, title: titles, citizenship, passportType, inPerson, smoker, emergencyContact };
}

function neededWords({ needs, forget }: GuestMember): Partial<ProtectedWords> {
  return Object.fromEntries(
    PROTECTED_FIELDS.flatMap((field) => (needs[field] !== null || forget ? [[field, needs[field]]] : [])),
  );
}
