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

export interface Meal extends MealCounts {
  readonly session: Session;
  readonly menu: string | null;
}

/** What the caterers of a visit are told. */
@Injectable()
export class Catering {
  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
  ) {}

  /** Each meal with its counts, in the order of the day. Throws VaultError when a diet cannot be read: a count would be wrong. */
  async of(visit: Visit): Promise<Meal[]> {
    const programme = await this.db.one(Programme, { ownerId: visit.id });
    if (!programme) return [];
    const sessions = (await this.db.all(Session, { programmeId: programme.id, status: 'planned' }))
      .filter(({ kind, startsAt }) => MEALS.includes(kind) && startsAt !== null)
      .toSorted((a, b) => a.startsAt!.getTime() - b.startsAt!.getTime());
    if (sessions.length === 0) return [];
    const ids = sessions.map(({ id }) => id);
    const assigned = (await this.db.all(Assignment, { sessionId: ids })).filter(({ state }) => state !== 'declined');
    const members = await this.db.all(VisitMember, { visitId: visit.id });
    const beside = await this.db.all(VisitSession, { sessionId: ids });
    return sessions.map((session) => {
      const there = assigned.filter(({ sessionId }) => sessionId === session.id);
      const guests = there.some(({ role }) => role === 'guest')
        ? []
        : members.filter(({ inPerson }) => inPerson).map(({ personId }) => personId);
      const people = new Set([...there.map(({ personId }) => personId), ...guests]);
      const eaters = [...people].map((personId) => this.eater(personId, members));
      return {
        session,
        menu: beside.find(({ sessionId }) => sessionId === session.id)?.menu ?? null,
        ...mealCounts(eaters),
      };
    });
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
