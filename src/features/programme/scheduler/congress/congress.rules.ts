/** Quanta since midnight of the first day, the end excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A programme to be proposed, as plain data that can be sent to another thread. Times are whole quanta; who makes it
 * rounds lengths up. Everything refers to everything else by index.
 */
export interface Congress {
  readonly quantumMinutes: number;
  readonly quantaPerDay: number;
  readonly days: number;
  /** Opening hours of every day and breaks, in quanta of the day. */
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly CongressBreak[];
  /** Quanta between two starts that may be thought of, from the opening on. */
  readonly startStep: number;
  /** When nobody can meet at all: what is past, and the hour in which the clock changes. */
  readonly closed: readonly Span[];
  readonly rooms: readonly CongressRoom[];
  /** The room that stands for the tray, where sessions wait that found no place; null: every session must be placed. */
  readonly tray: number | null;
  readonly sessions: readonly CongressSession[];
  readonly persons: readonly CongressPerson[];
  /** Members by person. */
  readonly delegations: readonly { readonly members: readonly number[] }[];
  /** How many interpreters there are for a pair of languages. */
  readonly interpreters: readonly { readonly pair: string; readonly count: number }[];
  /** `before` ends before `after` begins. */
  readonly precedences: readonly { readonly before: number; readonly after: number }[];
  /** Pairs that may disturb each other although one of them is exclusive: somebody wants it so. */
  readonly tolerated: readonly { readonly a: number; readonly b: number }[];
  /** How many people want to hear both sessions. */
  readonly favourites: readonly { readonly a: number; readonly b: number; readonly people: number }[];
  readonly officialLanguages: readonly string[];
  readonly settings: CongressSettings;
}

export interface CongressBreak extends Span {
  readonly kind: 'lunch' | 'coffee';
  /** Null: on every day. */
  readonly day: number | null;
  /** How many the buffet serves at once; null: enough for all. */
  readonly buffet: number | null;
}

export interface CongressRoom {
  /** Null: nobody has counted. */
  readonly capacity: number | null;
  readonly legalLimit: number | null;
  readonly site: string;
  /** Null: nobody has counted. */
  readonly booths: number | null;
  readonly equipment: readonly string[];
  /** Between two sessions, in quanta. */
  readonly turnover: number;
  readonly closed: readonly Span[];
  /** The rooms that it is made of when their walls are folded away; empty for a room of its own. */
  readonly parts: readonly number[];
  /** Whether what may move may move here. */
  readonly isOffered: boolean;
}

export const MOVE_LEVELS = ['pinned', 'published', 'draft'] as const;

export interface CongressSession {
  readonly length: number;
  readonly expected: number;
  readonly equipment: readonly string[];
  /** Interpreted between these pairs of languages. */
  readonly pairs: readonly string[];
  /** Can be followed in these languages. */
  readonly languages: readonly string[];
  readonly strand: number | null;
  readonly vips: number;
  readonly persons: readonly number[];
  /** Those of `persons` who take part from elsewhere: they need no way and no journey. */
  readonly online: readonly number[];
  /** When it is night for somebody of them. */
  readonly nights: readonly Span[];
  /** How the chairs stand; null where it does not matter. */
  readonly layout: number | null;
  /** Nothing else runs beside it, nor just before or after. */
  readonly isExclusive: boolean;
  readonly isPlenary: boolean;
  /** May run through coffee breaks. */
  readonly isSatellite: boolean;
  /** May run through any break. */
  readonly runsThroughBreaks: boolean;
  /** May stand in one room together with others that may, too. */
  readonly sharesRoom: boolean;
  /** Delegations of which so many members must be free to come. */
  readonly quorums: readonly { readonly delegation: number; readonly members: number }[];
  /** Pinned: never moves. Published: a move has a price, times `factor` for announced attendance. Draft: free. */
  readonly level: (typeof MOVE_LEVELS)[number];
  readonly factor: number;
  /** Where it stands now; null: nowhere yet. */
  readonly place: CongressPlace | null;
  /** The room that somebody wishes for it. */
  readonly wish: number | null;
  /** May stay in the tray when there is no place for it. */
  readonly mayWait: boolean;
  /** Of another programme, or a pause: it is pinned, takes up its room and its people, and no other rule looks at it. */
  readonly isForeign: boolean;
  /** Minutes that it wants where that is more than the settings say. */
  readonly limits: Pick<CongressSettings, 'walkMinutes' | 'otherSiteMinutes' | 'setupMinutes'> | null;
}

export interface CongressPlace {
  readonly start: number;
  readonly room: number;
}

export interface CongressPerson extends Span {
  /** Between two stays. */
  readonly away: readonly Span[];
  /** Elsewhere: visits of the delegation with their travel, stated absences. */
  readonly out: readonly Span[];
  /** In something that has no room here. */
  readonly busy: readonly Span[];
  /** Comes from elsewhere, so that a longer stay costs a night. */
  readonly travels: boolean;
}

