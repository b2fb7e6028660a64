import type { DocxGrid } from './docx-grid.rules.js';
import { documentText } from './docx-scripts.rules.js';

/** A picture to be set into a document. */
export interface DocxImage {
  readonly format: 'png' | 'jpeg';
  readonly bytes: Uint8Array;
  /** As printed, in millimetres. */
  readonly width: number;
  readonly height: number;
  /** Read out where the picture cannot be seen. */
  readonly alt: string;
}

/** A value as it prints: numbers, dates and names are texts by now. Null and '' are empty. */
export type DocxValue = string | boolean | null | DocxImage | DocxGrid | readonly DocxData[];

/** What a document is filled with. */
export interface DocxData {
  readonly [field: string]: DocxValue;
}

/** A field for which there was nothing: `members.title`, and in which entries of its lists, from 1. */
export interface EmptyField {
  readonly field: string;
  readonly rows: readonly string[];
}

/**
 * What a field means at a place of the document, whose path is names of lists and numbers of their entries: the innermost
 * entry that has it, else further out. Only own fields of plain data count. Undefined where nobody has it.
 */
export function valueAt(data: DocxData, path: readonly (string | number)[], name: string): DocxValue | undefined {
  const scopes: DocxData[] = [data];
  for (let at = 0; at + 1 < path.length; at += 2) {
    const list = own(scopes.at(-1)!, String(path[at])) ?? outer(scopes, String(path[at]));
    const entry = isList(list) ? list[Number(path[at + 1])] : undefined;
    if (!entry) break;
    scopes.push(entry);
  }
  return outer(scopes, name);
}

function outer(scopes: readonly DocxData[], name: string): DocxValue | undefined {
  for (const scope of scopes.toReversed()) {
    const value = own(scope, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function own(data: DocxData, name: string): DocxValue | undefined {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}

export function isList(value: DocxValue | undefined): value is readonly DocxData[] {
  return Array.isArray(value);
}

export function isImage(value: DocxValue | undefined): value is DocxImage {
  return typeof value === 'object' && value !== null && !isList(value) && 'bytes' in value;
}

export function isGrid(value: DocxValue | undefined): value is DocxGrid {
  return typeof value === 'object' && value !== null && !isList(value) && 'columns' in value;
}

/** Whether a condition on it holds: there is something in it. */
export function isThere(value: DocxValue | undefined): boolean {
  if (isList(value)) return value.length > 0;
  return typeof value === 'string' ? documentText(value) !== '' : Boolean(value);
}
