import { tableText } from './file-text.js';
import { unreadable } from './file-problem.rules.js';
import { unzipped, type ZipEntry } from './zip-archive.js';

/** A table as texts. `at` is the number of the line or row in the file. */
export interface TableRow {
  readonly at: number;
  readonly cells: readonly string[];
  /** Columns that are one cell with the row above; what stands there is repeated in `cells`, where that was asked for. */
  readonly merged?: readonly number[];
}

interface Reading {
  /** Cells that are merged downwards hold their text in every row. */
  readonly fillMerged?: boolean;
}

const MAX_ROWS = 20_000;
const MAX_COLUMNS = 200;
const MAX_CHARACTERS = 20_000_000;
const MAX_MERGED = 100_000;

export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Rows of a table by what the file is, whatever its name says. Throws UnreadableFile. */
export async function readTable(
  bytes: Buffer,
  reading: Reading = {},
): Promise<{ format: TableFormat; rows: TableRow[] }> {
  if (bytes.length === 0) unreadable('file.problem.empty');
  if (isOldExcel(bytes)) unreadable('file.problem.oldExcel');
  return isArchive(bytes)
    ? { format: 'xlsx', rows: await readXlsx(bytes, reading) }
    : { format: 'csv', rows: await readCsv(bytes) };
}

/** Workbooks are ZIP archives. */
export function isArchive(bytes: Buffer): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** The workbooks of Excel before 2007. */
export function isOldExcel(bytes: Buffer): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf;
}

/**
 * Rows of a CSV file: commas, semicolons or tabs, whichever its first line has most of. Of the apostrophe that keeps a
 * spreadsheet program from taking a text for a formula, exactly one is removed ([X9]). Throws UnreadableFile with the line.
 */
export async function readCsv(bytes: Buffer): Promise<TableRow[]> {
  const text = tableText(bytes);
  if (text.includes('\0')) unreadable('file.problem.notTable');
  const delimiter = delimiterOf(text.slice(0, 5000));
  // Loaded with the first file: few processes ever read one.
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000_000,
      to: MAX_ROWS + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return checkedSize(records.map(({ record, info }) => ({ at: info.lines, cells: record.map(plain) })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as Error & { lines?: number };
    return unreadable('file.problem.csv', lines === undefined ? '' : String(lines));
  }
}

/** The mark of which a record has most, those inside quotation marks aside. */
function delimiterOf(beginning: string): string {
  const bare = beginning.replace(/"(?:[^"]|"")*(?:"|$)/g, '');
  const records = bare.split(/\r?\n/, 20);
  const most = (mark: string): number => Math.max(...records.map((record) => record.split(mark).length));
  return [';', ',', '\t'].toSorted((a, b) => most(b) - most(a))[0]!;
}

const GUARDED = /^'(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

function plain(cell: string): string {
  return cell.replace(GUARDED, '');
}

/** Rows of the first sheet of a workbook, every value as text. Throws UnreadableFile, also for what unpacks into too much. */
export async function readXlsx(bytes: Buffer, { fillMerged = false }: Reading = {}): Promise<TableRow[]> {
  const entries = checkWorkbook(bytes);
  // Loaded with the first workbook: few processes ever read one.
  const { readSheet } = await import('read-excel-file/node');
  let rows: unknown[][];
  try {
    rows = await readSheet(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return unreadable('file.problem.xlsx');
  }
  const texts = rows.map((cells, at): TableRow => ({ at: at + 1, cells: cells.map(cellText) }));
  return checkedSize(fillMerged ? filled(texts, mergedRanges(entries)) : texts);
}

/** A value of a workbook as a person would type it. Times of day have a date of 1899 or 1900 in Excel. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    // Excel keeps fractions of a day: half a minute less or more is its rounding.
    const text = new Date(Math.round(value.getTime() / 60_000) * 60_000).toISOString();
    const [day, clock] = [text.slice(0, 10), text.slice(11, 16)];
    if (value.getUTCFullYear() <= 1900) return clock;
    return clock === '00:00' ? day : `${day} ${clock}`;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Rows that hold anything. */
function checkedSize(all: TableRow[]): TableRow[] {
  const rows = all.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) unreadable('file.problem.empty');
  if (rows.length > MAX_ROWS) unreadable('file.problem.manyRows', '', { max: MAX_ROWS });
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  if (widest > MAX_COLUMNS) unreadable('file.problem.manyColumns', '', { max: MAX_COLUMNS });
  const characters = rows.reduce((sum, { cells }) => sum + cells.reduce((inRow, cell) => inRow + cell.length, 0), 0);
  if (characters > MAX_CHARACTERS) unreadable('file.problem.unpacked');
  return rows;
}

/**
 * Looks into the archive before any reader does: nothing is believed of the sizes that it states, each part is unpacked up
 * to a limit and no further, and a sheet whose last cell lies beyond the limits is refused before anybody makes room for it.
 */
function checkWorkbook(bytes: Buffer): ZipEntry[] {
  const entries = unzipped(bytes);
  const sheets = entries.filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name));
  if (sheets.length === 0) unreadable('file.problem.xlsx');
  for (const { name, content } of entries) {
    if (/\.(xml|rels)$/.test(name) && content.subarray(0, 2000).includes('<!DOCTYPE')) {
      unreadable('file.problem.doctype', name);
    }
  }
  for (const { content } of sheets) {
    const xml = content.toString('latin1');
    for (const [, letters, row] of xml.matchAll(/[":]([A-Z]{1,4})(\d{1,9})"/g)) {
      if (Number(row) > MAX_ROWS) unreadable('file.problem.manyRows', `${letters}${row}`, { max: MAX_ROWS });
      if (columnNumber(letters!) > MAX_COLUMNS) {
        unreadable('file.problem.manyColumns', `${letters}${row}`, { max: MAX_COLUMNS });
      }
    }
    for (const [, row] of xml.matchAll(/<(?:\w+:)?row[^>]*?\br="(\d{1,9})"/g)) {
      if (Number(row) > MAX_ROWS) unreadable('file.problem.manyRows', row!, { max: MAX_ROWS });
    }
  }
  return entries;
}

