import { foldForSearch } from '../../kernel/search-text.js';

interface Row {
  readonly at: number;
  readonly cells: readonly string[];
}

/** What people write over the columns of a kind of table, and what they mean by it. */
export interface Headings<F extends string> {
  /** Which column holds what. The first of several columns with one meaning counts. */
  readonly columnsOf: (headings: readonly string[]) => Partial<Record<F, number>>;
  /** The row that looks most like headings, among the first thirty; null where none names two things. */
  readonly headerRow: (rows: readonly Row[]) => number | null;
}

/** `words`: for each meaning what is written over its column, in any language; a heading may go on after such a word. */
export function headings<F extends string>(words: Readonly<Record<F, readonly string[]>>): Headings<F> {
  const meaning = new Map(
    (Object.keys(words) as F[]).flatMap((field) => words[field].map((word) => [foldForSearch(word), field] as const)),
  );
  const fieldOf = (heading: string): F | undefined =>
    meaning.get(foldForSearch(heading)) ?? meaning.get(foldForSearch(heading.trim().split(/[\s,(/]/)[0] ?? ''));
  const columnsOf = (cells: readonly string[]): Partial<Record<F, number>> => {
    const columns: Partial<Record<F, number>> = {};
    cells.forEach((heading, column) => {
      const field = fieldOf(heading);
      if (field !== undefined) columns[field] ??= column;
    });
    return columns;
  };
  return {
    columnsOf,
    headerRow: (rows) => {
      let best: { at: number; count: number } | null = null;
      for (const { at, cells } of rows.slice(0, 30)) {
        const count = Object.keys(columnsOf(cells)).length;
        if (count >= 2 && count > (best?.count ?? 0)) best = { at, count };
      }
      return best?.at ?? null;
    },
  };
}

/** Among the first thirty rows, the one with the very headings of an earlier table, of the newest such table. */
export function rememberedRow<R extends Row, T extends { readonly headings: readonly string[] }>(
  rows: readonly R[],
  earlier: readonly T[],
): { row: R; table: T } | null {
  const beginning = new Map(rows.slice(0, 30).map((row) => [JSON.stringify(row.cells), row] as const));
  for (const table of earlier) {
    const row = table.headings.length > 0 ? beginning.get(JSON.stringify(table.headings)) : undefined;
    if (row) return { row, table };
  }
  return null;
}
