import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { cleanText } from '../../../../src/kernel/text.js';
import { writeSpreadsheet } from '../../../../src/platform/documents/spreadsheet.js';

interface Payload {
  id: string;
  class: string;
  value: string;
  note: string;
}
const payloads = (
  JSON.parse(readFileSync(new URL('../../../fixtures/hostile/payloads.json', import.meta.url), 'utf8')) as Payload[]
).filter(({ class: kind }) => kind === 'formula' || kind === 'name' || kind === 'emoji');

async function roundTrip(values: readonly string[]): Promise<unknown[]> {
  const file = await writeSpreadsheet({
    name: 'People',
    columns: [{ heading: '=1+1', width: 20 }],
    rows: values.map((value) => [value]),
  });
  const rows = await readSheet(file, { trim: false });
  return rows.map((row) => row[0]);
}

describe('writeSpreadsheet', () => {
  it('gives every hostile text back exactly, as a text [X9] [P20]', async () => {
    const kept = payloads.filter(({ note }) => note.startsWith('keep')).map(({ value }) => value);
    expect(kept.length).toBeGreaterThan(50);
    expect(await roundTrip(kept)).toEqual(['=1+1', ...kept]);
  });

  it('gives any text of our border back exactly [X9]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 }),
        async (texts) => {
          const values = texts.flatMap((text) => {
            const cleaned = cleanText(text, { multiline: true, max: 100 });
            return cleaned.ok ? [cleaned.value] : [];
          });
          expect(await roundTrip(values)).toEqual(['=1+1', ...values]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(['constructor', '__proto__', 'toString', '_x0041_', '_x005F_x0041_', '0', '1E5', 'TRUE'])(
    'keeps %s a text',
    async (value) => {
      expect(await roundTrip([value, value])).toEqual(['=1+1', value, value]);
    },
  );

  it('holds no formula', async () => {
    const file = await writeSpreadsheet({
      name: 'a/b',
      columns: [{ heading: 'A', width: 9 }],
      rows: [['=1+1']],
      footer: ['=2+2'],
    });
    expect(entry(file, 'xl/worksheets/sheet1.xml')).toMatch(/^(?=[^]*<sheetData>)(?![^]*<f[ >])/);
  });
});

/** The text of one file in the archive, read from behind its local header (APPNOTE 4.3.7). */
function entry(file: Buffer, name: string): string {
  const header = file.indexOf(name) - 30;
  const start = header + 30 + file.readUInt16LE(header + 26) + file.readUInt16LE(header + 28);
  return inflateRawSync(file.subarray(start)).toString('utf8');
}
