import type { Locale, Localized } from '../../../kernel/locale.js';
import type { SessionKind } from '../session.rules.js';
import type { ScheduleEvent } from './schedule.rules.js';

export const IMPORT_FORMATS = ['xml', 'json', 'ics', 'csv', 'xlsx'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What the person at the page has chosen. */
export interface ImportOptions {
  /** The language that the texts of the file are written in. */
  readonly locale: Locale;
  /** Venue of the rooms that are made; null where there is none. */
  readonly venueId: string | null;
  /** By name in the file: id of a room, `new` for a room to be made, `none` for sessions without one. */
  readonly rooms: Readonly<Record<string, string>>;
  /** By key of the person in the file: id of somebody known, or `new`. */
  readonly people: Readonly<Record<string, string>>;
  /** Of a table: number of the row with the headings (from 1), and which column holds what. */
  readonly header: number | null;
  readonly columns: Readonly<Record<string, number>>;
  /** The headings that `columns` was chosen for, so that the next table like it needs no choosing. */
  readonly headings: readonly string[];
}

export interface ImportCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly errors: number;
  readonly people: number;
}

/** A speaker whom a file did not name any more. */
export interface TakenOff {
  readonly personId: string;
  readonly position: number;
  readonly zone: string | null;
}

/** The columns of a session that an import wrote, as they were. */
export interface ColumnsBefore {
  readonly title?: Localized;
  readonly abstract?: Localized;
  readonly kind?: SessionKind;
  readonly languages?: string[];
  readonly strandId?: string | null;
  readonly place?: { readonly start: string | null; readonly minutes: number; readonly roomId: string | null };
}

/** A session that an import changed: as it left it, and as it was before. */
export interface ChangedRow {
  readonly id: string;
  readonly version: number;
  /** Everybody on it afterwards, as `id.version` of their assignments in order. */
  readonly people: readonly string[];
  readonly before: ColumnsBefore;
  /** Ids of the assignments that were added. */
  readonly added: readonly string[];
  readonly takenOff: readonly TakenOff[];
}

/** What was known of an event that the file says something else of: by its row, with a digest of what came in its place. */
export interface Remembered {
  readonly id: string;
  readonly before: ScheduleEvent;
  readonly after: string;
}

/** Rows that an import made or changed, each in the version that it left behind. */
export interface AddedRows {
  readonly changed: readonly ChangedRow[];
  readonly remembered: readonly Remembered[];
  readonly sessions: readonly { readonly id: string; readonly version: number; readonly people: readonly string[] }[];
  readonly people: readonly { readonly id: string; readonly version: number }[];
  readonly rooms: readonly { readonly id: string; readonly version: number }[];
  readonly strands: readonly { readonly id: string; readonly version: number }[];
}

/** What was chosen for a room of the file: by its own name only, since a file may call a room `constructor`. */
export function roomChoice({ rooms }: Pick<ImportOptions, 'rooms'>, name: string): string {
  return Object.hasOwn(rooms, name) ? rooms[name]! : 'none';
}

/** What undoing an import came to. */
export interface UndoneImport {
  /** Sessions that are gone, and those that are as they were before it. */
  readonly sessions: number;
  readonly reverted: number;
  readonly people: number;
  /** Ids of sessions that it had added or changed and that stay, since somebody has changed them. */
  readonly kept: readonly string[];
}
