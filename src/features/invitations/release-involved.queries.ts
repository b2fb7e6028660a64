import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import type { Partstat } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { People, type Person } from '../people/index.js';
import { Assignments, CalendarObject, type AssignmentRole, type SessionChange } from '../programme/index.js';
import { Invitation } from './invitation.entity.js';

/** Somebody whom a release concerns in one session. */
export interface Involved {
  readonly sessionId: string;
  readonly person: Person;
  readonly locale: Locale;
  readonly role: AssignmentRole | null;
  readonly invitation: Invitation | null;
  /** What we know of their answer. */
  readonly partstat: Partstat;
  /** A mail has put the session into their calendar, and not taken it away. */
  readonly told: CalendarObject | null;
  /** No longer takes part: only the calendar entry is left. */
  readonly dropped: boolean;
}

/** Who must be told of a release: people who said yes or perhaps to an invitation, and confirmed people of the programme. */
@Injectable()
export class ReleaseInvolved {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly assignments: Assignments,
  ) {}

  /** By session, each person once, those with an address only. A fixed number of statements. */
  async of(changes: readonly SessionChange[]): Promise<Involved[]> {
    const ids = changes.filter(concerns).map(({ sessionId }) => sessionId);
    if (ids.length === 0) return [];
    const places = (await this.assignments.ofSessions(ids)).filter(({ state }) => state === 'confirmed');
    const invitations = await this.db
      .repository(Invitation)
      .findBy({ sessionId: In(ids), state: In(['accepted', 'tentative']) });
    const objects = await this.db
      .repository(CalendarObject)
      .findBy({ kind: 'personal', sessionId: In(ids), withdrawn: false, sentSequence: Not(IsNull()) });
    const told = new Map(objects.map((object) => [keyOf(object.sessionId!, object.personId!), object]));
    const asked = new Map(invitations.map((one) => [keyOf(one.sessionId!, one.personId), one]));
    const roles = new Map([...places].reverse().map((one) => [keyOf(one.sessionId, one.personId), one.role]));
    const keys = new Set([...asked.keys(), ...roles.keys(), ...told.keys()]);
    const people = await this.people.byIds([...keys].map((key) => key.split(' ')[1]!));
    const kinds = new Map(changes.map((change) => [change.sessionId, change]));
    return [...keys].sort().flatMap((key): Involved[] => {
      const [sessionId = '', personId = ''] = key.split(' ');
      const person = people.get(personId);
      const invitation = asked.get(key) ?? null;
      const takesPart = invitation !== null || roles.has(key);
      const change = kinds.get(sessionId)!;
      // A change of words is told to nobody; who was taken out of the session is told at any release.
      if (!person?.email || (takesPart && !change.significant)) return [];
      const role = roles.get(key) ?? invitation?.role ?? null;
      const locale = invitation?.locale ?? person.locale;
      const partstat = invitation?.state === 'tentative' ? 'TENTATIVE' : 'ACCEPTED';
      return [
        { sessionId, person, locale, role, invitation, partstat, told: told.get(key) ?? null, dropped: !takesPart },
      ];
    });
  }
}

/** What was off already, and goes now, is news to nobody. */
function concerns({ kind, significant }: SessionChange): boolean {
  return significant || kind === 'changed';
}

function keyOf(sessionId: string, personId: string): string {
  return `${sessionId} ${personId}`;
}
