import {
  USUAL_SETTINGS,
  type Congress,
  type CongressBreak,
  type CongressRoom,
  type CongressSession,
  type CongressSettings,
  type Span,
} from '../congress/congress.rules.js';
import { boothsOf, canServe, teamSize, type BoothNeed } from '../../interpretation/booths.rules.js';
import { windowOf } from './draft-persons.rules.js';
import { isCeremony, type Asked, type Draft, type DraftRoom, type DraftSession } from './draft.rules.js';
import { shutSpans, spansOn, type WallGrid } from './wall-grid.rules.js';

const MINUTE = 60_000;
/** What nobody was promised is moved more lightly than what was published. */
const UNPUBLISHED = 0.25;
/** Moving a session costs as much again for every so many who signed up, up to a limit. */
const ATTENDANCE = { step: 50, most: 5 };

/** Whoever takes part in a session of the programme. */
export function peopleOf({ sessions }: Draft): string[] {
  return [...new Set(sessions.flatMap((session) => session.people))].sort();
}

/** What other programmes do on these days, or just before or after, with the people or in the rooms of this one. */
export function nearDays({ foreign, rooms, sessions }: Draft, { days, rooms: offered }: Asked): Draft['foreign'] {
  const window = windowOf({ days });
  const parts = new Map(rooms.map((room) => [room.id, room.parts.length === 0 ? [room.id] : room.parts]));
  const inUse = [...offered, ...sessions.flatMap(({ roomId }) => roomId ?? [])];
  const taken = new Set(inUse.flatMap((id) => parts.get(id) ?? []));
  const people = new Set(sessions.flatMap((session) => session.people));
  return foreign.filter(
    ({ session: { start, end, roomId, people: theirs } }) =>
      start < window.end &&
      end > window.start &&
      ((parts.get(roomId ?? '') ?? []).some((part) => taken.has(part)) || theirs.some((id) => people.has(id))),
  );
}

/** Rooms that are offered or in use, by this programme or where it meets another, and what they are made of. */
export function roomsOf(
  { rooms, sessions, foreign }: Pick<Draft, 'rooms' | 'sessions' | 'foreign'>,
  { rooms: offered }: Asked,
): DraftRoom[] {
  const wanted = new Set([
    ...offered,
    ...sessions.flatMap(({ roomId }) => roomId ?? []),
    ...foreign.flatMap(({ session }) => session.roomId ?? []),
  ]);
  for (const { id, parts } of rooms) if (wanted.has(id)) for (const part of parts) wanted.add(part);
  return rooms.filter(({ id }) => wanted.has(id));
}

/** Stands for the tray; nothing of a room is true of it. */
export const TRAY: CongressRoom = {
  capacity: null,
  legalLimit: null,
  site: '',
  booths: null,
  equipment: [],
  turnover: 0,
  closed: [],
  parts: [],
  isOffered: false,
};

/** A room as the scheduler sees it. */
export function congressRoom(
  { id, venueId, capacity, parts }: DraftRoom,
  { rooms }: Asked,
  index: ReadonlyMap<string, number>,
): CongressRoom {
  return {
    ...TRAY,
    capacity,
    site: venueId,
    parts: parts.flatMap((part) => index.get(part) ?? []),
    isOffered: rooms.includes(id),
  };
}

/** What it costs to move a session that stands. */
export function priceOf(
  { signUps, released, start, roomId }: DraftSession,
  { aim }: Asked,
): Pick<CongressSession, 'level' | 'factor' | 'mayWait'> {
  const isPublished = released !== null && released.start === start && released.roomId === roomId;
  if (isPublished) {
    const factor = Math.min(ATTENDANCE.most, 1 + Math.floor(signUps / ATTENDANCE.step));
    return { level: 'published', factor, mayWait: false };
  }
  return aim === 'new'
    ? { level: 'draft', factor: 1, mayWait: true }
    : { level: 'published', factor: UNPUBLISHED, mayWait: false };
}

