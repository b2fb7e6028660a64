import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Vault } from '../../../platform/vault/vault.js';
import { Assignment, Programme, Session } from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { VisitSession } from '../stay/stay.entity.js';
import type { Visit } from '../visit.entity.js';
import { mealCounts, type Eater, type MealCounts } from './catering.rules.js';

/** Where people eat. */
const MEALS: readonly string[] = ['meal', 'reception'];

/** A meal as it is planned, or as a text of the programme has it. */
export interface PlannedMeal {
  readonly session: Pick<Session, 'id' | 'title'> & { readonly startsAt: Date | null; readonly endsAt: Date | null };
  readonly menu: string | null;
  readonly people: readonly { readonly personId: string; readonly role: string }[];
}

export interface Meal extends MealCounts, PlannedMeal {}

/** What the caterers of a visit are told. */
@Injectable()
export class Catering {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** Each meal with its counts, in the order of the day. Throws VaultError when a diet cannot be read: a count would be wrong. */
  async of(visit: Visit): Promise<Meal[]> {
    return this.counted(visit, await this.planned(visit));
  }

  /** The same for meals that somebody else knows: a text that was frozen. */
  async counted(visit: Visit, meals: readonly PlannedMeal[]): Promise<Meal[]> {
    const members = await this.db.all(VisitMember, { visitId: visit.id });
    return meals.map((meal) => ({
      ...meal,
      ...mealCounts(eatersOf(meal, members).map((personId) => this.eater(personId, members))),
    }));
  }

  private async planned(visit: Visit): Promise<PlannedMeal[]> {
    const programme = await this.db.one(Programme, { ownerId: visit.id });
    if (!programme) return [];
    const sessions = (await this.db.all(Session, { programmeId: programme.id, status: 'planned' }))
      .filter(({ kind, startsAt }) => isMeal(kind) && startsAt !== null)
      .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime());
    if (sessions.length === 0) return [];
    const ids = sessions.map(({ id }) => id);
    const assigned = (await this.db.all(Assignment, { sessionId: ids })).filter(({ state }) => state !== 'declined');
    const beside = await this.db.all(VisitSession, { sessionId: ids });
    return sessions.map((session) => ({
      session,
      menu: beside.find(({ sessionId }) => sessionId === session.id)?.menu ?? null,
      people: assigned.filter(({ sessionId }) => sessionId === session.id),
    }));
  }

  private eater(personId: string, members: readonly VisitMember[]): Eater {
    const member = members.find((one) => one.personId === personId);
    const read = (column: 'diet' | 'allergy'): string | null => {
      const sealed = member?.[column] ?? null;
      return sealed === null
        ? null
        : this.vault.open({ table: 'visit_members', row: member!.id, column }, sealed).reveal();
    };
    return { personId, diet: read('diet'), allergy: read('allergy') };
  }
}

/** Do people eat at a session of this kind? */
export function isMeal(kind: string): boolean {
  return MEALS.includes(kind);
}

/** Everybody who is named, and, where no guest is, the whole delegation. */
export function eatersOf(
  { people }: Pick<PlannedMeal, 'people'>,
  members: readonly Pick<VisitMember, 'personId' | 'inPerson'>[],
): string[] {
  const guests = people.some(({ role }) => role === 'guest')
    ? []
    : members.filter(({ inPerson }) => inPerson).map(({ personId }) => personId);
  return [...new Set([...people.map(({ personId }) => personId), ...guests])];
}
