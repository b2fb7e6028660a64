import type { Locale } from '../../../kernel/locale.js';
import type { Category, Form } from '../participation.rules.js';
import type { ListField } from './list-fields.rules.js';
import type { NameOrder } from './list-name.rules.js';

export const LIST_STATES = ['preview', 'done', 'undone'] as const;
export type ListState = (typeof LIST_STATES)[number];

/** What becomes of a listed person at once: a place, or the waiting list of those whom organizers still approve. */
export const LIST_APPROVALS = ['confirmed', 'pending'] as const;
export type ListApproval = (typeof LIST_APPROVALS)[number];

/** What the person at the page has chosen. */
export interface ListOptions {
  /** Language of the letters to those who are new. */
  readonly locale: Locale;
  /** Where the list says nothing of it. */
  readonly category: Category;
  readonly form: Form;
  readonly approval: ListApproval;
  /** A letter to each who is new and has an address waits in the outbox. */
  readonly letters: boolean;
  readonly nameOrder: NameOrder;
  /** Number of the row with the headings (from 1), and which column holds what. */
  readonly header: number | null;
  readonly columns: Readonly<Partial<Record<ListField, number>>>;
  /** The headings that `columns` was chosen for, so that the next list like it needs no choosing. */
  readonly headings: readonly string[];
  /** Other texts for cells with errors, by the name of the cell. */
  readonly fixes: Readonly<Record<string, string>>;
  /** Rows that are left out. */
  readonly skipped: readonly number[];
  /** By row: id of the person of the house that it is, or `new`. */
  readonly people: Readonly<Record<string, string>>;
}

export interface ListCounts {
  /** New registrations, of new people and of known ones. */
  readonly added: number;
  readonly people: number;
  readonly already: number;
  readonly undecided: number;
  readonly errors: number;
  readonly skipped: number;
}

/** A registration that a list brought, with its person, in the versions that it left behind. */
export interface ListedRow {
  readonly row: number;
  /** Digest of what names the person, so that the same line of another list is known again. */
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly personId: string;
  /** Of a person who was added with it; null for somebody whom the house knew. */
  readonly personVersion: number | null;
  /** It said when they arrive and leave. */
  readonly stay: boolean;
}

export interface AddedByList {
  readonly rows: readonly ListedRow[];
  /** What happened after this entry of the journal happened after the list. */
  readonly until: string;
  readonly batch: string | null;
}

export const LEFT_OUT = ['undecided', 'error', 'skipped', 'twice'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface UndoneList {
  readonly registrations: number;
  readonly people: number;
  /** Ids of registrations that stay, because somebody has worked with them or a letter has left. */
  readonly kept: readonly string[];
}
