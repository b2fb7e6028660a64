import { merged } from '../../conflicts/person-time.rules.js';
import type { Limits } from '../../conflicts/limits.rules.js';
import type { PlacedSession } from '../../conflicts/placed-session.rules.js';
import type { Congress, CongressSession, Span } from '../congress/congress.rules.js';
import {
  breaksOf,
  closedOf,
  congressRoom,
  favouritesOf,
  interpretersOf,
  nearDays,
  pairsOf,
  peopleOf,
  priceOf,
  roomsOf,
  settingsOf,
  toleratedOf,
  TRAY,
} from './draft-parts.rules.js';
import { congressPerson, nightsOf } from './draft-persons.rules.js';
import { keptReason, placeOn, quantumFor } from './draft-places.rules.js';
import {
  isCeremony,
  isPause,
  isProposed,
  type Asked,
  type Draft,
  type DraftRoom,
  type DraftSession,
  type KeptReason,
  type MappedDraft,
} from './draft.rules.js';
import { gridOf, spansOn, type WallGrid } from './wall-grid.rules.js';

const MINUTE = 60_000;

/** Turns a programme and what is asked for into input of the scheduler. */
export function congressOf(draft: Draft, asked: Asked): MappedDraft {
  return new Mapping({ ...draft, foreign: nearDays(draft, asked) }, asked).mapped();
}

class Mapping {
  private readonly grid: WallGrid;
  private readonly rooms: readonly DraftRoom[];
  private readonly people: readonly string[];
  private readonly pauses: readonly DraftSession[];
  private readonly roomIndex: ReadonlyMap<string, number>;
  private readonly personIndex: ReadonlyMap<string, number>;
  private readonly strandIndex: ReadonlyMap<string, number>;
  private readonly layoutIndex: ReadonlyMap<string, number>;
  private readonly nights: (zone: string) => Span[];
  private readonly hours: Span;
  private readonly kept = new Map<string, KeptReason>();
  private readonly entries: { readonly session: DraftSession | null; readonly own: CongressSession }[] = [];
  /** What takes up people and no room. */
  private readonly elsewhere: PlacedSession[] = [];

  constructor(
    private readonly draft: Draft,
    private readonly asked: Asked,
  ) {
    const grid = gridOf(asked.days, draft.zone, quantumFor(draft, asked));
    this.grid = grid;
    this.rooms = roomsOf(draft, asked);
    this.people = peopleOf(draft);
    this.pauses = draft.sessions.filter(isPause);
    this.roomIndex = indexed(this.rooms.map(({ id }) => id));
    this.personIndex = indexed(this.people);
    this.strandIndex = indexed(draft.sessions.flatMap(({ strandId }) => strandId ?? []));
    const all = [...draft.sessions, ...draft.foreign.map(({ session }) => session)];
    this.layoutIndex = indexed(all.flatMap(({ layout }) => layout ?? []));
    this.nights = memo((zone) => nightsOf(grid, zone));
    this.hours = {
      from: Math.ceil(asked.earliest / grid.quantumMinutes),
      to: Math.floor(asked.latest / grid.quantumMinutes),
    };
  }

  mapped(): MappedDraft {
    const { draft, grid } = this;
    for (const session of draft.sessions) this.enter(session);
    for (const { session, limits } of draft.foreign) this.occupy(session, limits);
    const sessions = this.entries.map(({ session }) => session);
    return {
      grid,
      sessions,
      rooms: [...this.rooms.map(({ id }) => id), null],
      people: this.people,
      kept: this.kept,
      congress: this.congress(sessions),
    };
  }

  private congress(sessions: readonly (DraftSession | null)[]): Congress {
    const { draft, asked, grid, rooms } = this;
    const settings = settingsOf(draft, asked);
    return {
      quantumMinutes: grid.quantumMinutes,
      quantaPerDay: grid.quantaPerDay,
      days: grid.days.length,
      open: this.hours.from,
      close: this.hours.to,
      breaks: this.pauses.flatMap((pause) => breaksOf(grid, pause)),
      startStep: Math.max(1, 15 / grid.quantumMinutes),
      closed: closedOf(grid, draft),
      rooms: [...rooms.map((room) => congressRoom(room, asked, this.roomIndex)), TRAY],
      tray: rooms.length,
      sessions: this.entries.map(({ own }) => own),
      persons: this.people.map((id) => {
        const besides = merged(this.elsewhere.filter((session) => session.people.includes(id)));
        return congressPerson(grid, draft.times.get(id), draft.limits, besides);
      }),
      delegations: [],
      interpreters: interpretersOf(draft),
      precedences: [],
      tolerated: toleratedOf(sessions, settings),
      favourites: favouritesOf(draft, sessions),
      officialLanguages: asked.languages,
      settings,
    };
  }

