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
  /** Opening hours and breaks of every day, in quanta of the day. */
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly CongressBreak[];
  readonly rooms: readonly CongressRoom[];
  readonly sessions: readonly CongressSession[];
  readonly persons: readonly CongressPerson[];
  /** Members by person. */
  readonly delegations: readonly { readonly members: readonly number[] }[];
  /** How many interpreters there are for a pair of languages. */
  readonly interpreters: readonly { readonly pair: string; readonly count: number }[];
  /** `before` ends before `after` begins. */
  readonly precedences: readonly { readonly before: number; readonly after: number }[];
  /** How many people want to hear both sessions. */
  readonly favourites: readonly { readonly a: number; readonly b: number; readonly people: number }[];
  readonly officialLanguages: readonly string[];
  readonly settings: CongressSettings;
}

export interface CongressBreak extends Span {
  readonly kind: 'lunch' | 'coffee';
  /** How many the buffet serves at once; null: enough for all. */
  readonly buffet: number | null;
}

export interface CongressRoom {
  readonly capacity: number;
  readonly legalLimit: number | null;
  readonly site: string;
  readonly booths: number;
  readonly equipment: readonly string[];
  /** Between two sessions, in quanta. */
  readonly turnover: number;
  readonly closed: readonly Span[];
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
  /** Nothing else runs beside it, nor just before or after. */
  readonly isExclusive: boolean;
  readonly isPlenary: boolean;
  /** May run through coffee breaks. */
  readonly isSatellite: boolean;
  /** May stand in one room together with others that may, too. */
  readonly sharesRoom: boolean;
  /** Delegations of which so many members must be free to come. */
  readonly quorums: readonly { readonly delegation: number; readonly members: number }[];
  /** Pinned: never moves. Published: a move has a price, times `factor` for announced attendance. Draft: free. */
  readonly level: (typeof MOVE_LEVELS)[number];
  readonly factor: number;
  /** Where it stands now; null: nowhere yet. */
  readonly place: CongressPlace | null;
}

export interface CongressPlace {
  readonly start: number;
  readonly room: number;
}

export interface CongressPerson extends Span {
  /** Elsewhere: visits of the delegation with their travel, stated absences. */
  readonly out: readonly Span[];
  /** Comes from elsewhere, so that a longer stay costs a night. */
  readonly travels: boolean;
}

/** Every number of the model. Minutes, people or points. */
export interface CongressSettings {
  readonly walkMinutes: number;
  readonly otherSiteMinutes: number;
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
] as const;
export type SoftRule = (typeof SOFT_RULES)[number];

export const USUAL_SETTINGS: CongressSettings = {
  walkMinutes: 15,
  otherSiteMinutes: 45,
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
  },
};

/** A moved start weighs as much as five changes of room alone. */
export const START_MOVED = 5;
export const ROOM_CHANGED = 1;

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
  const { days, open, close, sessions } = congress;
  const starts = new Set(sessions.flatMap(({ place }) => (place === null ? [] : [place.start])));
  for (let day = 0; day < days; day++) {
    const { from, to } = onDay(congress, day, { from: open, to: close });
    for (let quantum = from; quantum < to; quantum++) starts.add(quantum);
  }
  return [...starts].sort((a, b) => a - b);
}
