import {
  dayOf,
  isFixed,
  overlap,
  quantaOf,
  smallestRooms,
  type Congress,
  type CongressSession,
} from './congress.rules.js';
import type { PairClass } from '../problem.rules.js';
import type { Score } from '../plan.rules.js';

/** Two rooms, as far as pairs of sessions care. */
export interface RoomRelation {
  readonly isSameRoom: boolean;
  /** The same, or made of some of the same smaller rooms. */
  readonly sharesParts: boolean;
  readonly isSameSite: boolean;
  /** Below zero: the first has fewer seats. */
  readonly size: number;
}

/** What binds two sessions; those that are bound in the same way share a table. */
export interface Bond {
  readonly lengthA: number;
  readonly lengthB: number;
  readonly sharesPerson: boolean;
  /** Somebody takes part in both, in one of them from elsewhere: nobody has to walk. */
  readonly sharesOnline: boolean;
  /** In quanta, from one room to another, and to another site; 0 while nobody walks. */
  readonly walk: number;
  readonly travel: number;
  /** In quanta: how long it takes to set up the room of the one for the other. */
  readonly setup: number;
  readonly sharesStrand: boolean;
  readonly isExclusive: boolean;
  /** One of them is a plenary. */
  readonly isBesidePlenary: boolean;
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
    cost: (congress, bond, { isSameSite, sharesParts }, a, b) => {
      if (!bond.sharesPerson) return bond.sharesOnline ? crowding(bond, a, b, 0) : 0;
      const stay = quantaOf(congress, congress.settings.sameRoomMinutes);
      return crowding(bond, a, b, sharesParts ? stay : isSameSite ? bond.walk : bond.travel);
    },
  },
  {
    rule: 'setup-short',
    level: 'hard',
    cost: (_congress, bond, { sharesParts }, a, b) =>
      bond.setup > 0 && sharesParts ? crowding(bond, a, b, bond.setup) : 0,
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
    rule: 'beside-plenary',
    level: 'soft',
    cost: ({ settings }, bond, _relation, a, b) =>
      bond.isBesidePlenary && crowding(bond, a, b, 0) > 0 ? settings.points['beside-plenary'] : 0,
  },
  {
    // Only side by side: at different times both may have the larger one.
    rule: 'popular-in-smaller-room',
    level: 'soft',
    cost: ({ settings }, bond, { size }, a, b) =>
      bond.isMorePopular && size < 0 && crowding(bond, a, b, 0) > 0 ? settings.points['popular-in-smaller-room'] : 0,
  },
];

/** One of the two stands in the tray, where nothing is beside anything. */
const NOWHERE = 7;

/** Two rooms as a small number, so that a table can be indexed by it; and back. */
export function relationOf(congress: Congress, roomA: number, roomB: number): number {
  const { rooms, tray } = congress;
  if (roomA === tray || roomB === tray) return NOWHERE;
  if (roomA === roomB) return 0;
  const [a, b] = [rooms[roomA]!, rooms[roomB]!];
  const size = a.capacity === null || b.capacity === null ? 0 : Math.sign(a.capacity - b.capacity);
  if (smallestRooms(congress, roomA).some((part) => smallestRooms(congress, roomB).includes(part)))
    return NOWHERE + 2 + size;
  return (a.site === b.site ? 1 : 4) + 1 + size;
}

/** Null: nowhere. */
export function relationNamed(code: number): RoomRelation | null {
  if (code === NOWHERE) return null;
  const sharesParts = code === 0 || code > NOWHERE;
  return {
    isSameRoom: code === 0,
    sharesParts,
    isSameSite: code <= 3 || sharesParts,
    size: code === 0 ? 0 : code > NOWHERE ? code - NOWHERE - 2 : ((code - 1) % 3) - 1,
  };
}

export interface BoundPairs {
  readonly bond: Bond;
  readonly pairs: { readonly a: number; readonly b: number; readonly weight: number }[];
}

/** Every pair of sessions that one of the rules is about, in classes. `starts`: the quantum of each start. */
export function pairClasses(
  congress: Congress,
  starts: readonly number[],
  rules: readonly PairRule[] = PAIR_RULES,
  bound: readonly BoundPairs[] = boundPairs(congress),
): PairClass[] {
  return bound.map(({ bond, pairs }) => ({
    pairs,
    cost: (code, startA, startB) => pairCost(congress, bond, code, starts[startA]!, starts[startB]!, rules),
  }));
}

/** What two sessions with a bond cost each other by some of the rules; `a` and `b` are quanta. */
export function pairCost(
  congress: Congress,
  bond: Bond,
  code: number,
  a: number,
  b: number,
  rules: readonly PairRule[] = PAIR_RULES,
): Score {
  const relation = relationNamed(code);
  const cost = { hard: 0, medium: 0, soft: 0 };
  if (relation === null) return cost;
  for (const rule of rules) cost[rule.level] += rule.cost(congress, bond, relation, a, b);
  return cost;
}

