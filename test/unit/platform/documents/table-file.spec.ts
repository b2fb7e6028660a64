import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { cellName, readDay } from '../../../../src/platform/documents/table-cells.rules.js';
import { headings, rememberedRow } from '../../../../src/platform/documents/table-headings.rules.js';
import { readCsv, readTable, readXlsx } from '../../../../src/platform/documents/table-file.js';
import { zipOf } from '../../../support/zip.js';

const text = (value: string, more: object = {}): Cell => ({ type: String, value, ...more });

describe('a workbook', () => {
  it('keeps the numbers of its rows, also below empty ones, and repeats merged cells where asked', async () => {
    const bytes = await writeXlsxFile([
      [null, text('Спіс удзельнікаў', { columnSpan: 3 }), null, null],
      [],
      [null, text('Імя'), text('Установа'), text('Дата')],
      [
        null,
        text('Ана'),
        text('Бібліятэка', { rowSpan: 3 }),
        { type: Date, value: new Date('2027-05-12'), format: 'dd.mm.yyyy' },
      ],
      [null, text('Бэла'), null, text('13.05.2027')],
      [],
      [null, text('Вера'), text('Музей'), { type: Number, value: 46_156 }],
    ]).toBuffer();
    expect(await readXlsx(bytes)).toEqual([
      { at: 1, cells: ['', 'Спіс удзельнікаў', '', ''] },
      { at: 3, cells: ['', 'Імя', 'Установа', 'Дата'] },
      { at: 4, cells: ['', 'Ана', 'Бібліятэка', '2027-05-12'] },
      { at: 5, cells: ['', 'Бэла', '', '13.05.2027'] },
      { at: 7, cells: ['', 'Вера', 'Музей', '46156'] },
    ]);
    const { format, rows } = await readTable(bytes, { fillMerged: true });
    expect([format, rows.slice(2)]).toEqual([
      'xlsx',
      [
        { at: 4, cells: ['', 'Ана', 'Бібліятэка', '2027-05-12'] },
        { at: 5, cells: ['', 'Бэла', 'Бібліятэка', '13.05.2027'], merged: [2] },
        { at: 6, cells: ['', '', 'Бібліятэка', ''], merged: [2] },
        { at: 7, cells: ['', 'Вера', 'Музей', '46156'] },
      ],
    ]);
  });

  it('that merges everything with everything is too much', async () => {
    const range = '<mergeCell ref="A1:A20000"/>';
    const bytes = zipOf({
      'xl/workbook.xml': Buffer.from('<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': Buffer.from(
        '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet1.xml': Buffer.from(
        `<worksheet><sheetData>${Array.from({ length: 20_000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>1</v></c></row>`).join('')}</sheetData><mergeCells>${range.repeat(20_000)}</mergeCells></worksheet>`,
      ),
    });
    await expect(readXlsx(bytes, { fillMerged: true })).rejects.toMatchObject({
      problem: { code: 'file.problem.unpacked' },
    });
  });
});

describe('a table of texts', () => {
  it('loses the one apostrophe that keeps a formula from running, and no other [X9]', async () => {
    const cells = ["'=1+1", "''=1", "'+375 29 1", "'@a", "'-5", "'＝1", "'word", '=1', "o'clock"];
    const rows = await readCsv(Buffer.from(`a,b\n${cells.join('\n')}\n`));
    expect(rows.slice(1).map((row) => row.cells[0])).toEqual([
      '=1+1',
      "'=1",
      '+375 29 1',
      '@a',
      '-5',
      '＝1',
      "'word",
      '=1',
      "o'clock",
    ]);
  });

  it('is parted by the mark that stands between its cells, whatever stands in them', async () => {
    const cells = async (content: string) => (await readCsv(Buffer.from(content))).map((row) => row.cells);
    expect(await cells('"a;b;c;d",2\n"e;f",3\n')).toEqual([
      ['a;b;c;d', '2'],
      ['e;f', '3'],
    ]);
    expect(await cells('Title\na;b\n"1,2,3";4\n')).toEqual([['Title'], ['a', 'b'], ['1,2,3', '4']]);
    expect(await cells('a\tb\n"x ""y"", z"\tw\n')).toEqual([
      ['a', 'b'],
      ['x "y", z', 'w'],
    ]);
  });

  it.each(['', '\n\n', ' , , \n,,\n'])('that holds nothing is said to be empty: %j', async (content) => {
    await expect(readTable(Buffer.from(content))).rejects.toMatchObject({ problem: { code: 'file.problem.empty' } });
  });
});

describe('a day in a cell', () => {
  it.each([
    ['2027-05-12', '2027-05-12'],
    ['12.05.2027', '2027-05-12'],
    ['12/5/27', '2027-05-12'],
    ['12 мая 2027 г.', '2027-05-12'],
    ['1 траўня 2027', '2027-05-01'],
    ['28 лютага 2027 года', '2027-02-28'],
    ['3 СНЕЖНЯ 2027', '2027-12-03'],
    ['12 September 2027', '2027-09-12'],
    ['May 12, 2027', '2027-05-12'],
    ['46519', '2027-05-12'],
    ['30.02.2027', undefined],
    ['29 лютага 2027', undefined],
    ['12 брумера 2027', undefined],
    ['99999', undefined],
    ['12.05', undefined],
    ['2027', undefined],
    ['заўтра', undefined],
  ])('%j is %s', (cell, day) => {
    expect(readDay(cell)).toBe(day);
  });

  it('is one that exists, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}$/)), (cell) => {
        const day = readDay(cell);
        expect(day === undefined || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)).toBe(true);
      }),
    );
  });
});

it('cells are called as spreadsheet programs call them', () => {
  expect([cellName(0, 1), cellName(25, 7), cellName(26, 7), cellName(701, 2), cellName(702, 2)]).toEqual([
    'A1',
    'Z7',
    'AA7',
    'ZZ2',
    'AAA2',
  ]);
});

describe('the headings of a table', () => {
  const { columnsOf, headerRow } = headings({ name: ['name', 'імя'], mail: ['e-mail', 'пошта'] });
  const rows = [
    { at: 1, cells: ['List', ''] },
    { at: 3, cells: ['№', 'Імя (цалкам)', 'E-MAIL'] },
    { at: 4, cells: ['1', 'Ана', 'ana@example.org'] },
  ];

  it('are found among the first rows, and say what their columns hold', () => {
    expect([headerRow(rows), columnsOf(rows[1]!.cells)]).toEqual([3, { name: 1, mail: 2 }]);
    expect(columnsOf(['Name', 'Name', 'other'])).toEqual({ name: 0 });
    expect(headerRow(rows.slice(0, 1))).toBeNull();
  });

  it('are known again when an earlier table had the very same, of the newest of them', () => {
    const [newest, older] = [{ headings: ['Wer', 'Wo'] }, { headings: rows[1]!.cells }];
    expect(rememberedRow(rows, [newest, older])).toEqual({ row: rows[1], table: older });
    expect(rememberedRow(rows, [newest, { headings: [] }])).toBeNull();
  });
});
