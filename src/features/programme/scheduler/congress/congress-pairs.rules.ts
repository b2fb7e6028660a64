import { dayOf, overlap, quantaOf, type Congress } from './congress.rules.js';
import type { PairClass } from '../problem.rules.js';
import type { Score } from '../plan.rules.js';

/** Two rooms, as far as pairs of sessions care. */
export interface RoomRelation {
  readonly isSameRoom: boolean;
  readonly isSameSite: boolean;
  /** Below zero: the first has fewer seats. */
  readonly size: number;
}

/** What binds two sessions; those that are bound in the same way share a table. */
interface Bond {
  readonly lengthA: number;
  readonly lengthB: number;
  readonly sharesPerson: boolean;
  readonly sharesStrand: boolean;
  readonly isExclusive: boolean;
  readonly firstPrecedes: boolean;
  readonly secondPrecedes: boolean;
  /** The first is expected to draw more people. */
  readonly isMorePopular: boolean;
  /** Some people want to hear both; how many is the weight of the pair. */
  readonly sharesFavourites: boolean;
}

/** A rule about two sessions. `a` and `b` are quanta at which they start. */
export interface PairRule {
  readonly rule: string;
  readonly level: keyof Score;
  readonly cost: (congress: Congress, bond: Bond, relation: RoomRelation, a: number, b: number) => number;
}

export const PAIR_RULES: readonly PairRule[] = [
  {
    rule: 'person-double',
    level: 'hard',
    cost: (congress, bond, { isSameSite }, a, b) => {
      if (!bond.sharesPerson) return 0;
      const { walkMinutes, otherSiteMinutes } = congress.settings;
      return crowding(bond, a, b, quantaOf(congress, isSameSite ? walkMinutes : otherSiteMinutes));
    },
  },
  {
    rule: 'ceremony-disturbed',
    level: 'hard',
    cost: (congress, bond, _relation, a, b) =>
      bond.isExclusive ? crowding(bond, a, b, quantaOf(congress, congress.settings.quietMinutes)) : 0,
  },
  {
    rule: 'wrong-order',
    level: 'hard',
    cost: (_congress, { firstPrecedes, secondPrecedes, lengthA, lengthB }, _relation, a, b) =>
      (firstPrecedes ? Math.max(0, a + lengthA - b) : 0) + (secondPrecedes ? Math.max(0, b + lengthB - a) : 0),
  },
  {
    rule: 'favourites-parallel',
    level: 'soft',
    cost: ({ settings }, bond, _relation, a, b) =>
      bond.sharesFavourites && crowding(bond, a, b, 0) > 0 ? settings.points['favourites-parallel'] : 0,
  },
  {
    rule: 'strand-parallel',
    level: 'soft',
    cost: ({ settings }, bond, _relation, a, b) =>
      bond.sharesStrand && crowding(bond, a, b, 0) > 0 ? settings.points['strand-parallel'] : 0,
  },
  {
    rule: 'strand-changes-room',
    level: 'soft',
    cost: (congress, { sharesStrand }, { isSameRoom }, a, b) =>
      sharesStrand && !isSameRoom && dayOf(congress, a) === dayOf(congress, b)
        ? congress.settings.points['strand-changes-room']
        : 0,
  },
  {
    // Only side by side: at different times both may have the larger one.
    rule: 'popular-in-smaller-room',
    level: 'soft',
    cost: ({ settings }, bond, { size }, a, b) =>
      bond.isMorePopular && size < 0 && crowding(bond, a, b, 0) > 0 ? settings.points['popular-in-smaller-room'] : 0,
  },
];

/** Two rooms as a small number, so that a table can be indexed by it; and back. */
export function relationOf({ rooms }: Congress, roomA: number, roomB: number): number {
  if (roomA === roomB) return 0;
  const [a, b] = [rooms[roomA]!, rooms[roomB]!];
  return (a.site === b.site ? 1 : 4) + 1 + Math.sign(a.capacity - b.capacity);
}

export function relationNamed(code: number): RoomRelation {
  return {
    isSameRoom: code === 0,
    isSameSite: code <= 3,
    size: code === 0 ? 0 : ((code - 1) % 3) - 1,
  };
}

interface BoundPairs {
  readonly bond: Bond;
  readonly pairs: { readonly a: number; readonly b: number; readonly weight: number }[];
}

/** Every pair of sessions that one of the rules is about, in classes. `starts`: the quantum of each start. */
export function pairClasses(
  congress: Congress,
  starts: readonly number[],
  rules: readonly PairRule[] = PAIR_RULES,
): PairClass[] {
  return boundPairs(congress).map(({ bond, pairs }) => ({
    pairs,
    cost: (code, startA, startB) => {
      const relation = relationNamed(code);
      const cost = { hard: 0, medium: 0, soft: 0 };
      for (const rule of rules)
        cost[rule.level] += rule.cost(congress, bond, relation, starts[startA]!, starts[startB]!);
      return cost;
    },
  }));
}

function boundPairs(congress: Congress): BoundPairs[] {
  const { sessions, favourites } = congress;
  const precedences = new Set(congress.precedences.map(({ before, after }) => `${before} ${after}`));
  const classes = new Map<string, BoundPairs>();
  const add = (bond: Bond, a: number, b: number, weight: number) => {
    const key = JSON.stringify(bond);
    let found = classes.get(key);
    if (!found) classes.set(key, (found = { bond, pairs: [] }));
    found.pairs.push({ a, b, weight });
  };
  for (let i = 0; i < sessions.length; i++) {
    for (let j = i + 1; j < sessions.length; j++) {
      const [a, b] = sessions[i]!.expected >= sessions[j]!.expected ? [i, j] : [j, i];
      const bond = bondOf(congress, a, b, precedences);
      if (Object.values(bond).includes(true)) add(bond, a, b, 1);
    }
  }
  for (const { a, b, people } of favourites) {
    const [lengthA, lengthB] = [sessions[a]!.length, sessions[b]!.length];
    add({ ...NOTHING_SHARED, lengthA, lengthB, sharesFavourites: true }, a, b, people);
  }
  return [...classes.values()];
}

const NOTHING_SHARED: Omit<Bond, 'lengthA' | 'lengthB'> = {
  sharesPerson: false,
  sharesStrand: false,
  isExclusive: false,
  firstPrecedes: false,
  secondPrecedes: false,
  isMorePopular: false,
  sharesFavourites: false,
};

function bondOf({ sessions, settings }: Congress, a: number, b: number, precedences: ReadonlySet<string>): Bond {
  const [first, second] = [sessions[a]!, sessions[b]!];
  return {
    ...NOTHING_SHARED,
    lengthA: first.length,
    lengthB: second.length,
    sharesPerson: first.persons.some((person) => second.persons.includes(person)),
    sharesStrand: first.strand !== null && first.strand === second.strand,
    isExclusive: first.isExclusive || second.isExclusive,
    firstPrecedes: precedences.has(`${a} ${b}`),
    secondPrecedes: precedences.has(`${b} ${a}`),
    // What costs nothing would only make the tables longer.
    isMorePopular: first.expected > second.expected && settings.points['popular-in-smaller-room'] > 0,
  };
}

/** How many quanta two sessions are nearer to each other than `gap`; their overlap when it is 0. */
function crowding({ lengthA, lengthB }: Bond, a: number, b: number, gap: number): number {
  const spanA = { from: a, to: a + lengthA + gap };
  return overlap(spanA, { from: b, to: b + lengthB + gap });
}
