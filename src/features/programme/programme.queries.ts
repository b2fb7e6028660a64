import { Injectable } from '@nestjs/common';
import { MoreThan, type FindOptionsWhere } from 'typeorm';
import { InvalidInput } from '../../kernel/errors.js';
import { foldForSearch, searchWords } from '../../kernel/search-text.js';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { People, personName, type Person } from '../people/index.js';
import { Venues, type Room } from '../venues/index.js';
import type { Assignment } from './assignment.entity.js';
import { Assignments } from './assignments.service.js';
import { Conflicts, type FoundConflict } from './conflicts/conflicts.service.js';
import { isId } from './ids.rules.js';
import type { Programme, Strand } from './programme.entity.js';
import { Programmes } from './programmes.service.js';
import { Session, type Talk } from './session.entity.js';
import type { SessionStatus } from './session.rules.js';
import { Sessions } from './sessions.service.js';
import { Talks } from './talks.service.js';

export interface SessionFilter {
  q?: string | undefined;
  /** Code of a strand. */
  strand?: string | undefined;
  kind?: string | undefined;
  show?: string | undefined;
}

export interface ListedSession extends Session {
  strandName: Strand['name'] | null;
  roomName: Room['name'] | null;
  conflicts: FoundConflict[];
}

/** The draft as staff see it. */
@Injectable()
export class ProgrammeQueries {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly talks: Talks,
    private readonly assignments: Assignments,
    private readonly conflicts: Conflicts,
    private readonly people: People,
    private readonly venues: Venues,
  ) {}

  /** Sessions by day, and those that wait in the tray, with their conflicts. */
  async board(programme: Programme, filter: SessionFilter) {
    const [rows, strands, rooms, findings] = await Promise.all([
      this.db
        .repository(Session)
        .find({ where: { programmeId: programme.id }, order: { startsAt: 'ASC', code: 'ASC' } }),
      this.programmes.strands(programme.id),
      this.venues.rooms(),
      this.conflicts.findings(programme.id),
    ]);
    const strandOf = new Map(strands.map((strand) => [strand.id, strand]));
    const roomOf = new Map(rooms.map((room) => [room.id, room]));
    const touched = Map.groupBy(
      findings.flatMap((found) => found.sessions.map((id) => ({ id, found }))),
      ({ id }) => id,
    );
    const words = searchWords(filter.q ?? '');
    const listed = rows
      .map((row): ListedSession => ({
        ...row,
        strandName: strandOf.get(row.strandId ?? '')?.name ?? null,
        roomName: roomOf.get(row.roomId ?? '')?.name ?? null,
        conflicts: (touched.get(row.id) ?? []).map(({ found }) => found),
      }))
      .filter((row) => !filter.strand || strandOf.get(row.strandId ?? '')?.code === filter.strand)
      .filter((row) => !filter.kind || row.kind === filter.kind)
      .filter((row) => filter.show !== 'conflicts' || row.conflicts.some(({ override }) => !override))
      .filter((row) => filter.show !== 'tray' || row.startsAt === null)
      .filter((row) => words.every((word) => foldForSearch(Object.values(row.title).join(' ')).includes(word)));
    const scheduled = listed.filter(({ startsAt, status }) => startsAt !== null && status !== 'removed');
    const days = Map.groupBy(scheduled, ({ startsAt }) => localDay(startsAt!, programme.zone));
    return {
      days: [...days].map(([day, sessions]) => ({ day, first: sessions[0]!.startsAt!, sessions })),
      tray: listed.filter(({ startsAt, status }) => startsAt === null && status !== 'removed'),
      removed: listed.filter(({ status }) => status === 'removed'),
      strands,
      findings,
    };
  }

  /** One session with everything that its page shows. */
  async session(programme: Programme, id: string) {
    const session = await this.sessions.byId(programme.id, id);
    const [talks, assigned, findings] = await Promise.all([
      this.talks.ofSession(id),
      this.assignments.ofSession(id),
      this.conflicts.ofSession(programme.id, id),
    ]);
    const people = await this.people.byIds(assigned.map(({ personId }) => personId));
    const named = assigned.map((assignment) => withName(assignment, people));
    return {
      session,
      findings,
      people: named.filter(({ talkId }) => talkId === null),
      talks: talks.map((talk): Talk & { people: NamedAssignment[] } => ({
        ...talk,
        people: named.filter(({ talkId }) => talkId === talk.id),
      })),
    };
  }

  /** Sessions in the order of their ids, for lists that are read page by page: one more than `limit`. */
  async page(
    programmeId: string,
    {
      limit,
      after,
      strand,
      status,
    }: { limit: number; after?: string | undefined; strand?: string | undefined; status?: SessionStatus | undefined },
  ): Promise<Session[]> {
    const where: FindOptionsWhere<Session> = { programmeId };
    if (after !== undefined && !isId(after)) throw InvalidInput.at('after', 'error.invalid');
    if (after !== undefined) where.id = MoreThan(after);
    if (status !== undefined) where.status = status;
    if (strand !== undefined) {
      const found = (await this.programmes.strands(programmeId)).find(({ code }) => code === strand);
      if (!found) return [];
      where.strandId = found.id;
    }
    return this.db.repository(Session).find({ where, order: { id: 'ASC' }, take: limit + 1 });
  }

  /** What findings are worded with: names of the people and rooms in them. */
  async names(findings: readonly FoundConflict[]): Promise<{ people: Map<string, string>; rooms: Map<string, Room> }> {
    const [people, rooms] = await Promise.all([
      this.people.byIds(findings.flatMap((found) => found.people)),
      this.venues.roomsByIds(findings.flatMap((found) => found.rooms)),
    ]);
    return { people: new Map([...people.values()].map((person) => [person.id, personName(person)])), rooms };
  }

  /** Rooms for a list to choose from. */
  rooms(): Promise<Room[]> {
    return this.venues.rooms();
  }

  /** People whose names fit; none until something is typed. */
  async found(words: string | undefined): Promise<(Person & { displayName: string })[]> {
    const typed = words?.trim() ?? '';
    const found = typed === '' ? [] : await this.people.search({ words: typed, limit: 20 });
    return found.slice(0, 20).map((person) => ({ ...person, displayName: personName(person) }));
  }
}

export type NamedAssignment = Assignment & { name: string; affiliation: string | null; country: string | null };

function withName(assignment: Assignment, people: ReadonlyMap<string, Person>): NamedAssignment {
  const person = people.get(assignment.personId);
  return {
    ...assignment,
    name: person ? personName(person) : '',
    affiliation: person?.institution ?? null,
    country: person?.country ?? null,
  };
}
