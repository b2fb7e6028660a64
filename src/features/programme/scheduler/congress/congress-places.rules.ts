import {
  breaksOn,
  dayOf,
  isFixed,
  onDay,
  overlap,
  quantaOf,
  ROOM_CHANGED,
  START_MOVED,
  UNPLACED,
  type Congress,
  type CongressPlace,
  type CongressSession,
  type Span,
} from './congress.rules.js';
import type { Score } from '../plan.rules.js';

/** A rule about one session at one place, whatever the others do. */
export interface PlaceRule {
  readonly rule: string;
  readonly level: keyof Score;
  /** In quanta, persons, things or points: above zero when the rule is broken. */
  readonly cost: (congress: Congress, session: CongressSession, place: CongressPlace) => number;
}

/** So many empty seats are noticed. */
const EMPTY_SEATS = 50;

const spanOf = ({ length }: CongressSession, { start }: CongressPlace): Span => ({ from: start, to: start + length });

export const PLACE_RULES: readonly PlaceRule[] = [
  {
    rule: 'outside-presence',
    level: 'hard',
    cost: ({ persons }, session, place) =>
      sum(session.persons, (person) => {
        if (session.online.includes(person)) return 0;
        const span = spanOf(session, place);
        const { away } = persons[person]!;
        return session.length - overlap(persons[person]!, span) + sum(away, (out) => overlap(out, span));
      }),
  },
  {
    rule: 'outside-availability',
    level: 'hard',
    cost: ({ persons }, session, place) =>
      sum(session.persons, (person) => sum(persons[person]!.out, (out) => overlap(out, spanOf(session, place)))),
  },
  {
    rule: 'person-elsewhere',
    level: 'hard',
    cost: ({ persons }, session, place) =>
      sum(session.persons, (person) => sum(persons[person]!.busy, (busy) => overlap(busy, spanOf(session, place)))),
  },
  {
    rule: 'room-equipment',
    level: 'hard',
    cost: ({ rooms }, { equipment }, { room }) =>
      equipment.filter((thing) => !rooms[room]!.equipment.includes(thing)).length,
  },
  {
    // Each pair of languages is spoken both ways: two booths.
    rule: 'room-booths',
    level: 'hard',
    cost: ({ rooms }, { pairs }, { room }) => Math.max(0, pairs.length * 2 - (rooms[room]!.booths ?? Infinity)),
  },
  {
    rule: 'room-closed',
    level: 'hard',
    cost: ({ rooms }, session, place) =>
      sum(rooms[place.room]!.closed, (closed) => overlap(closed, spanOf(session, place))),
  },
  {
    rule: 'room-not-offered',
    level: 'hard',
    cost: ({ rooms }, _session, { room }) => (rooms[room]!.isOffered ? 0 : 1),
  },
  {
    rule: 'room-far-too-small',
    level: 'hard',
    cost: ({ rooms, settings }, { expected }, { room }) =>
      (rooms[room]!.capacity ?? Infinity) < expected * settings.leastShareSeated ? 1 : 0,
  },
  {
    rule: 'room-over-legal-limit',
    level: 'hard',
    cost: ({ rooms }, { expected }, { room }) => (expected > (rooms[room]!.legalLimit ?? Infinity) ? 1 : 0),
  },
  {
    rule: 'outside-opening-hours',
    level: 'hard',
    cost: (congress, session, place) => {
      const day = dayOf(congress, place.start);
      if (day < 0 || day >= congress.days) return session.length;
      const hours = onDay(congress, day, { from: congress.open, to: congress.close });
      return session.length - overlap(hours, spanOf(session, place));
    },
  },
  {
    rule: 'closed-hour',
    level: 'hard',
    cost: ({ closed }, session, place) => sum(closed, (span) => overlap(span, spanOf(session, place))),
  },
  {
    rule: 'during-break',
    level: 'hard',
    cost: (congress, session, place) => {
      if (session.runsThroughBreaks) return 0;
      const day = dayOf(congress, place.start);
      return sum(
        breaksOn(congress, day).filter(({ kind }) => kind === 'lunch' || !session.isSatellite),
        (pause) => overlap(onDay(congress, day, pause), spanOf(session, place)),
      );
    },
  },
  {
    rule: 'unplaced',
    level: 'hard',
    cost: ({ tray }, _session, { room }) => (room === tray ? UNPLACED : 0),
  },
  {
    rule: 'start-moved',
    level: 'medium',
    cost: (_congress, { level, factor, place: published }, { start }) =>
      level === 'published' && published !== null && published.start !== start ? START_MOVED * factor : 0,
  },
  {
    rule: 'room-changed',
    level: 'medium',
    cost: (_congress, { level, factor, place: published }, { start, room }) =>
      level === 'published' && published?.start === start && published.room !== room ? ROOM_CHANGED * factor : 0,
  },
  {
    rule: 'seats-missing',
    level: 'soft',
    cost: ({ rooms, settings }, { expected }, { room }) =>
      Math.max(0, expected - (rooms[room]!.capacity ?? Infinity)) * settings.points['seats-missing'],
  },
  {
    // A few people in a great hall feel lost, and somebody else may need it.
    rule: 'seats-empty',
    level: 'soft',
    cost: ({ rooms, settings }, { expected }, { room }) => {
      const { capacity } = rooms[room]!;
      if (capacity === null || expected === 0) return 0;
      return Math.floor(Math.max(0, capacity - expected) / EMPTY_SEATS) * settings.points['seats-empty'];
    },
  },
  {
    rule: 'vip-early',
    level: 'soft',
    cost: (congress, { vips }, { start }) =>
      vips > 0 && start % congress.quantaPerDay < quantaOf(congress, congress.settings.vipFromMinute)
        ? congress.settings.points['vip-early']
        : 0,
  },
  {
    rule: 'ends-late',
    level: 'soft',
    cost: (congress, { length }, { start }) =>
      (start % congress.quantaPerDay) + length > quantaOf(congress, congress.settings.lateFromMinute)
        ? congress.settings.points['ends-late']
        : 0,
  },
  {
    rule: 'online-at-night',
    level: 'soft',
    cost: ({ settings }, session, place) =>
      session.nights.some((night) => overlap(night, spanOf(session, place)) > 0)
        ? settings.points['online-at-night']
        : 0,
  },
  {
    rule: 'not-the-wished-room',
    level: 'soft',
    cost: ({ settings }, { wish }, { room }) =>
      wish !== null && wish !== room ? settings.points['not-the-wished-room'] : 0,
  },
];

/**
 * What a place costs a session by some of the rules. In the tray only that it waits there; a fixed session breaks no hard
 * rule, and one of another programme costs nothing.
 */
export function placeCost(
  congress: Congress,
  session: CongressSession,
  place: CongressPlace,
  rules: readonly PlaceRule[] = PLACE_RULES,
): Score {
  const score = { hard: 0, medium: 0, soft: 0 };
  if (session.isForeign) return score;
  for (const { rule, level, cost } of rules) {
    if ((place.room === congress.tray) !== (rule === 'unplaced')) continue;
    if (level === 'hard' && isFixed(session)) continue;
    score[level] += cost(congress, session, place);
  }
  return score;
}

function sum<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
