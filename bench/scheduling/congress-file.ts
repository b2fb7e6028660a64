import { USUAL_SETTINGS, type Congress } from '../../src/features/programme/scheduler/congress/congress.rules.js';

/** The file form of a congress: what it means stands in bench/data/README.md. */
export interface CongressFile {
  readonly quantumMinutes: number;
  readonly days: number;
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly (readonly [from: number, to: number, kind: 'coffee' | 'lunch'])[];
  readonly rooms: readonly {
    readonly cap: number;
    readonly site: string;
    readonly booths: number;
    readonly features: readonly string[];
  }[];
  readonly sessions: readonly {
    readonly kind: string;
    readonly q: number;
    readonly exp: number;
    readonly feat: readonly string[];
    readonly groups: readonly string[];
    readonly pinned: boolean;
    readonly exclusive: boolean;
    readonly track: number;
    readonly vip: number;
    readonly persons: readonly number[];
    readonly start: number | null;
    readonly room: number | null;
  }[];
  readonly persons: readonly {
    readonly from: number;
    readonly to: number;
    readonly out: readonly (readonly [from: number, to: number])[];
  }[];
  readonly interpreters: readonly { readonly group: string; readonly count: number }[];
  readonly precedences: readonly (readonly [before: number, after: number])[];
  readonly clash: readonly (readonly [a: number, b: number, people: number])[];
}

export const QUANTA_PER_DAY = 96;

/** The file as input of the congress model. What it does not exercise is switched off. */
export function congressOf(file: CongressFile): Congress {
  return {
    quantumMinutes: file.quantumMinutes,
    quantaPerDay: QUANTA_PER_DAY,
    days: file.days,
    open: file.open,
    close: file.close,
    breaks: file.breaks.map(([from, to, kind]) => ({ from, to, kind, day: null, buffet: null })),
    startStep: 1,
    closed: [],
    tray: null,
    tolerated: [],
    rooms: file.rooms.map(({ cap, site, booths, features }) => ({
      capacity: cap,
      legalLimit: null,
      site,
      booths,
      equipment: features,
      turnover: 0,
      closed: [],
      parts: [],
      isOffered: true,
    })),
    sessions: file.sessions.map((session) => ({
      length: session.q,
      expected: session.exp,
      equipment: session.feat,
      pairs: session.groups,
      languages: [],
      strand: session.track < 0 ? null : session.track,
      vips: session.vip,
      persons: session.persons,
      online: [],
      nights: [],
      layout: null,
      isExclusive: session.exclusive,
      isPlenary: false,
      isSatellite: session.kind === 'satellite',
      runsThroughBreaks: false,
      sharesRoom: false,
      quorums: [],
      level: session.pinned ? 'pinned' : 'draft',
      factor: 1,
      place: session.start === null || session.room === null ? null : { start: session.start, room: session.room },
      wish: null,
      mayWait: false,
      isForeign: false,
      limits: null,
    })),
    persons: file.persons.map(({ from, to, out }) => ({
      from,
      to,
      away: [],
      out: out.map(([start, end]) => ({ from: start, to: end })),
      busy: [],
      travels: false,
    })),
    delegations: [],
    interpreters: file.interpreters.map(({ group, count }) => ({ pair: group, count })),
    precedences: file.precedences.map(([before, after]) => ({ before, after })),
    favourites: file.clash.map(([a, b, people]) => ({ a, b, people })),
    officialLanguages: [],
    settings: {
      ...USUAL_SETTINGS,
      points: { ...USUAL_SETTINGS.points, 'popular-in-smaller-room': 0, 'seats-empty': 0 },
    },
  };
}
