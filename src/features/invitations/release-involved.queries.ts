import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import type { Partstat } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { People, type Person } from '../people/index.js';
import {
  Assignments,
  OFF,
  standsInCalendar,
  Tellings,
  type AssignmentRole,
  type CalendarObject,
  type SessionChange,
} from '../programme/index.js';
import { Invitation } from './invitation.entity.js';

/** Somebody in whose calendar something may have changed. */
export interface Involved {
  readonly person: Person;
  readonly locale: Locale;
  readonly role: AssignmentRole | null;
  /** From where they take part online; null: in the room, or nobody has said. */
  readonly zone: string | null;
  readonly invitation: Invitation | null;
  /** What we know of their answer. */
  readonly partstat: Partstat;
  /** What they know of it by mail; null: nothing, and nothing is held. */
  readonly object: CalendarObject | null;
  /** No longer takes part: only the calendar entry is left. */
  readonly dropped: boolean;
}

export interface InSession extends Involved {
  readonly sessionId: string;
}

/** Who must be told of a release: people who said yes or perhaps to an invitation, and confirmed people of the programme. */
@Injectable()
export class ReleaseInvolved {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly assignments: Assignments,
    private readonly tellings: Tellings,
  ) {}

  /** By session, each person once, those with an address only. A fixed number of statements. */
  async of(changes: readonly SessionChange[]): Promise<InSession[]> {
    const ids = changes.filter(concerns).map(({ sessionId }) => sessionId);
    if (ids.length === 0) return [];
    const places = (await this.assignments.ofSessions(ids)).filter(({ state }) => state === 'confirmed');
    const invitations = await this.db
      .repository(Invitation)
      .findBy({ sessionId: In(ids), state: In(['accepted', 'tentative']) });
    const objects = new Map(
      (await this.tellings.ofSessions(ids)).map((object) => [keyOf(object.sessionId!, object.personId!), object]),
    );
    const entries = [...objects].filter(([, object]) => standsInCalendar(object) || object.heldMail !== null);
    const asked = new Map(invitations.map((one) => [keyOf(one.sessionId!, one.personId), one]));
    const roles = new Map([...places].reverse().map((one) => [keyOf(one.sessionId, one.personId), one.role]));
    const keys = new Set([...asked.keys(), ...roles.keys(), ...entries.map(([key]) => key)]);
    const people = await this.people.byIds([...keys].map((key) => key.split(' ')[1]!));
    const zones = new Map(places.map((one) => [keyOf(one.sessionId, one.personId), one.zone]));
    const kinds = new Map(changes.map((change) => [change.sessionId, change]));
    return [...keys].sort().flatMap((key): InSession[] => {
      const [sessionId = '', personId = ''] = key.split(' ');
      const person = people.get(personId);
      const invitation = asked.get(key) ?? null;
      const takesPart = invitation !== null || roles.has(key);
      const change = kinds.get(sessionId)!;
      const object = objects.get(key) ?? null;
      // A change of words is told to nobody; who was taken out of the session or put back into it, at any release.
      const open = object !== null && (object.heldMail !== null || (object.withdrawn && object.sentPrint === OFF));
      if (!person?.email || (takesPart && !change.significant && !open)) return [];
      const role = roles.get(key) ?? invitation?.role ?? null;
      const locale = invitation?.locale ?? person.locale;
      const partstat = invitation?.state === 'tentative' ? 'TENTATIVE' : 'ACCEPTED';
      const zone = zones.get(key) ?? null;
      return [{ sessionId, person, locale, role, zone, invitation, partstat, object, dropped: !takesPart }];
    });
  }

  /** Those of whom these objects are, for each of which a mail is held. */
  async holding(objects: readonly CalendarObject[]): Promise<InSession[]> {
    const ids = new Set(objects.map(({ id }) => id));
    const sessionIds = [...new Set(objects.map(({ sessionId }) => sessionId!))];
    const all = await this.of(sessionIds.map((sessionId) => ({ sessionId, kind: 'changed', significant: false })));
    return all.filter(({ object }) => object !== null && ids.has(object.id));
  }
}

/** What was off already, and goes now, is news to nobody. */
function concerns({ kind, significant }: SessionChange): boolean {
  return significant || kind === 'changed';
}

function keyOf(sessionId: string, personId: string): string {
  return `${sessionId} ${personId}`;
}