interface Range {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/** The ranges of the first sheet that reach over several rows, by their first column. */
function mergedRanges(entries: readonly ZipEntry[]): Range[] {
  const text = (name: string): string => entries.find((entry) => entry.name === name)?.content.toString('utf8') ?? '';
  const first = /<(?:\w+:)?sheet\s[^>]*?\bid="([^"]+)"/.exec(text('xl/workbook.xml'))?.[1];
  const relations = text('xl/_rels/workbook.xml.rels').match(/<Relationship\b[^>]*>/g) ?? [];
  const target = relations.find((one) => first !== undefined && one.includes(`Id="${first}"`));
  const path = /Target="\/?(?:xl\/)?([^"]+)"/.exec(target ?? '')?.[1] ?? 'worksheets/sheet1.xml';
  const ranges = text(`xl/${path}`).matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g);
  return [...ranges]
    .map(([, letters, from, to]) => ({ column: columnNumber(letters!) - 1, from: Number(from), to: Number(to) }))
    .filter(({ from, to }) => to > from);
}

function filled(rows: readonly TableRow[], ranges: readonly Range[]): TableRow[] {
  const cellsToFill = ranges.reduce((sum, { from, to }) => sum + Math.min(to, rows.length) - from, 0);
  if (cellsToFill > MAX_MERGED) unreadable('file.problem.unpacked');
  const byRow = new Map<number, { column: number; from: number }[]>();
  for (const { column, from, to } of ranges) {
    for (let at = from + 1; at <= Math.min(to, rows.length); at++)
      byRow.set(at, [...(byRow.get(at) ?? []), { column, from }]);
  }
  return rows.map((row) => {
    const merged = byRow.get(row.at);
    if (!merged) return row;
    const cells = [...row.cells];
    for (const { column, from } of merged) {
      while (cells.length < column) cells.push('');
      cells[column] = rows[from - 1]?.cells[column] ?? '';
    }
    return { ...row, cells, merged: merged.map(({ column }) => column) };
  });
}

/** 1 for A, 27 for AA. */
function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
