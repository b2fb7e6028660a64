import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Venues } from '../../venues/index.js';
import type { Programme } from '../programme.entity.js';
import { SignUps } from '../programme.ports.js';
import type { Session } from '../session.entity.js';
import { Sessions } from '../sessions.service.js';
import { ConflictSource } from './conflict-source.js';
import { ConflictWatch } from './conflict-watch.js';
import { Conflicts, type FoundConflict } from './conflicts.service.js';
import { heatMap, severityOf, type HeatMap } from './heat-map.rules.js';
import {
  blockers,
  daysBetween,
  explainPlace,
  freePlaces,
  movedTo,
  startsIn,
  verdict,
  type Blocker,
} from './places.rules.js';
import type { PlacedSession } from './placed-session.rules.js';
import type { Severity } from './finding.rules.js';

/** Where to look. Days `YYYY-MM-DD` and times `HH:mm` on the programme's clock; null: what the programme suggests. */
export interface PlacesAsked {
  readonly from?: string | null;
  readonly to?: string | null;
  readonly earliest?: string | null;
  readonly latest?: string | null;
  readonly step?: number | null;
  readonly minutes?: number | null;
  readonly roomId?: string | null;
}

export interface FreePlace {
  readonly start: Date;
  readonly end: Date;
  readonly roomId: string;
  readonly points: number;
  readonly severity: Severity | null;
}

export interface FoundPlaces {
  readonly items: FreePlace[];
  readonly looked: number;
  readonly free: number;
  readonly refused: { examined: number; blockers: Blocker[] };
}

export interface Explanation {
  readonly start: Date;
  readonly end: Date;
  readonly roomId: string | null;
  readonly points: number;
  readonly severity: Severity | null;
  readonly findings: FoundConflict[];
}

/** As many days as one question may span: a heat map of more is no help. */
const MAX_DAYS = 31;
const DEFAULTS = { earliest: '09:00', latest: '20:00', step: 15 };
/** So many refusals are looked into, spread over all of them; a question must not hold up the others. */
const EXAMINED = 5000;

/** "Why can't it be here?" and "Where could it go?" of one session, over all programmes. */
@Injectable()
export class Places {
  constructor(
    private readonly sessions: Sessions,
    private readonly source: ConflictSource,
    private readonly watch: ConflictWatch,
    private readonly conflicts: Conflicts,
    private readonly signUps: SignUps,
    private readonly venues: Venues,
  ) {}

  /**
   * Everything that the rules have against a place, worst first; without a start, against the one where the session is.
   * Throws InvalidInput at `start` in the tray, and at `roomId`.
   */
  async explain(
    programme: Programme,
    sessionId: string,
    place: { start: Date | null; minutes: number | null; roomId: string | null },
  ): Promise<Explanation> {
    const { row, session, signUps } = await this.asked(programme, sessionId, place.minutes);
    const start = place.start ?? row.startsAt;
    const roomId = place.roomId ?? (place.start === null ? row.roomId : null);
    if (start === null) throw InvalidInput.at('start', 'error.required');
    if (roomId !== null && !(await this.venues.roomById(roomId)))
      throw InvalidInput.at('roomId', 'error.programme.unknownRoom');
    const { index, house } = await this.watch.current();
    const there = movedTo(session, start.getTime(), roomId);
    const found = explainPlace(index, house, there, signUps);
    const { points, worst } = verdict(found);
    return {
      start: new Date(there.start),
      end: new Date(there.end),
      roomId,
      points,
      severity: worst ?? null,
      findings: await this.conflicts.described(programme.id, found, there),
    };
  }

  /** How bad every start in every room is. Throws InvalidInput where it should look. */
  async heatMap(
    programme: Programme,
    sessionId: string,
    asked: PlacesAsked,
  ): Promise<{ map: HeatMap; minutes: number }> {
    const { map, session } = await this.mapped(programme, sessionId, asked);
    return { map, minutes: (session.end - session.start) / 60_000 };
  }

