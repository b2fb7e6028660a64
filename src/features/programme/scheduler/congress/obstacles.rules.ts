import {
  offeredStarts,
  overlap,
  smallestRooms,
  type Congress,
  type CongressPlace,
  type CongressSession,
} from './congress.rules.js';
import { bondsOf, PAIR_RULES, pairCost, relationOf } from './congress-pairs.rules.js';
import { placeCost, PLACE_RULES } from './congress-places.rules.js';
import { interpretersFor } from './interpreter-demand.rules.js';

/** Why places are refused to a session: how many by each rule, how many by that rule alone, and because of whom. */
export interface Obstacle {
  readonly rule: string;
  readonly places: number;
  readonly alone: number;
  /** Persons whom the rule is about, most frequent first. */
  readonly persons: readonly number[];
}

export interface Stuck {
  readonly session: number;
  /** Places within the opening hours that were looked at. */
  readonly looked: number;
  /** Most frequent first. */
  readonly obstacles: readonly Obstacle[];
}

/** So many places are looked at, spread over all: a reason that blocks many shows in some. */
const LOOKED = 2000;
const NAMED = 3;
/** Nobody needs to be told that a session cannot be where it was not to be looked for. */
const NO_PLACE = ['outside-opening-hours', 'room-not-offered'];

/** What stands in the way of a session while all others stand where `places` says; those in the tray are in nobody's way. */
export function obstaclesOf(congress: Congress, places: readonly CongressPlace[], session: number): Stuck {
  const own = { ...congress.sessions[session]!, level: 'draft' as const };
  // A session that stays for want of a place must not be spared its hard rules.
  const asked = { ...congress, sessions: congress.sessions.map((one, index) => (index === session ? own : one)) };
  const all = placesFor(asked, own);
  const every = Math.max(1, Math.ceil(all.length / LOOKED));
  const looked = all.filter((_, index) => index % every === 0);
  const against = beside(asked, places, session);
  const counts = new Map<string, { places: number; alone: number; persons: Map<number, number> }>();
  for (const place of looked) {
    const broken = new Map<string, readonly number[]>();
    for (const rule of PLACE_RULES) {
      if (rule.level === 'hard' && placeCost(asked, own, place, [rule]).hard > 0)
        broken.set(rule.rule, absent(asked, own, place, rule.rule));
    }
    for (const [rule, persons] of against(place)) broken.set(rule, persons);
    if (lacksInterpreters(asked, places, session, place)) broken.set('interpreters-missing', []);
    for (const [rule, persons] of broken) {
      const count = counts.get(rule) ?? { places: 0, alone: 0, persons: new Map<number, number>() };
      count.places++;
      if (broken.size === 1) count.alone++;
      for (const person of persons) count.persons.set(person, (count.persons.get(person) ?? 0) + 1);
      counts.set(rule, count);
    }
  }
  const obstacles = [...counts].map(([rule, count]) => ({ rule, ...count, persons: most(count.persons) }));
  return {
    session,
    looked: looked.length,
    obstacles: obstacles.sort((a, b) => b.places - a.places || (a.rule < b.rule ? -1 : 1)),
  };
}

const OF_PERSONS = ['outside-presence', 'outside-availability', 'person-elsewhere'];

/** Every start within the opening hours in every room on offer. */
function placesFor(congress: Congress, session: CongressSession): CongressPlace[] {
  const rules = PLACE_RULES.filter(({ rule }) => NO_PLACE.includes(rule));
  return [...offeredStarts(congress)]
    .sort((a, b) => a - b)
    .flatMap((start) =>
      congress.rooms.flatMap((_, room) =>
        room !== congress.tray && placeCost(congress, session, { start, room }, rules).hard <= 0
          ? [{ start, room }]
          : [],
      ),
    );
}

/** What the other sessions have against a place, with the persons concerned. */
function beside(congress: Congress, places: readonly CongressPlace[], session: number) {
  const { sessions, rooms, tray } = congress;
  const own = sessions[session]!;
  const bonds = bondsOf(congress);
  const hardRules = PAIR_RULES.filter(({ level }) => level === 'hard');
  const others = sessions.flatMap((other, index) =>
    index === session || places[index]!.room === tray ? [] : [{ index, other, place: places[index]! }],
  );
  const bound = others.map(({ index }) => bonds(session, index));
  return (place: CongressPlace): Map<string, number[]> => {
    const broken = new Map<string, number[]>();
    const parts = smallestRooms(congress, place.room);
    for (const [at, { other, place: taken }] of others.entries()) {
      const isParted = !smallestRooms(congress, taken.room).some((part) => parts.includes(part));
      const turnover = Math.max(rooms[place.room]!.turnover, rooms[taken.room]!.turnover);
      const mine = { from: place.start, to: place.start + own.length + turnover };
      const theirs = { from: taken.start, to: taken.start + other.length + turnover };
      if (!isParted && !(own.sharesRoom && other.sharesRoom) && overlap(mine, theirs) > 0)
        broken.set('room-double', []);
      const { a, bond } = bound[at]!;
      const [first, second] = a === session ? [place, taken] : [taken, place];
      const code = relationOf(congress, first.room, second.room);
      for (const rule of hardRules) {
        if (pairCost(congress, bond, code, first.start, second.start, [rule]).hard <= 0) continue;
        const shared = rule.rule === 'person-double' ? own.persons.filter((one) => other.persons.includes(one)) : [];
        broken.set(rule.rule, [...(broken.get(rule.rule) ?? []), ...shared]);
      }
    }
    return broken;
  };
}

/** Whether others want so many interpreters at the time that too few are left. */
function lacksInterpreters(
  congress: Congress,
  places: readonly CongressPlace[],
  session: number,
  { start }: CongressPlace,
): boolean {
  const own = congress.sessions[session]!;
  return own.pairs.some((pair) => {
    const count = congress.interpreters.reduce((sum, one) => sum + (one.pair === pair ? one.count : 0), 0);
    const others = congress.sessions.flatMap(({ pairs, length }, other) => {
      const there = places[other]!;
      const isBeside = other !== session && there.room !== congress.tray && pairs.includes(pair);
      return isBeside ? [{ from: there.start, to: there.start + length, team: interpretersFor(congress, length) }] : [];
    });
    const left = count - interpretersFor(congress, own.length);
    for (let quantum = start; quantum < start + own.length; quantum++) {
      const wanted = others.reduce((sum, { from, to, team }) => sum + (from <= quantum && quantum < to ? team : 0), 0);
      if (wanted > left) return true;
    }
    return false;
  });
}

/** Who of the session cannot come to a place, where that is what the rule is about. */
function absent(congress: Congress, session: CongressSession, place: CongressPlace, rule: string): number[] {
  const rules = PLACE_RULES.filter((one) => one.rule === rule);
  if (!OF_PERSONS.includes(rule)) return [];
  return session.persons.filter(
    (person) => placeCost(congress, { ...session, persons: [person] }, place, rules).hard > 0,
  );
}

function most(counts: ReadonlyMap<number, number>): number[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, NAMED)
    .map(([person]) => person);
}
