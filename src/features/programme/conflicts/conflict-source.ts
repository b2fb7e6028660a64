import { Injectable } from '@nestjs/common';
import { In, IsNull, Not, type FindOptionsWhere } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Venues } from '../../venues/index.js';
import { Assignment, Availability, WeeklyAvailability } from '../assignment.entity.js';
import { Programme } from '../programme.entity.js';
import { Attendances } from '../programme.ports.js';
import { Session, Talk } from '../session.entity.js';
import { KnownHouse } from './known-house.js';
import { merged, type Interval, type PersonTime, type WeeklyTime } from './person-time.rules.js';
import type { PlacedSession } from './placed-session.rules.js';
import { longestAlone } from './session-checks.rules.js';

const CHUNK = 1000;

/** Of a session, what matters to conflicts. */
export type PlannedRow = Pick<
  Session,
  | 'id'
  | 'programmeId'
  | 'kind'
  | 'roomId'
  | 'startsAt'
  | 'endsAt'
  | 'minutes'
  | 'interpretation'
  | 'capacity'
  | 'expected'
  | 'layout'
  | 'parallel'
>;

/** Reads sessions, people and rooms as the conflict rules want them. */
@Injectable()
export class ConflictSource {
  constructor(
    private readonly db: Database,
    private readonly venues: Venues,
    private readonly attendances: Attendances,
  ) {}

  /** Rooms and programmes, without anybody's time. Two statements. */
  async house(): Promise<KnownHouse> {
    const [rooms, programmes] = await Promise.all([
      this.venues.rooms(),
      this.db.repository(Programme).find({ select: { id: true, zone: true, limits: true } }),
    ]);
    return new KnownHouse(rooms, programmes);
  }

  /** Puts what was stated into the house: everything, or of one programme, or of one person there. */
  async takeTimes(house: KnownHouse, of: { programmeId?: string; personId?: string } = {}): Promise<void> {
    const [stated, weekly] = await Promise.all([
      this.db.repository(Availability).findBy(of),
      this.db.repository(WeeklyAvailability).findBy(of),
    ]);
    if (of.programmeId !== undefined && of.personId !== undefined)
      house.setTime(of.programmeId, of.personId, undefined);
    const key = (row: { programmeId: string; personId: string }) => `${row.programmeId} ${row.personId}`;
    const statedOf = Map.groupBy(stated, key);
    const weeklyOf = Map.groupBy(weekly, key);
    for (const both of new Set([...statedOf.keys(), ...weeklyOf.keys()])) {
      const [programmeId = '', personId = ''] = both.split(' ');
      const zone = house.zone(programmeId);
      house.setTime(programmeId, personId, timeOf(statedOf.get(both) ?? [], weeklyOf.get(both) ?? [], zone));
    }
  }

  /** Sessions that take place and have a time. */
  planned(where: FindOptionsWhere<Session> = {}): Promise<PlannedRow[]> {
    return this.db.repository(Session).find({
      select: {
        id: true,
        programmeId: true,
        kind: true,
        roomId: true,
        startsAt: true,
        endsAt: true,
        minutes: true,
        interpretation: true,
        capacity: true,
        expected: true,
        layout: true,
        parallel: true,
      },
      where: { startsAt: Not(IsNull()), ...where, status: 'planned' },
    });
  }

  /** Those of them that are among many ids. */
  async plannedAmong(ids: readonly string[]): Promise<PlannedRow[]> {
    const rows: PlannedRow[] = [];
    for (const part of chunks(ids)) rows.push(...(await this.planned({ id: In(part) })));
    return rows;
  }

  /** With everybody who takes part. What waits in the tray stands at the beginning of time. */
  async placed(rows: readonly PlannedRow[]): Promise<PlacedSession[]> {
    const assigned = await this.inSessions(rows, (ids) =>
      this.db.repository(Assignment).find({
        select: { id: true, sessionId: true, talkId: true, personId: true, role: true, zone: true },
        where: { sessionId: In(ids), state: In(['proposed', 'confirmed']) },
      }),
    );
    const interpreted = rows.filter(({ id }) => assigned.get(id)?.some(({ role }) => role === 'interpreter'));
    const talks = await this.inSessions(interpreted, (ids) =>
      this.db.repository(Talk).find({
        select: { id: true, sessionId: true, minutes: true, position: true },
        where: { sessionId: In(ids) },
        order: { position: 'ASC', id: 'ASC' },
      }),
    );
    const attended = await this.attendances.of(rows.map(({ id }) => id));
    return rows.map((row) => {
      const placed = placedSession(row, assigned.get(row.id) ?? [], talks.get(row.id) ?? []);
      const comes = attended.get(row.id);
      return comes ? { ...placed, attended: comes } : placed;
    });
  }

  private async inSessions<T extends { sessionId: string }>(
    rows: readonly { id: string }[],
    find: (ids: string[]) => Promise<T[]>,
  ): Promise<Map<string, T[]>> {
    const found: T[] = [];
    for (const ids of chunks(rows.map(({ id }) => id))) found.push(...(await find(ids)));
    return Map.groupBy(found, ({ sessionId }) => sessionId);
  }
}

function placedSession(row: PlannedRow, assigned: readonly Assignment[], talks: readonly Talk[]): PlacedSession {
  const start = row.startsAt?.getTime() ?? 0;
  const end = row.endsAt?.getTime() ?? row.minutes * 60_000;
  const interpreters = assigned.filter(({ role }) => role === 'interpreter');
  const of = (talkId: string | null) =>
    interpreters.filter((one) => one.talkId === talkId).map(({ personId }) => personId);
  const toInterpret = talks.map(({ id, minutes }) => ({ minutes, interpreters: of(id) }));
  return {
    id: row.id,
    programmeId: row.programmeId,
    start,
    end,
    roomId: row.roomId,
    people: [...new Set(assigned.map(({ personId }) => personId))],
    online: zonesOf(assigned),
    parallel: row.parallel,
    blocker: row.kind === 'blocker',
    layout: row.layout,
    interpretationMissing: row.interpretation.length > 0 && interpreters.length === 0,
    alone: interpreters.length === 0 ? null : longestAlone((end - start) / 60_000, of(null), toInterpret),
    capacity: row.capacity,
    expected: row.expected,
  };
}

/** Who has one role in the room and another online is in the room. */
function zonesOf(assigned: readonly Assignment[]): Record<string, string> {
  const there = new Set(assigned.filter(({ zone }) => zone === null).map(({ personId }) => personId));
  return Object.fromEntries(
    assigned.flatMap(({ personId, zone }) => (zone === null || there.has(personId) ? [] : [[personId, zone]])),
  );
}

function timeOf(
  stated: readonly Pick<Availability, 'kind' | 'startsAt' | 'endsAt'>[],
  weekly: readonly Pick<WeeklyAvailability, 'kind' | 'weekday' | 'opensAt' | 'closesAt'>[],
  zone: string,
): PersonTime {
  const times: Record<Availability['kind'], Interval[]> = { present: [], available: [], unavailable: [] };
  for (const { kind, startsAt, endsAt } of stated)
    times[kind].push({ start: startsAt.getTime(), end: endsAt.getTime() });
  return {
    present: merged(times.present),
    available: merged(times.available),
    unavailable: merged(times.unavailable),
    weekly: weekly.map(({ kind, weekday, opensAt, closesAt }): WeeklyTime => ({
      kind,
      weekday,
      from: opensAt,
      to: closesAt,
      zone,
    })),
  };
}

function* chunks(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += CHUNK) yield ids.slice(at, at + CHUNK);
}
