import {
  Assignments,
  Programmes,
  Sessions,
  type Session,
  type SessionKind,
} from '../../src/features/programme/index.js';
import { People } from '../../src/features/people/index.js';
import { Visits, type NewVisit, type Visit } from '../../src/features/visits/index.js';
import type { VisitMember } from '../../src/features/visits/delegation/member.entity.js';
import { Delegations } from '../../src/features/visits/delegation/members.service.js';
import { toInstant } from '../../src/kernel/zones.js';
import type { TestApp } from './app.js';

type World = Pick<TestApp, 'get'>;

/** A visit of next spring with its file open. */
export function visitOf({ get }: World, more: Partial<NewVisit> = {}): Promise<Visit> {
  return get(Visits).openFile({
    title: { be: 'Візіт', en: 'A visit' },
    kind: 'working',
    level: 3,
    country: 'AM',
    startsOn: '2027-03-01',
    endsOn: '2027-03-04',
    ...more,
  });
}

/** Members in this order of precedence, the first the head. Answers their rows. */
export async function membersOf({ get }: World, visit: Visit, names: readonly string[]): Promise<VisitMember[]> {
  const rows: VisitMember[] = [];
  for (const [index, given] of names.entries()) {
    const { member } = await get(Delegations).add(visit, {
      person: { given, family: null, mononym: true, locale: 'en' },
      role: index === 0 ? 'head' : 'member',
      level: index === 0 ? 2 : 4,
      title: { en: 'Member' },
      citizenship: 'AM',
      source: 'staff',
    });
    rows.push(member);
  }
  return rows;
}

/** A session of the stay at a time of the venue, without a room, with these hosts by given name. */
export async function sessionOf(
  { get }: World,
  visit: Visit,
  kind: SessionKind,
  from: string,
  until: string,
  hosts: readonly string[] = [],
): Promise<Session> {
  const programme = await get(Programmes).ofOwner(visit.id);
  const at = (local: string) => toInstant(local, visit.zone).instant;
  const { session } = await get(Sessions).add(programme.id, {
    kind,
    title: { en: `The ${kind}` },
    place: { start: at(from), minutes: (at(until).getTime() - at(from).getTime()) / 60_000, roomId: null },
  });
  for (const given of hosts) {
    const person = await get(People).create({ given, family: null, mononym: true, locale: 'be' });
    await get(Assignments).assign(programme.id, { sessionId: session.id, personId: person.id, role: 'host', state: 'confirmed' });
  }
  return session;
}