  private enter(session: DraftSession): void {
    const { asked, grid, draft } = this;
    if (!session.isPlaced) {
      if (!isProposed(session) || (asked.aim === 'repair' && !asked.withTray)) return;
      const wish = session.roomId === null ? null : (this.roomIndex.get(session.roomId) ?? null);
      this.entries.push({ session, own: { ...this.own(session), level: 'draft', wish, mayWait: true } });
      return;
    }
    const place = placeOn(grid, session, this.roomIndex);
    const reason = keptReason(session, place, { grid, asked, now: draft.now });
    if (reason && asked.aim !== 'fill' && isProposed(session)) this.kept.set(session.id, reason);
    if (place === null || !isProposed(session)) this.occupy(session, draft.limits);
    else {
      const price = reason || asked.aim === 'fill' ? {} : priceOf(session, asked);
      this.entries.push({ session, own: { ...this.own(session), ...price, place } });
    }
  }

  /** What only stands in the way, day by day: a pause, another programme, something that fits into no grid. */
  private occupy(session: PlacedSession, limits: Limits): void {
    const { grid, hours } = this;
    const room = session.roomId === null ? undefined : this.roomIndex.get(session.roomId);
    if (room === undefined) {
      this.elsewhere.push(session);
      return;
    }
    const wants = { walkMinutes: limits.walk, otherSiteMinutes: limits.travel, setupMinutes: limits.setup };
    const own = this.draft.limits;
    const reach = Math.max(...Object.values(wants), own.walk, own.travel, own.setup);
    const gap = Math.ceil(reach / grid.quantumMinutes);
    for (const span of spansOn(grid, session)) {
      const midnight = span.from - (span.from % grid.quantaPerDay);
      // Long before the doors open it is in nobody's way, and would only make tables longer.
      const from = Math.max(span.from, midnight + hours.from - gap);
      const to = Math.min(span.to, midnight + hours.to + gap);
      if (from >= to) continue;
      const place = { start: from, room };
      const base = { ...this.base(session), length: to - from, place, isForeign: true, limits: wants };
      this.entries.push({ session: null, own: base });
    }
  }

  private own(session: DraftSession): CongressSession {
    return {
      ...this.base(session),
      expected: Math.max(session.expected ?? 0, session.signUps),
      languages: [...new Set([...session.languages, ...session.interpretation])],
      pairs: pairsOf(this.draft, session),
      strand: session.strandId === null ? null : this.strandIndex.get(session.strandId)!,
      isExclusive: isCeremony(session),
      isPlenary: session.kind === 'plenary',
      runsThroughBreaks: session.parallel || this.pauses.some((pause) => session.isPlaced && meets(pause, session)),
    };
  }

  /** A session that stands where it stands, with its people and its chairs. */
  private base(session: PlacedSession): CongressSession {
    const persons = (ids: readonly string[]) => ids.flatMap((id) => this.personIndex.get(id) ?? []);
    return {
      length: Math.ceil((session.end - session.start) / MINUTE / this.grid.quantumMinutes),
      expected: 0,
      equipment: [],
      pairs: [],
      languages: [],
      strand: null,
      vips: 0,
      persons: persons(session.people),
      online: persons(Object.keys(session.online)),
      nights: Object.values(session.online).flatMap(this.nights),
      layout: session.layout === null ? null : this.layoutIndex.get(session.layout)!,
      isExclusive: false,
      isPlenary: false,
      isSatellite: false,
      runsThroughBreaks: true,
      sharesRoom: session.parallel,
      quorums: [],
      level: 'pinned',
      factor: 1,
      place: null,
      wish: null,
      mayWait: false,
      isForeign: false,
      limits: null,
    };
  }
}

function meets(a: PlacedSession, b: PlacedSession): boolean {
  return a.id !== b.id && a.start < b.end && b.start < a.end;
}

function indexed(ids: readonly string[]): Map<string, number> {
  return new Map([...new Set(ids)].map((id, index) => [id, index]));
}

function memo<T>(of: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = of(key)));
    return value;
  };
}