/** A pause, day by day. */
export function breaksOf(grid: WallGrid, pause: DraftSession): CongressBreak[] {
  return spansOn(grid, pause).map(({ from, to }) => {
    const day = Math.floor(from / grid.quantaPerDay);
    const midnight = day * grid.quantaPerDay;
    const kind = pause.kind === 'meal' ? 'lunch' : 'coffee';
    return { from: from - midnight, to: to - midnight, kind, day, buffet: pause.capacity };
  });
}

/** When nobody can meet. */
export function closedOf(grid: WallGrid, { now, limits }: Draft): Span[] {
  const { start } = windowOf(grid);
  const past = now > start ? spansOn(grid, { start, end: now }) : [];
  return [...shutSpans(grid, Math.max(limits.walk, limits.travel, limits.setup)), ...past];
}

/** The numbers of the model, as the programme wants them. */
export function settingsOf({ limits }: Draft, { points }: Asked): CongressSettings {
  return {
    ...USUAL_SETTINGS,
    walkMinutes: limits.walk,
    otherSiteMinutes: limits.travel,
    sameRoomMinutes: 0,
    setupMinutes: limits.setup,
    soloInterpreterMinutes: limits.interpreterAlone,
    points,
  };
}

/** The booths that a session wants, by what their people must be able to do; those that nobody in the house could serve, left out. */
export function pairsOf({ interpreters }: Draft, { languages, interpretation }: DraftSession): string[] {
  return boothsOf(languages, interpretation)
    .filter((need) => interpreters.some((ways) => canServe(ways, need)))
    .map(pairName);
}

/**
 * How many can serve each booth. Where more than these work side by side already, somebody has found them: as many may be
 * wanted again.
 */
export function interpretersOf(draft: Draft): Congress['interpreters'] {
  const needs = new Map(
    draft.sessions.flatMap(({ languages, interpretation }) =>
      boothsOf(languages, interpretation).map((need) => [pairName(need), need] as const),
    ),
  );
  const placed = draft.sessions.filter(({ isPlaced }) => isPlaced);
  return [...needs].map(([pair, need]) => {
    const able = draft.interpreters.filter((ways) => canServe(ways, need)).length;
    const wanting = placed.filter((session) => pairsOf(draft, session).includes(pair));
    const teams = wanting.map(({ start, end }) => ({
      start,
      end,
      size: teamSize((end - start) / MINUTE, draft.limits.interpreterAlone),
    }));
    const peak = Math.max(
      0,
      ...teams.map(({ start }) =>
        teams.reduce((sum, team) => sum + (team.start <= start && start < team.end ? team.size : 0), 0),
      ),
    );
    return { pair, count: Math.max(able, peak) };
  });
}

function pairName({ into, ways }: BoothNeed): string {
  return [into.join('+'), ...ways.map(({ from, to }) => `${from}>${to}`)].join(' ');
}

/** Where somebody has put something beside a ceremony, or just before or after, it is meant so. */
export function toleratedOf(sessions: readonly (DraftSession | null)[], { quietMinutes }: CongressSettings) {
  const quiet = quietMinutes * MINUTE;
  const found: { a: number; b: number }[] = [];
  for (const [a, ceremony] of sessions.entries()) {
    if (!ceremony?.isPlaced || !isCeremony(ceremony)) continue;
    for (const [b, other] of sessions.entries()) {
      if (a === b || !other?.isPlaced) continue;
      if (ceremony.start < other.end + quiet && other.start < ceremony.end + quiet) found.push({ a, b });
    }
  }
  return found;
}

/** Who wants to hear both of two sessions. */
export function favouritesOf({ favourites }: Draft, sessions: readonly (DraftSession | null)[]) {
  const index = new Map(sessions.flatMap((session, at) => (session ? [[session.id, at] as const] : [])));
  return favourites.flatMap(({ a, b, people }) => {
    const [one, other] = [index.get(a), index.get(b)];
    return one === undefined || other === undefined ? [] : [{ a: one, b: other, people }];
  });
}
