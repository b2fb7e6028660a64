import { dayOf, startsOf, type Congress, type CongressPlace, type CongressSession } from './congress.rules.js';
import { pairClasses, PAIR_RULES, relationOf } from './congress-pairs.rules.js';
import { PLACE_RULES, type PlaceRule } from './congress-places.rules.js';
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
      cost: placeCost(congress, quanta, session, [rule]),
    }));
    count(rule.rule, scoreOf({ ...empty, sessions }, plan));
  }
  for (const rule of PAIR_RULES)
    count(rule.rule, scoreOf({ ...empty, pairs: pairClasses(congress, quanta, [rule]) }, plan));
  for (const { rule, term } of TERM_RULES) count(rule, term(congress, quanta)?.whole(plan) ?? NO_COST);
  return bill;
}

/** A plan as places in quanta, and back. Throws when a place is not on the grid. */
export function placesOf({ quanta }: CongressProblem, plan: Plan): CongressPlace[] {
  return Array.from(plan.start, (start, session) => ({ start: quanta[start]!, room: plan.room[session]! }));
}

export function planOf({ quanta }: CongressProblem, places: readonly CongressPlace[]): Plan {
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
  return congress.sessions.map((session) => {
    const cost = placeCost(congress, quanta, session, PLACE_RULES);
    const { place } = session;
    return {
      ...leastHard(quanta.length, congress.rooms.length, cost),
      pinned: session.level === 'pinned' && place ? { start: indexOf.get(place.start)!, room: place.room } : null,
      cost,
    };
  });
}

function placeCost(
  congress: Congress,
  quanta: readonly number[],
  session: CongressSession,
  rules: readonly PlaceRule[],
): (start: number, room: number) => Score {
  return (start, room) => {
    const score = { hard: 0, medium: 0, soft: 0 };
    for (const { level, cost } of rules) score[level] += cost(congress, session, { start: quanta[start]!, room });
    return score;
  };
}

/** The starts and rooms that are legal by themselves; if none is, those that break least. */
function leastHard(starts: number, rooms: number, cost: (start: number, room: number) => Score) {
  const ofStart = new Float64Array(starts).fill(Infinity);
  const ofRoom = new Float64Array(rooms).fill(Infinity);
  for (let start = 0; start < starts; start++) {
    for (let room = 0; room < rooms; room++) {
      const { hard } = cost(start, room);
      ofStart[start] = Math.min(ofStart[start]!, hard);
      ofRoom[room] = Math.min(ofRoom[room]!, hard);
    }
  }
  const least = (costs: Float64Array) => {
    const lowest = Math.min(...costs);
    return [...costs.keys()].filter((index) => costs[index] === lowest);
  };
  return { starts: least(ofStart), rooms: least(ofRoom) };
}

/** Days lie so far apart that a difference of one day is never one of two, and no further: tables grow with the line. */
function lineOf(congress: Congress, quanta: readonly number[]): number[] {
  const ofDay = quanta.map((quantum) => quantum % congress.quantaPerDay);
  const first = Math.min(...ofDay);
  const stride = (Math.max(...ofDay) - first + 1) * 2;
  return quanta.map((quantum, index) => dayOf(congress, quantum) * stride + ofDay[index]! - first);
}
