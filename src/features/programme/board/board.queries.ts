import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { People, personName } from '../../people/index.js';
import { Venues, type Room } from '../../venues/index.js';
import { Assignment } from '../assignment.entity.js';
import { inPrintOrder } from '../assignment.rules.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import { limitsOf } from '../conflicts/limits.rules.js';
import type { Programme, Strand } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { axisOf, isOnAxis, type Axis } from './board-axis.rules.js';
import { daysShown } from './board-days.rules.js';
import { BoardNeighbours, shownForeign, wallsOf, type ForeignBlock, type MaySee } from './board-neighbours.queries.js';

export interface BoardFilter {
  day?: string | undefined;
  days: number;
  rooms: 'all' | 'used';
}

/** A session of this programme; of a release, texts are not needed here. */
export interface OwnBlock {
  session: Session;
  strand: Strand | null;
  /** Its place in the list of strands, from 0: gives the colour. */
  strandIndex: number;
  chair: string | null;
  conflicts: FoundConflict[];
}

export interface Column {
  /** Null: what has a time but no room. */
  room: Room | null;
  /** The smallest rooms that it takes up: its parts, or itself. */
  parts: readonly string[];
  blocks: (OwnBlock & { runs: 'begins' | 'continues' })[];
  foreign: ForeignBlock[];
}

export interface BoardDay {
  axis: Axis;
  columns: Column[];
}

export interface Board {
  days: BoardDay[];
  /** Days to choose from, in order. */
  allDays: string[];
  tray: OwnBlock[];
  strands: Strand[];
  findings: FoundConflict[];
  /** More than one building: rooms are named with theirs. */
  severalVenues: boolean;
  /** Minutes that this programme wants to set a room up. */
  setup: number;
}

const CHAIRS = ['chair', 'moderator', 'host'] as const;

