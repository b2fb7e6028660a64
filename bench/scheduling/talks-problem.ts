import { NO_COST, type Plan, type Score } from '../../src/features/programme/scheduler/plan.rules.js';
import type {
  CostTerm,
  Movable,
  PairClass,
  PairCost,
  Problem,
} from '../../src/features/programme/scheduler/problem.rules.js';
import type { TalkLine, TalksFile, Timeslot, Wishes } from './talks-file.js';

/** The cost terms of the conference sets, declared for the core. */
export function talksProblem(file: TalksFile): Problem {
  const { timeslots, rooms, talks } = file;
  return {
    starts: timeslots.length,
    rooms: rooms.length,
    sessions: talks.map((talk) => movable(file, talk)),
    relation: (a, b) => {
      if (a === b) return SAME;
      const difference = rooms[a]!.capacity - rooms[b]!.capacity;
      return difference === 0 ? EQUAL : difference < 0 ? SMALLER : LARGER;
    },
    pairs: pairClasses(file),
    terms: talks.filter(({ crowd }) => crowd > 0).length > 2 ? [() => new Crowds(file)] : [],
  };
}

/** The first room against the second. */
const [SAME, SMALLER, LARGER, EQUAL] = [0, 1, 2, 3];

const length = ({ start, end }: Timeslot) => end - start;
const isBefore = (a: Timeslot, b: Timeslot) => a.date < b.date || (a.date === b.date && a.end <= b.start);
const inCommon = <T>(a: readonly T[], b: readonly T[]) => a.filter((one) => b.includes(one)).length;

/** Weighs amounts with the weights of the file. */
class Bill {
  hard = 0;
  medium = 0;
  soft = 0;

  constructor(private readonly weights: TalksFile['weights']) {}

  add(rule: string, amount: number): void {
    const [hard, medium, soft] = this.weights[rule] ?? [0, 0, 0];
    this.hard += hard * amount;
    this.medium += medium * amount;
    this.soft += soft * amount;
  }
}

function movable(file: TalksFile, talk: TalkLine): Movable {
  const speakers = talk.speakers.map((speaker) => file.speakers[speaker]!);
  const indexesOf = (list: readonly { types: readonly string[] }[]) =>
    list.flatMap(({ types }, index) => (types.includes(talk.type) ? [index] : []));
  const slots = indexesOf(file.timeslots);
  const open = slots.filter((slot) => !speakers.some(({ unavailable }) => unavailable.includes(slot)));
  const cost = (slotIndex: number, roomIndex: number) => {
    const slot = file.timeslots[slotIndex]!;
    const room = file.rooms[roomIndex]!;
    const minutes = length(slot);
    const bill = new Bill(file.weights);
    if (room.unavailable.includes(slotIndex)) bill.add('Room unavailable timeslot', minutes);
    if (talk.pubSlot >= 0 && talk.pubSlot !== slotIndex) bill.add('Published timeslot', 1);
    if (talk.pubRoom >= 0 && talk.pubRoom !== roomIndex) bill.add('Published room', 1);
    addWishes(bill, 'Talk', talk, slot.tags, room.tags, minutes);
    for (const speaker of speakers) {
      addWishes(bill, 'Speaker', speaker, slot.tags, room.tags, minutes);
      if (speaker.unavailable.includes(slotIndex)) bill.add('Speaker unavailable timeslot', minutes);
    }
    return bill;
  };
  return {
    starts: open.length > 0 ? open : slots,
    rooms: indexesOf(file.rooms),
    pinned: talk.pinned && talk.slot >= 0 ? { start: talk.slot, room: talk.room } : null,
    cost,
  };
}

function addWishes(
  bill: Bill,
  who: string,
  wishes: Wishes,
  slotTags: readonly string[],
  roomTags: readonly string[],
  minutes: number,
): void {
  for (const [kind, tags, required, preferred, prohibited, undesired] of [
    ['timeslot', slotTags, wishes.reqT, wishes.prefT, wishes.prohT, wishes.undT],
    ['room', roomTags, wishes.reqR, wishes.prefR, wishes.prohR, wishes.undR],
  ] as const) {
    const absent = (wanted: readonly string[]) => (wanted.length - inCommon(wanted, tags)) * minutes;
    bill.add(`${who} required ${kind} tags`, absent(required));
    bill.add(`${who} preferred ${kind} tags`, absent(preferred));
    bill.add(`${who} prohibited ${kind} tags`, inCommon(prohibited, tags) * minutes);
    bill.add(`${who} undesired ${kind} tags`, inCommon(undesired, tags) * minutes);
  }
}

/** What two talks have to do with each other; pairs with the same relation share a table. */
interface Bond {
  readonly speakers: number;
  readonly mutex: number;
  readonly themes: number;
  readonly sectors: number;
  readonly contents: number;
  readonly audiences: number;
  /** −1: the first is of the lower level. */
  readonly level: number;
  readonly isOtherLanguage: boolean;
  readonly isLessFavoured: boolean;
  readonly firstNeedsSecond: boolean;
  readonly secondNeedsFirst: boolean;
}