/** Pairs of sessions that have something to do with each other, those that are bound in the same way together. */
export function boundPairs(congress: Congress): BoundPairs[] {
  const { sessions, favourites } = congress;
  const bonds = bondsOf(congress);
  const classes = new Map<string, BoundPairs>();
  const add = (bond: Bond, a: number, b: number, weight: number) => {
    const key = JSON.stringify(bond);
    let found = classes.get(key);
    if (!found) classes.set(key, (found = { bond, pairs: [] }));
    found.pairs.push({ a, b, weight });
  };
  for (let i = 0; i < sessions.length; i++) {
    for (let j = i + 1; j < sessions.length; j++) {
      const { a, b, bond } = bonds(i, j);
      if (bond.setup > 0 || Object.values(bond).includes(true)) add(bond, a, b, 1);
    }
  }
  for (const { a, b, people } of favourites) {
    const [lengthA, lengthB] = [sessions[a]!.length, sessions[b]!.length];
    add({ ...NOTHING_SHARED, lengthA, lengthB, sharesFavourites: true }, a, b, people);
  }
  return [...classes.values()];
}

/** Answers what binds two sessions; `a` is the one that is expected to draw more people. */
export function bondsOf(congress: Congress): (i: number, j: number) => { a: number; b: number; bond: Bond } {
  const { sessions } = congress;
  const precedences = new Set(congress.precedences.map(({ before, after }) => `${before} ${after}`));
  const tolerated = new Set(congress.tolerated.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  return (i, j) => {
    const [a, b] = sessions[i]!.expected >= sessions[j]!.expected ? [i, j] : [j, i];
    const [first, second] = [sessions[a]!, sessions[b]!];
    const soft = bondOf(congress, first, second);
    if (isFixed(first) && isFixed(second)) return { a, b, bond: soft };
    const bond = {
      ...soft,
      ...hardBond(congress, first, second),
      isExclusive: isDisturbing(first, second) && !tolerated.has(`${a} ${b}`),
      firstPrecedes: precedences.has(`${a} ${b}`),
      secondPrecedes: precedences.has(`${b} ${a}`),
    };
    return { a, b, bond };
  };
}

const NOTHING_SHARED: Omit<Bond, 'lengthA' | 'lengthB'> = {
  sharesPerson: false,
  sharesOnline: false,
  walk: 0,
  travel: 0,
  setup: 0,
  sharesStrand: false,
  isExclusive: false,
  isBesidePlenary: false,
  firstPrecedes: false,
  secondPrecedes: false,
  isMorePopular: false,
  sharesFavourites: false,
};

/** What is to be avoided between two sessions. */
function bondOf({ settings: { points } }: Congress, first: CongressSession, second: CongressSession): Bond {
  const bond = { ...NOTHING_SHARED, lengthA: first.length, lengthB: second.length };
  if (first.isForeign || second.isForeign) return bond;
  return {
    ...bond,
    sharesStrand: first.strand !== null && first.strand === second.strand,
    // What costs nothing would only make the tables longer.
    isBesidePlenary: (first.isPlenary || second.isPlenary) && points['beside-plenary'] > 0,
    isMorePopular: first.expected > second.expected && points['popular-in-smaller-room'] > 0,
  };
}

/** What is forbidden between them because of people and chairs. */
function hardBond(congress: Congress, first: CongressSession, second: CongressSession) {
  const shared = first.persons.filter((person) => second.persons.includes(person));
  const sharesPerson = shared.some((person) => !first.online.includes(person) && !second.online.includes(person));
  const wanted = (limit: 'walkMinutes' | 'otherSiteMinutes' | 'setupMinutes') =>
    quantaOf(
      congress,
      Math.max(...[first, second].map(({ limits }) => Math.max(congress.settings[limit], limits?.[limit] ?? 0))),
    );
  const isSetUp =
    first.layout !== null &&
    second.layout !== null &&
    first.layout !== second.layout &&
    !(first.sharesRoom && second.sharesRoom);
  return {
    sharesPerson,
    sharesOnline: shared.length > 0 && !sharesPerson,
    walk: sharesPerson ? wanted('walkMinutes') : 0,
    travel: sharesPerson ? wanted('otherSiteMinutes') : 0,
    setup: isSetUp ? wanted('setupMinutes') : 0,
  };
}

/** What other programmes do is no disturbance. */
function isDisturbing(first: CongressSession, second: CongressSession): boolean {
  return (first.isExclusive || second.isExclusive) && !first.isForeign && !second.isForeign;
}

/** How many quanta two sessions are nearer to each other than `gap`; their overlap when it is 0. */
function crowding({ lengthA, lengthB }: Bond, a: number, b: number, gap: number): number {
  const spanA = { from: a, to: a + lengthA + gap };
  return overlap(spanA, { from: b, to: b + lengthB + gap });
}