/** The draft as rooms beside each other. A fixed number of statements, however many sessions there are. */
@Injectable()
export class BoardQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
    private readonly venues: Venues,
    private readonly conflicts: Conflicts,
    private readonly people: People,
    private readonly neighbours: BoardNeighbours,
  ) {}

  async board(
    programme: Programme,
    filter: BoardFilter,
    conferenceDays: readonly string[],
    maySee: MaySee,
  ): Promise<Board> {
    const { zone } = programme;
    const [sessions, strands, rooms, findings] = await Promise.all([
      this.sessions(programme.id),
      this.programmes.strands(programme.id),
      this.venues.rooms(),
      this.conflicts.findings(programme.id),
    ]);
    const blocks = await this.ownBlocks(programme.id, sessions, strands, findings);
    const timed = blocks.filter(({ session }) => session.startsAt !== null);
    const used = timed.map(({ session }) => localDay(session.startsAt!, zone));
    const { shown, all } = daysShown({
      asked: filter.day,
      count: filter.days,
      used,
      conference: conferenceDays,
      today: localDay(this.clock.now(), zone),
    });
    const spans = timed.map(({ session }) => ({ startsAt: session.startsAt!, endsAt: session.endsAt! }));
    const axes = shown.map((day) => axisOf(day, spans, zone));
    const onDays = axes.map((axis) => timed.flatMap((block) => onAxis(block, axis, zone)));
    const columns = roomsShown(rooms, sessions, onDays.flat(), filter.rooms);
    const walls = wallsOf(rooms);
    const foreign = await this.neighbours.near(
      programme.id,
      columns.flatMap(({ id }) => walls.sharing(id)),
      axes,
    );
    const visits = await this.neighbours.knownVisits(foreign);
    const days = axes.map((axis, index): BoardDay => {
      const byRoom = Map.groupBy(onDays[index]!, ({ session }) => session.roomId);
      const others = foreign.filter(({ startsAt, endsAt }) => startsAt! < axis.to && endsAt! > axis.from);
      const known = columns.map((room): Column => ({
        room,
        blocks: byRoom.get(room.id) ?? [],
        parts: walls.parts(room.id),
        foreign: others
          .filter(({ roomId }) => walls.sharing(room.id).includes(roomId!))
          .map((session) => shownForeign(session, maySee, visits)),
      }));
      const elsewhere = byRoom.get(null) ?? [];
      return {
        axis,
        columns: elsewhere.length > 0 ? [...known, { room: null, parts: [], blocks: elsewhere, foreign: [] }] : known,
      };
    });
    return {
      days,
      allDays: all,
      tray: blocks.filter(({ session }) => session.startsAt === null),
      strands,
      findings,
      severalVenues: new Set(columns.map(({ venueId }) => venueId)).size > 1,
      setup: limitsOf(programme.limits).setup,
    };
  }

  /** The sessions on the board, without what the board does not show of them. */
  sessions(programmeId: string): Promise<Session[]> {
    return this.db.repository(Session).find({
      select: {
        id: true,
        programmeId: true,
        kind: true,
        title: true,
        strandId: true,
        roomId: true,
        startsAt: true,
        endsAt: true,
        minutes: true,
        onlineUrl: true,
        languages: true,
        interpretation: true,
        capacity: true,
        expected: true,
        layout: true,
        parallel: true,
        status: true,
        restricted: true,
        pinned: true,
        version: true,
      },
      where: { programmeId, status: In(['planned', 'cancelled']) },
      order: { startsAt: 'ASC', code: 'ASC' },
    });
  }

  private async ownBlocks(
    programmeId: string,
    sessions: readonly Session[],
    strands: readonly Strand[],
    findings: readonly FoundConflict[],
  ): Promise<OwnBlock[]> {
    const chairs = await this.chairs(programmeId);
    const indexOf = new Map(strands.map(({ id }, index) => [id, index]));
    const touched = Map.groupBy(
      findings.filter(({ override }) => !override).flatMap((found) => found.sessions.map((id) => ({ id, found }))),
      ({ id }) => id,
    );
    return sessions.map((session) => {
      const index = indexOf.get(session.strandId ?? '') ?? -1;
      return {
        session,
        strand: strands[index] ?? null,
        strandIndex: index,
        chair: chairs.get(session.id) ?? null,
        conflicts: (touched.get(session.id) ?? []).map(({ found }) => found),
      };
    });
  }

  /** Who leads each session; the first in the order of print where several do. */
  private async chairs(programmeId: string): Promise<Map<string, string>> {
    const assigned = await this.db.manager
      .createQueryBuilder(Assignment, 'assigned')
      .innerJoin(Session, 'session', 'session.id = assigned.session_id')
      .where('session.programme_id = :programmeId', { programmeId })
      .andWhere('assigned.role IN (:...roles) AND assigned.state IN (:...states) AND assigned.talk_id IS NULL', {
        roles: CHAIRS,
        states: ['proposed', 'confirmed'],
      })
      .getMany();
    const people = await this.people.byIds([...new Set(assigned.map(({ personId }) => personId))]);
    const names = new Map<string, string>();
    for (const { sessionId, personId } of inPrintOrder(assigned)) {
      const person = people.get(personId);
      if (person && !names.has(sessionId)) names.set(sessionId, personName(person));
    }
    return names;
  }
}

function onAxis(block: OwnBlock, axis: Axis, zone: string): Column['blocks'] {
  const { startsAt, endsAt } = block.session;
  const runs = isOnAxis({ startsAt: startsAt!, endsAt: endsAt! }, axis, zone);
  return runs ? [{ ...block, runs }] : [];
}

/** The rooms of the buildings that the programme uses, all of them or those in use on these days; at first all of the house. */
function roomsShown(
  rooms: readonly Room[],
  sessions: readonly Session[],
  onDays: readonly OwnBlock[],
  which: BoardFilter['rooms'],
): Room[] {
  const wanted = new Set(sessions.map(({ roomId }) => roomId));
  const venues = new Set(rooms.filter(({ id }) => wanted.has(id)).map(({ venueId }) => venueId));
  if (which === 'used') {
    const now = new Set(onDays.map(({ session }) => session.roomId));
    return rooms.filter(({ id }) => now.has(id));
  }
  return venues.size === 0 ? [...rooms] : rooms.filter(({ venueId }) => venues.has(venueId));
}
