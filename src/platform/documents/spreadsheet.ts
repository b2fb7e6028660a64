import type { Cell } from 'write-excel-file/node';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface Sheet {
  /** Shown on the tab; cut to what Excel takes. */
  readonly name: string;
  readonly columns: readonly { readonly heading: string; readonly width: number }[];
  readonly rows: readonly (readonly string[])[];
  /** Under the table, one line each: who exported it, when, why. */
  readonly footer?: readonly string[];
}

/** Excel's own escape (ECMA-376 22.4.2.4): a text that looks like one is escaped itself, or `_x0041_` would be read as `A`. */
const ESCAPE_LIKE = /_(?=x[0-9A-Fa-f]{4}_)/g;
/** Excel's limit of one cell, in UTF-16 units. */
const LONGEST = 32_767;

/**
 * An .xlsx file in which every cell is a text, exactly as given: no formula, number or date is ever made of it ([X9]).
 * Headings are texts too.
 */
export async function writeSpreadsheet(sheet: Sheet): Promise<Buffer> {
  // Loaded with the first export: it is a large package that few processes need.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const heading = sheet.columns.map(({ heading: value }): Cell => ({ ...textCell(value), fontWeight: 'bold' }));
  const rows = sheet.rows.map((row) => row.map(textCell));
  const footer = (sheet.footer ?? []).map((line): Cell[] => [textCell(line)]);
  return writeXlsxFile([heading, ...rows, ...(footer.length > 0 ? [[null], ...footer] : [])], {
    sheet: tabName(sheet.name),
    columns: sheet.columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function textCell(value: string): Cell {
  // A cell without text would be written as a shared string of nothing.
  return value === '' ? null : { type: String, value: escaped(value) };
}

/** The writer looks texts up in a plain object, where names such as `constructor` are taken: the escape keeps them apart. */
function escaped(value: string): string {
  const text = value.slice(0, LONGEST).replace(ESCAPE_LIKE, '_x005F_');
  return Reflect.has(Object.prototype, text) ? `_x${text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_${text.slice(1)}` : text;
}

function tabName(name: string): string {
  return [...name.replace(/[\\/?*[\]:']/g, ' ').trim()].slice(0, 31).join('') || 'Sheet';
}
