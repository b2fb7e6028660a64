import type { Locale } from '../../../kernel/locale.js';

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

/** Rows that an import made, each in the version that it left behind. */
export interface AddedRows {
  readonly sessions: readonly { readonly id: string; readonly version: number; readonly people: readonly string[] }[];
  readonly people: readonly { readonly id: string; readonly version: number }[];
  readonly rooms: readonly { readonly id: string; readonly version: number }[];
  readonly strands: readonly { readonly id: string; readonly version: number }[];
}

/** What was chosen for a room of the file: by its own name only, since a file may call a room `constructor`. */
export function roomChoice({ rooms }: Pick<ImportOptions, 'rooms'>, name: string): string {
  return Object.hasOwn(rooms, name) ? rooms[name]! : 'none';
}