  /** The best free places, and why the others are refused. Throws InvalidInput where it should look. */
  async places(programme: Programme, sessionId: string, asked: PlacesAsked, limit = 20): Promise<FoundPlaces> {
    const { map, session, row, signUps } = await this.mapped(programme, sessionId, asked);
    const { index, house } = await this.watch.current();
    const near = row.startsAt?.getTime() ?? map.starts[0] ?? 0;
    const length = session.end - session.start;
    // Where it is already is no answer.
    const elsewhere = freePlaces(map, session, house, { near, limit: limit + 1 }).filter(
      ({ start, roomId }) => start !== row.startsAt?.getTime() || roomId !== row.roomId,
    );
    const items = elsewhere.slice(0, limit).map(({ start, roomId, points }) => ({
      start: new Date(start),
      end: new Date(start + length),
      roomId,
      points,
      severity:
        severityOf(map.heat[map.rooms.indexOf(roomId) * map.starts.length + map.starts.indexOf(start)]!) ?? null,
    }));
    const refused = [...map.heat.keys()].filter((cell) => map.heat[cell] === 3);
    const every = Math.max(1, Math.ceil(refused.length / EXAMINED));
    const examined = refused.filter((_cell, at) => at % every === 0);
    const refusals = examined.map((cell) => {
      const [room, start] = [Math.floor(cell / map.starts.length), cell % map.starts.length];
      return explainPlace(index, house, movedTo(session, map.starts[start]!, map.rooms[room]!), signUps);
    });
    return {
      items,
      looked: map.heat.length,
      free: map.heat.length - refused.length,
      refused: { examined: examined.length, blockers: blockers(refusals) },
    };
  }

  /** The days of the programme, or else the day that was asked for. */
  async days(programme: Programme): Promise<{ from: string; to: string } | undefined> {
    const { index } = await this.watch.current();
    const own = index.sessions().filter(({ programmeId }) => programmeId === programme.id);
    if (own.length === 0) return undefined;
    const day = (ms: number) => localDay(new Date(ms), programme.zone);
    const from = day(Math.min(...own.map(({ start }) => start)));
    const last = day(Math.max(...own.map(({ start }) => start)));
    return { from, to: daysBetween(from, last).at(MAX_DAYS - 1) ?? last };
  }

  private async mapped(programme: Programme, sessionId: string, asked: PlacesAsked) {
    const { row, session, signUps } = await this.asked(programme, sessionId, asked.minutes ?? null);
    const days = await this.daysAsked(programme, asked);
    const window = {
      days,
      earliest: minuteOf(asked.earliest ?? DEFAULTS.earliest),
      latest: minuteOf(asked.latest ?? DEFAULTS.latest),
      step: asked.step ?? DEFAULTS.step,
    };
    if (window.latest <= window.earliest) throw InvalidInput.at('latest', 'error.programme.endBeforeStart');
    const all = (await this.venues.rooms()).map(({ id }) => id);
    const rooms = asked.roomId ? all.filter((id) => id === asked.roomId) : all;
    if (asked.roomId && rooms.length === 0) throw InvalidInput.at('roomId', 'error.programme.unknownRoom');
    const starts = startsIn(window, (session.end - session.start) / 60_000, programme.zone);
    const { index, house } = await this.watch.current();
    return { row, session, signUps, map: heatMap(index, house, session, { starts, rooms, signUps }) };
  }

  private async daysAsked(programme: Programme, { from, to }: PlacesAsked): Promise<string[]> {
    const suggested = from && to ? undefined : await this.days(programme);
    const first = from ?? suggested?.from;
    if (!first) throw InvalidInput.at('from', 'error.required');
    const last = to ?? (from ? from : suggested!.to);
    if (last < first) throw InvalidInput.at('to', 'error.programme.endBeforeStart');
    const days = daysBetween(first, last);
    if (days.length > MAX_DAYS) throw InvalidInput.at('to', 'error.programme.tooManyDays', { max: MAX_DAYS });
    return days;
  }

  /** The session as it is stored now, with another length if one is given. Throws NotFound. */
  private async asked(
    programme: Programme,
    sessionId: string,
    minutes: number | null,
  ): Promise<{ row: Session; session: PlacedSession; signUps: number }> {
    const row = await this.sessions.byId(programme.id, sessionId);
    const [placed] = await this.source.placed([row]);
    const session = minutes === null ? placed! : { ...placed!, end: placed!.start + minutes * 60_000 };
    return { row, session, signUps: (await this.signUps.count([row.id])).get(row.id) ?? 0 };
  }
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