function pairClasses(file: TalksFile): PairClass[] {
  const classes = new Map<string, { cost: PairCost; pairs: { a: number; b: number; weight: number }[] }>();
  file.talks.forEach((one, i) => {
    file.talks.forEach((other, j) => {
      if (i >= j) return;
      const [a, b] = one.fav <= other.fav ? [i, j] : [j, i];
      const bond = bondOf(file.talks[a]!, a, file.talks[b]!, b);
      const key = JSON.stringify(bond);
      let found = classes.get(key);
      if (!found) classes.set(key, (found = { cost: pairCost(file, bond), pairs: [] }));
      found.pairs.push({ a, b, weight: 1 });
    });
  });
  return [...classes.values()];
}

function bondOf(a: TalkLine, indexA: number, b: TalkLine, indexB: number): Bond {
  return {
    speakers: inCommon(a.speakers, b.speakers),
    mutex: inCommon(a.mutex, b.mutex),
    themes: inCommon(a.themes, b.themes),
    sectors: inCommon(a.sectors, b.sectors),
    contents: inCommon(a.contents, b.contents),
    audiences: inCommon(a.audTypes, b.audTypes),
    level: Math.sign(a.level - b.level),
    isOtherLanguage: a.lang !== b.lang,
    isLessFavoured: a.fav < b.fav,
    firstNeedsSecond: a.prereq.includes(indexB),
    secondNeedsFirst: b.prereq.includes(indexA),
  };
}

function pairCost(file: TalksFile, bond: Bond): PairCost {
  return (relation, slotA, slotB) => {
    const [a, b] = [file.timeslots[slotA]!, file.timeslots[slotB]!];
    const bill = new Bill(file.weights);
    const isSameDay = a.date === b.date;
    const overlap = isSameDay ? Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)) : 0;
    const both = length(a) + length(b);
    if (relation === SAME) bill.add('Room conflict', overlap);
    bill.add('Speaker conflict', bond.speakers * overlap);
    bill.add('Talk mutually-exclusive-talks tags', bond.mutex * overlap);
    if (bond.firstNeedsSecond && !isBefore(b, a)) bill.add('Talk prerequisite talks', both);
    if (bond.secondNeedsFirst && !isBefore(a, b)) bill.add('Talk prerequisite talks', both);
    const hasPause = Math.max(a.start, b.start) - Math.min(a.end, b.end) >= file.pauseMinutes;
    if (bond.speakers > 0 && isSameDay && !hasPause) bill.add('Consecutive talks pause', both);
    bill.add('Theme track conflict', bond.themes * overlap);
    bill.add('Sector conflict', bond.sectors * overlap);
    bill.add('Content conflict', bond.contents * overlap);
    bill.add('Audience type theme track conflict', bond.themes * bond.audiences * overlap);
    if (isSameDay && relation !== SAME) bill.add('Theme track room stability', bond.themes * both);
    const flows = bond.level === 0 || (bond.level < 0 ? isBefore(a, b) : isBefore(b, a));
    if (!flows) bill.add('Content audience level flow violation', bond.contents * both);
    if (!isSameDay) bill.add('Same day talks', (bond.themes + bond.contents) * both);
    if (bond.isLessFavoured && relation === LARGER) bill.add('Popular talks', both);
    if (slotA === slotB) {
      bill.add('Audience type diversity', -bond.audiences * length(a));
      if (bond.level !== 0) bill.add('Audience level diversity', -length(a));
      if (bond.isOtherLanguage) bill.add('Language diversity', -length(a));
    }
    return bill;
  };
}

/** Crowd control: a risky talk stands alone in its slot or in a pair. */
class Crowds implements CostTerm {
  private readonly weight: number;
  private readonly inSlot: Int32Array;
  private plan: Plan;

  constructor(private readonly file: TalksFile) {
    this.weight = file.weights['Crowd control']![0];
    this.inSlot = new Int32Array(file.timeslots.length);
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.inSlot.set(this.countsOf(plan));
  }

  shift(talk: number, fromSlot: number, _fromRoom: number, delta: Float64Array): void {
    const toSlot = this.plan.start[talk]!;
    if (this.file.talks[talk]!.crowd <= 0 || fromSlot === toSlot) return;
    delta[0]! -= this.costOf(fromSlot, this.inSlot[fromSlot]!) + this.costOf(toSlot, this.inSlot[toSlot]!);
    this.inSlot[fromSlot]!--;
    this.inSlot[toSlot]!++;
    delta[0]! += this.costOf(fromSlot, this.inSlot[fromSlot]!) + this.costOf(toSlot, this.inSlot[toSlot]!);
  }

  hardOf(talk: number): number {
    const slot = this.plan.start[talk]!;
    return this.file.talks[talk]!.crowd > 0 ? this.costOf(slot, this.inSlot[slot]!) : 0;
  }

  whole(plan: Plan): Score {
    const hard = this.countsOf(plan).reduce((sum, count, slot) => sum + this.costOf(slot, count), 0);
    return { ...NO_COST, hard };
  }

  private countsOf(plan: Plan): Int32Array {
    const counts = new Int32Array(this.inSlot.length);
    this.file.talks.forEach(({ crowd }, talk) => {
      if (crowd > 0) counts[plan.start[talk]!]!++;
    });
    return counts;
  }

  private costOf(slot: number, count: number): number {
    return count > 2 ? count * length(this.file.timeslots[slot]!) * this.weight : 0;
  }
}
