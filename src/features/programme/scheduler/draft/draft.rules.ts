import type { FindingRule } from '../../conflicts/finding.rules.js';
import type { Limits } from '../../conflicts/limits.rules.js';
import type { PersonTime } from '../../conflicts/person-time.rules.js';
import type { PlacedSession } from '../../conflicts/placed-session.rules.js';
import type { Way } from '../../interpretation/booths.rules.js';
import type { SessionKind } from '../../session.rules.js';
import type { Congress, SoftRule } from '../congress/congress.rules.js';
import type { WallGrid } from './wall-grid.rules.js';

/** Fill the tray and leave everything else; repair what stands, at a price per move; place anew what nobody was promised. */
export const RUN_AIMS = ['fill', 'repair', 'new'] as const;
export type RunAim = (typeof RUN_AIMS)[number];

/** What the conflict engine finds that a plan must not bring about. */
export const HARD_FINDINGS: readonly FindingRule[] = [
  'room-double',
  'room-closed',
  'person-double',
  'walk-short',
  'travel-short',
  'setup-short',
  'outside-presence',
  'journey-short',
  'outside-availability',
];

/** What an organizer asks for. */
export interface Asked {
  readonly aim: RunAim;
  /** A repair finds places for what waits in the tray, too. */
  readonly withTray: boolean;
  /** `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[];
  /** Minutes of the day between which sessions may take place. */
  readonly earliest: number;
  readonly latest: number;
  /** Rooms that sessions may be moved to. */
  readonly rooms: readonly string[];
  /** Languages of which one should be heard at any time. */
  readonly languages: readonly string[];
  readonly points: Readonly<Record<SoftRule, number>>;
  readonly seconds: number;
  readonly seed: number;
}

/** A planned session of the programme. In the tray `start` and `end` only say how long it is. */
export interface DraftSession extends PlacedSession {
  readonly isPlaced: boolean;
  readonly kind: SessionKind;
  readonly pinned: boolean;
  readonly strandId: string | null;
  /** In which it is held, and into which it is interpreted. */
  readonly languages: readonly string[];
  readonly interpretation: readonly string[];
  readonly signUps: number;
  /** Where the latest release says that it is; null: nowhere. */
  readonly released: { readonly start: number; readonly roomId: string | null } | null;
  /** Stands in a conflict that somebody has accepted. */
  readonly isAccepted: boolean;
}

export interface DraftRoom {
  readonly id: string;
  readonly venueId: string;
  readonly capacity: number | null;
  /** Ids of the rooms that it is made of; empty for a room of its own. */
  readonly parts: readonly string[];
}

/** A programme as it stands, with everything that other programmes take up. */
export interface Draft {
  readonly zone: string;
  readonly now: number;
  readonly limits: Limits;
  readonly rooms: readonly DraftRoom[];
  readonly sessions: readonly DraftSession[];
  /** Of other programmes, near or far, with what these want. */
  readonly foreign: readonly { readonly session: PlacedSession; readonly limits: Limits }[];
  readonly times: ReadonlyMap<string, PersonTime>;
  /** Of each interpreter of the house, the directions. */
  readonly interpreters: readonly (readonly Way[])[];
  readonly favourites: readonly { readonly a: string; readonly b: string; readonly people: number }[];
}

/** Why a session keeps its place whatever is asked. */
export const KEPT_REASONS = ['pinned', 'pause', 'past', 'accepted', 'no-room', 'outside', 'off-grid'] as const;
export type KeptReason = (typeof KEPT_REASONS)[number];

/** A programme as the scheduler sees it, and what its numbers stand for. */
export interface MappedDraft {
  readonly congress: Congress;
  readonly grid: WallGrid;
  /** Null: a booking of another programme, a pause, or a day of something that cannot be moved. */
  readonly sessions: readonly (DraftSession | null)[];
  /** Null: the tray. */
  readonly rooms: readonly (string | null)[];
  readonly people: readonly string[];
  /** Sessions that keep their place although the aim would move them. */
  readonly kept: ReadonlyMap<string, KeptReason>;
}

/** Kinds that give the day its shape: they are not proposed, and others keep out of their way. */
const PAUSES: readonly SessionKind[] = ['meal', 'break'];
const NOT_PROPOSED: readonly SessionKind[] = [...PAUSES, 'blocker'];
/** Everybody is there. */
const CEREMONIES: readonly SessionKind[] = ['opening', 'ceremony'];

export function isPause({ kind, isPlaced }: DraftSession): boolean {
  return isPlaced && PAUSES.includes(kind);
}

export function isProposed({ kind }: DraftSession): boolean {
  return !NOT_PROPOSED.includes(kind);
}

export function isCeremony({ kind }: DraftSession): boolean {
  return CEREMONIES.includes(kind);
}