/** Every number of the model. Minutes, people or points. */
export interface CongressSettings {
  readonly walkMinutes: number;
  readonly otherSiteMinutes: number;
  /** Between two sessions of a person that take place in one room. */
  readonly sameRoomMinutes: number;
  /** To set up a room that stood otherwise. */
  readonly setupMinutes: number;
  /** A room must seat this share of those expected. */
  readonly leastShareSeated: number;
  readonly quietMinutes: number;
  /** A longer session takes two interpreters per pair. */
  readonly soloInterpreterMinutes: number;
  /** One interpreter on one day; null: no limit. */
  readonly interpreterDayMinutes: number | null;
  readonly vipFromMinute: number;
  readonly lateFromMinute: number;
  readonly points: Readonly<Record<SoftRule, number>>;
}

export const SOFT_RULES = [
  'seats-missing',
  'favourites-parallel',
  'strand-parallel',
  'strand-changes-room',
  'vip-early',
  'ends-late',
  'buffet-crowded',
  'idle-night',
  'language-missing',
  'delegation-without-plenary',
  'popular-in-smaller-room',
  'beside-plenary',
  'online-at-night',
  'not-the-wished-room',
  'seats-empty',
] as const;
export type SoftRule = (typeof SOFT_RULES)[number];

export const USUAL_SETTINGS: CongressSettings = {
  walkMinutes: 15,
  otherSiteMinutes: 45,
  sameRoomMinutes: 15,
  setupMinutes: 30,
  leastShareSeated: 0.5,
  quietMinutes: 15,
  soloInterpreterMinutes: 45,
  interpreterDayMinutes: null,
  vipFromMinute: 10 * 60,
  lateFromMinute: 18 * 60,
  points: {
    'seats-missing': 2,
    'favourites-parallel': 1,
    'strand-parallel': 15,
    'strand-changes-room': 2,
    'vip-early': 20,
    'ends-late': 8,
    'buffet-crowded': 1,
    'idle-night': 30,
    'language-missing': 10,
    'delegation-without-plenary': 5,
    'popular-in-smaller-room': 1,
    'beside-plenary': 40,
    'online-at-night': 10,
    'not-the-wished-room': 10,
    'seats-empty': 1,
  },
};

/** A moved start weighs as much as five changes of room alone. */
export const START_MOVED = 5;
export const ROOM_CHANGED = 1;
/** In hard cost. So little that no broken rule is worth a session more, and the least there is. */
export const UNPLACED = 1 / 1024;

/** How many quanta two spans have in common. */
export function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}

/** Whole quanta that cover so many minutes. */
export function quantaOf({ quantumMinutes }: Pick<Congress, 'quantumMinutes'>, minutes: number): number {
  return Math.ceil(minutes / quantumMinutes);
}

export function dayOf({ quantaPerDay }: Pick<Congress, 'quantaPerDay'>, quantum: number): number {
  return Math.floor(quantum / quantaPerDay);
}

/** A span of the day, on a day. */
export function onDay({ quantaPerDay }: Pick<Congress, 'quantaPerDay'>, day: number, span: Span): Span {
  return { from: day * quantaPerDay + span.from, to: day * quantaPerDay + span.to };
}

/** Every quantum at which a session may be thought to start: those of the opening hours, and those in use. */
export function startsOf(congress: Congress): number[] {
  const foreign = congress.sessions.flatMap(({ place, isForeign }) => (place && isForeign ? [place.start] : []));
  return [...new Set([...offeredStarts(congress), ...foreign])].sort((a, b) => a - b);
}

/** Of these, where a session may be moved to. */
export function offeredStarts(congress: Congress): Set<number> {
  const { days, open, close, startStep, sessions } = congress;
  const starts = new Set(sessions.flatMap(({ place, isForeign }) => (place && !isForeign ? [place.start] : [])));
  for (let day = 0; day < days; day++) {
    const { from, to } = onDay(congress, day, { from: open, to: close });
    for (let quantum = from; quantum < to; quantum += startStep) starts.add(quantum);
  }
  return starts;
}

/** The smallest rooms that a room takes up: none in the tray. */
export function smallestRooms({ rooms, tray }: Congress, room: number): readonly number[] {
  if (room === tray) return [];
  const { parts } = rooms[room]!;
  return parts.length === 0 ? [room] : parts;
}

export function daysOf({ days }: Pick<Congress, 'days'>): number[] {
  return Array.from({ length: days }, (_, day) => day);
}

/** The breaks of one day. */
export function breaksOn({ breaks }: Pick<Congress, 'breaks'>, day: number): CongressBreak[] {
  return breaks.filter((pause) => pause.day === null || pause.day === day);
}

/** Never moves. What stands wrong among such sessions is nothing that a plan could help: it costs no plan anything. */
export function isFixed({ level, place }: Pick<CongressSession, 'level' | 'place'>): boolean {
  return level === 'pinned' && place !== null;
}

/** A quantum after which nothing can end. */
export function endOf({ sessions }: Congress, starts: readonly number[]): number {
  return Math.max(0, ...starts) + Math.max(0, ...sessions.map(({ length }) => length)) + 1;
}
