import { dayOf, isFixed, offeredStarts, startsOf, type Congress, type CongressPlace } from './congress.rules.js';
import { boundPairs, pairClasses, PAIR_RULES, relationOf } from './congress-pairs.rules.js';
import { placeCost, PLACE_RULES } from './congress-places.rules.js';
import { TERM_RULES } from './congress-terms.rules.js';
import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import { scoreOf, type Movable, type Problem } from '../problem.rules.js';

/** The catalogue of rules, declared for the search. `starts` gives the quantum of each start of a plan. */
export interface CongressProblem extends Problem {
  readonly quanta: readonly number[];
}

export function congressProblem(congress: Congress): CongressProblem {
  const quanta = startsOf(congress);
  return {
    quanta,
    starts: quanta.length,
    rooms: congress.rooms.length,
    sessions: movables(congress, quanta),
    relation: (a, b) => relationOf(congress, a, b),
    line: lineOf(congress, quanta),
    pairs: pairClasses(congress, quanta, PAIR_RULES),
    ...(congress.tray === null ? {} : { leastBreach: 1 }),
    terms: TERM_RULES.flatMap(({ term }) => (term(congress, quanta) === null ? [] : [() => term(congress, quanta)!])),
  };
}

/** What each rule of the catalogue costs in a plan; rules that cost nothing are left out. */
export function billOf(congress: Congress, plan: Plan): Readonly<Record<string, number>> {
  const quanta = startsOf(congress);
  const empty: Problem = {
    starts: quanta.length,
    rooms: congress.rooms.length,
    sessions: [],
    relation: (a, b) => relationOf(congress, a, b),
    pairs: [],
    terms: [],
  };
  const bill: Record<string, number> = {};
  const count = (rule: string, { hard, medium, soft }: Score) => {
    if (hard + medium + soft > 0) bill[rule] = hard + medium + soft;
  };
  for (const rule of PLACE_RULES) {
    const sessions = congress.sessions.map((session) => ({
      starts: [],
      rooms: [],
      pinned: null,
      cost: (start: number, room: number) => placeCost(congress, session, { start: quanta[start]!, room }, [rule]),
    }));
    count(rule.rule, scoreOf({ ...empty, sessions }, plan));
  }
  const bound = boundPairs(congress);
  for (const rule of PAIR_RULES)
    count(rule.rule, scoreOf({ ...empty, pairs: pairClasses(congress, quanta, [rule], bound) }, plan));
  for (const { rule, term } of TERM_RULES) count(rule, term(congress, quanta)?.whole(plan) ?? NO_COST);
  return bill;
}

/** Sessions with a place that have no legal place at all, whatever the others do. */
export function hopeless(congress: Congress): number[] {
  const starts = [...offeredStarts(congress)];
  const rooms = congress.rooms.flatMap((_, room) => (room === congress.tray ? [] : [room]));
  return congress.sessions.flatMap((session, index) => {
    if (isFixed(session) || session.place === null) return [];
    const isLegal = (start: number) => rooms.some((room) => placeCost(congress, session, { start, room }).hard <= 0);
    return starts.some(isLegal) ? [] : [index];
  });
}

/** A plan as places in quanta, and back. Throws when a place is not on the grid. */
export function placesOf({ quanta }: CongressProblem, plan: Plan): CongressPlace[] {
  return Array.from(plan.start, (start, session) => ({ start: quanta[start]!, room: plan.room[session]! }));
}

export function planOf({ quanta }: Pick<CongressProblem, 'quanta'>, places: readonly CongressPlace[]): Plan {
  const indexOf = new Map(quanta.map((quantum, index) => [quantum, index]));
  return {
    start: Int32Array.from(places, ({ start }) => {
      const index = indexOf.get(start);
      if (index === undefined) throw new RangeError(`No session may start at quantum ${start}`);
      return index;
    }),
    room: Int32Array.from(places, ({ room }) => room),
  };
}

function movables(congress: Congress, quanta: readonly number[]): Movable[] {
  const indexOf = new Map(quanta.map((quantum, index) => [quantum, index]));
  const offered = offeredStarts(congress);
  const starts = [...quanta.keys()].filter((start) => offered.has(quanta[start]!));
  const rooms = congress.rooms.map((_, room) => room).filter((room) => room !== congress.tray);
  return congress.sessions.map((session) => {
    const cost = (start: number, room: number) => placeCost(congress, session, { start: quanta[start]!, room });
    const { place } = session;
    if (isFixed(session) && place) {
      const start = indexOf.get(place.start)!;
      return { starts: [start], rooms: [place.room], pinned: { start, room: place.room }, cost };
    }
    const domain = leastHard(starts, rooms, cost);
    const mayWait = session.mayWait && congress.tray !== null;
    return {
      starts: domain.starts,
      // What has no legal place at all can only wait.
      rooms: !mayWait ? domain.rooms : domain.hard > 0 ? [congress.tray] : [...domain.rooms, congress.tray],
      pinned: null,
      cost,
    };
  });
}

/** The starts and rooms that are legal by themselves; if none is, those that break least. */
function leastHard(starts: readonly number[], rooms: readonly number[], cost: (start: number, room: number) => Score) {
  const ofStart = new Map(starts.map((start) => [start, Infinity]));
  const ofRoom = new Map(rooms.map((room) => [room, Infinity]));
  for (const start of starts) {
    for (const room of rooms) {
      const { hard } = cost(start, room);
      ofStart.set(start, Math.min(ofStart.get(start)!, hard));
      ofRoom.set(room, Math.min(ofRoom.get(room)!, hard));
    }
  }
  const least = (costs: ReadonlyMap<number, number>) => {
    const lowest = Math.min(...costs.values());
    return [...costs].flatMap(([index, hard]) => (hard === lowest ? [index] : []));
  };
  return { starts: least(ofStart), rooms: least(ofRoom), hard: Math.min(...ofStart.values()) };
}

/** Days lie so far apart that a difference of one day is never one of two, and no further: tables grow with the line. */
function lineOf(congress: Congress, quanta: readonly number[]): number[] {
  const ofDay = quanta.map((quantum) => quantum % congress.quantaPerDay);
  const first = Math.min(...ofDay);
  const stride = (Math.max(...ofDay) - first + 1) * 2;
  return quanta.map((quantum, index) => dayOf(congress, quantum) * stride + ofDay[index]! - first);
}
