import type { Localized } from '../../../kernel/locale.js';
import type { AssignmentRole, AssignmentState } from '../assignment.rules.js';
import type { DraftedPlace, DraftedSession, DraftedTalk } from '../release-content.rules.js';
import type { SessionContent } from '../release.rules.js';
import { same } from '../same.rules.js';

/**
 * Rows of the draft as they are stored, moments as ISO text, the programme left out. Beside the columns that a rule looks
 * at they carry all others, so that what is kept comes back whole.
 */
interface Row {
  readonly id: string;
  readonly version: number;
  readonly [column: string]: unknown;
}

export interface StrandRow extends Row {
  readonly code: string;
  readonly name: Localized;
  readonly colour: string;
  readonly position: number;
}

export interface SessionRow extends Row, DraftedSession {
  readonly id: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly minutes: number;
  readonly strandId: string | null;
  readonly roomId: string | null;
}

export interface TalkRow extends Row, DraftedTalk {
  readonly id: string;
  readonly sessionId: string;
}

export interface PlaceRow extends Row, DraftedPlace {
  readonly id: string;
  readonly sessionId: string;
  readonly role: AssignmentRole;
  readonly state: AssignmentState;
  readonly zone: string | null;
  readonly activeKey: string | null;
  readonly seatKey: string | null;
}

/** The whole draft of one programme. */
export interface DraftState {
  readonly strands: readonly StrandRow[];
  readonly sessions: readonly SessionRow[];
  readonly talks: readonly TalkRow[];
  readonly people: readonly PlaceRow[];
}

/** What is known around the draft now. */
export interface House {
  readonly zone: string;
  readonly rooms: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  /** An id for a row that is made anew. */
  readonly newId: () => string;
}

/** What cannot come back as it was, and why: what people answered since and what the house no longer has outranks it. */
export type LeftOut =
  | { readonly what: 'zone'; readonly zone: string }
  | { readonly what: 'session' | 'room' | 'strand'; readonly sessionId: string; readonly name: Localized }
  | { readonly what: 'person' | 'answer'; readonly sessionId: string; readonly personId: string };

export interface Restored {
  readonly state: DraftState;
  readonly leftOut: readonly LeftOut[];
}

export interface ReleasedRow {
  readonly sessionId: string;
  readonly content: SessionContent;
}

export interface ChangedRow<R> {
  readonly before: R;
  readonly after: R;
  /** Columns whose value differs. */
  readonly fields: readonly string[];
}

export interface RowSteps<R> {
  readonly added: readonly R[];
  readonly changed: readonly ChangedRow<R>[];
  readonly removed: readonly R[];
}

/** The writes that make one draft of another. */
export interface DraftSteps {
  readonly strands: RowSteps<StrandRow>;
  readonly sessions: RowSteps<SessionRow>;
  readonly talks: RowSteps<TalkRow>;
  readonly people: RowSteps<PlaceRow>;
}

export function stepsBetween(before: DraftState, after: DraftState): DraftSteps {
  return {
    strands: rowSteps(before.strands, after.strands),
    sessions: rowSteps(before.sessions, after.sessions),
    talks: rowSteps(before.talks, after.talks),
    people: rowSteps(before.people, after.people),
  };
}

/** Neither is anybody's words: the one counts writes, the other belongs to releases. */
const COUNTED: readonly string[] = ['version', 'revision'];

function rowSteps<R extends Row>(before: readonly R[], after: readonly R[]): RowSteps<R> {
  const old = new Map(before.map((row) => [row.id, row]));
  const kept = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    changed: after.flatMap((row): ChangedRow<R>[] => {
      const was = old.get(row.id);
      if (!was) return [];
      const fields = Object.keys(row).filter((name) => !COUNTED.includes(name) && !same(was[name], row[name]));
      return fields.length > 0 ? [{ before: was, after: row, fields }] : [];
    }),
    removed: before.filter(({ id }) => !kept.has(id)),
  };
}
