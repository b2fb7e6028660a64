import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocxData } from '../../../../src/platform/documents/docx-data.rules.js';
import { mergeDocx } from '../../../../src/platform/documents/docx-merge.js';
import { documentText } from '../../../../src/platform/documents/docx-scripts.rules.js';
import { docxOf, grid, para, partOf, textsOf } from '../../../support/docx.js';
import { hostile } from '../../../support/hostile.js';

const PROPERTIES = { title: 'A letter', language: 'be' };

async function merged(body: string, data: DocxData, parts = {}): Promise<string[]> {
  return textsOf((await mergeDocx(docxOf(body, parts), data, PROPERTIES)).bytes);
}

describe('a document made of a template', () => {
  it('has its fields filled in, also where Word has split a tag into runs', async () => {
    const body = para('Паважаны ', '{', '{na', 'me}', '}!') + para('{{name}}, {{ name }}');
    expect(await merged(body, { name: 'Ўладзімір' })).toEqual(['Паважаны Ўладзімір!', 'Ўладзімір, Ўладзімір']);
  });

  it('repeats the rows of a table, and rows within the fields around them', async () => {
    const body = grid(['№', 'Name'], ['{{#members}}{{no}}', '{{name}} ({{country}}){{/members}}']);
    const members: DocxData[] = [
      { no: '1', name: 'Ганна' },
      { no: '2', name: '王小明', country: 'China' },
    ];
    expect(await merged(body, { country: 'Belarus', members })).toEqual([
      '№',
      'Name',
      '1',
      'Ганна (Belarus)',
      '2',
      '王小明 (China)',
    ]);
  });

  it('repeats paragraphs, lists in lists, and takes paragraphs that held a tag alone away', async () => {
    const body =
      para('{{#days}}') +
      para('{{day}}') +
      para('{{#items}}') +
      para('{{time}} {{title}}') +
      para('{{/items}}') +
      para('{{/days}}') +
      para('end');
    const days = [
      {
        day: 'Monday',
        items: [
          { time: '10:00', title: 'Opening' },
          { time: '11:00', title: 'Tour' },
        ],
      },
      { day: 'Tuesday', items: [] },
    ];
    expect(await merged(body, { days })).toEqual(['Monday', '10:00 Opening', '11:00 Tour', 'Tuesday', 'end']);
  });

  it('leaves out what a condition does not want, and shows what only stands where there is nothing', async () => {
    const body =
      para('a{{#gift}} with {{gift}}{{/gift}}{{#not gift}} without{{/not gift}}') + para('{{#urgent}}now{{/urgent}}');
    expect(await merged(body, { gift: 'a book', urgent: false })).toEqual(['a with a book', '']);
    expect(await merged(body, { gift: '', urgent: true })).toEqual(['a without', 'now']);
    const list = para('{{#any rows}}', 'rows: {{#rows}}{{a}}{{/rows}}{{/any rows}}{{#not rows}}none{{/not rows}}');
    expect(await merged(list, { rows: [] })).toEqual(['none']);
    expect(await merged(list, { rows: [{ a: '1' }, { a: '2' }] })).toEqual(['rows: 12']);
  });

  it('keeps a table apart from the next, and a cell with a paragraph in it', async () => {
    const body = para('{{#lists}}') + grid(['{{name}}']) + para('{{/lists}}');
    const { bytes } = await mergeDocx(docxOf(body), { lists: [{ name: 'a' }, { name: 'b' }] }, PROPERTIES);
    expect(partOf(bytes, 'word/document.xml')).not.toContain('</w:tbl><w:tbl>');
    const cell = `<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>${para('{{#no}}') + para('x') + para('{{/no}}')}</w:tc></w:tr></w:tbl>`;
    const empty = await mergeDocx(docxOf(cell), { no: false }, PROPERTIES);
    expect(partOf(empty.bytes, 'word/document.xml')).toMatch(/<w:tc><w:tcPr\/><w:p\/?>/);
  });

  it('keeps page numbers and linked words beside a condition', async () => {
    const number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>';
    const link = '<w:hyperlink r:id="x"><w:r><w:t>site</w:t></w:r></w:hyperlink>';
    const body = para('{{#a}}A{{/a}} ').replace('</w:p>', `${number}${link}</w:p>`);
    const { bytes } = await mergeDocx(docxOf(body), { a: true }, PROPERTIES);
    expect(textsOf(bytes)).toEqual(['A 1site']);
    expect(partOf(bytes, 'word/document.xml')).toContain('<w:instrText xml:space="preserve"> PAGE </w:instrText>');
  });

  it('is filled in its header too', async () => {
    expect(await merged(para('x'), { hostName: 'Бібліятэка' }, { header: para('{{hostName}}') })).toEqual([
      'x',
      'Бібліятэка',
    ]);
  });

  it('breaks lines where a value does', async () => {
    const { bytes } = await mergeDocx(
      docxOf(para('{{address}}')),
      { address: 'Мінск\r\nпр. Незалежнасці, 116' },
      PROPERTIES,
    );
    expect(textsOf(bytes)).toEqual(['Мінск\nпр. Незалежнасці, 116']);
  });

  it('says which fields stayed empty, and in which entries', async () => {
    const body =
      para('{{name}} {{note}}') +
      grid(['{{#members}}{{title}}', '{{/members}}']) +
      para('{{#gone}}{{inside}}{{/gone}}');
    const { empty } = await mergeDocx(
      docxOf(body),
      { name: 'x', note: null, members: [{ title: '' }, { title: 'Dr' }, { title: ' ' }] },
      PROPERTIES,
    );
    expect(empty).toEqual([
      { field: 'note', rows: [] },
      { field: 'members.title', rows: ['1', '3'] },
    ]);
  });

  it('is the same to the byte for the same template and data, and tells nothing of who made the template', async () => {
    const template = docxOf(para('{{name}}'), {
      parts: {
        'docProps/core.xml':
          '<cp:coreProperties xmlns:cp="a" xmlns:dc="b"><dc:creator>Secret Author</dc:creator></cp:coreProperties>',
      },
    });
    const [first, second] = await Promise.all([1, 2].map(() => mergeDocx(template, { name: 'x' }, PROPERTIES)));
    expect(first!.bytes.equals(second!.bytes)).toBe(true);
    expect(partOf(first!.bytes, 'docProps/core.xml')).not.toContain('Secret');
    expect(partOf(first!.bytes, 'docProps/core.xml')).toContain('<dc:title>A letter</dc:title>');
  });

  it('sets a picture with its description, which stays text', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const photo = { format: 'png', bytes: png, width: 30, height: 40, alt: '"/><x y="{{name}}' } as const;
    const { bytes } = await mergeDocx(docxOf(para('{{photo}}')), { photo, name: 'no' }, PROPERTIES);
    const xml = partOf(bytes, 'word/document.xml');
    expect(xml).toContain('cx="1076325" cy="1438275"');
    expect(xml).toContain('descr="&quot;/&gt;&lt;x y=&quot;{{name}}"');
  });
});

describe('a drawing in a document', () => {
  const drawn = {
    columns: [20, 20],
    rows: [{ height: 10, cells: [{ span: 2, fill: 'EFE6D2', lines: [{ text: '', size: 9 }] }] }],
  };
  const withText = (text: string) => ({
    ...drawn,
    rows: [{ height: 10, cells: [{ span: 2, fill: 'EFE6D2', lines: [{ text, size: 9, bold: true }] }] }],
  });

  it('takes the place of its paragraph, keeps every script, and what is around it', async () => {
    const plan = withText('محمد الأمين');
    const { bytes } = await mergeDocx(docxOf(para('before') + para('{{plan}}') + para('after')), { plan }, PROPERTIES);
    expect(textsOf(bytes).filter(Boolean)).toEqual(['before', 'محمد الأمين', 'after']);
    expect(partOf(bytes, 'word/document.xml')).toMatch(/<w:gridSpan w:val="2"\/>.*<w:rtl\/>/s);
  });

  it('is nothing where there is none', async () => {
    expect(await merged(para('{{plan}}') + para('after'), { plan: null })).toEqual(['', 'after']);
  });

  it('[X3] takes no tag, markup or colour from its texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 30 }), async (text) => {
        const plan = { ...withText(`{{secret}}<w:p/>${text}`), columns: [20, 20] };
        const texts = await merged(para('{{plan}}'), { plan, secret: 'told' });
        expect(texts.join('\n').trimEnd()).toBe(documentText(`{{secret}}<w:p/>${text}`).trimEnd());
      }),
      { numRuns: 30 },
    );
    const { bytes } = await mergeDocx(
      docxOf(para('{{plan}}')),
      { plan: { ...drawn, rows: [{ height: 5, cells: [{ span: 2, fill: '"/><w:x' }] }] } },
      PROPERTIES,
    );
    expect(partOf(bytes, 'word/document.xml')).not.toContain('w:x');
  });
});

describe('scripts in a document', () => {
  const runsOf = async (value: string): Promise<string> => {
    const { bytes } = await mergeDocx(docxOf(para('{{name}}')), { name: value }, PROPERTIES);
    return partOf(bytes, 'word/document.xml').replace(/^.*<w:body>|<w:sectPr\/>.*$/g, '');
  };

  it('stay one run where the font of the template has their letters', async () => {
    expect(await runsOf('Ўладзімір Ґудзень, Łódź')).toBe(
      '<w:p><w:r><w:t xml:space="preserve">Ўладзімір Ґудзень, Łódź</w:t></w:r></w:p>',
    );
  });

  it('from right to left get their direction, and the paragraph too where all of it is', async () => {
    expect(await runsOf('محمد علي')).toBe(
      '<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/><w:lang w:bidi="ar-SA"/></w:rPr><w:t xml:space="preserve">محمد علي</w:t></w:r></w:p>',
    );
    expect(await runsOf('Dr محمد')).toBe(
      '<w:p><w:r><w:t xml:space="preserve">Dr </w:t></w:r><w:r><w:rPr><w:rtl/><w:lang w:bidi="ar-SA"/></w:rPr><w:t xml:space="preserve">محمد</w:t></w:r></w:p>',
    );
  });

  it('get fonts that print them', async () => {
    const xml = await runsOf('王小明 · Արամ');
    expect(xml).toContain(
      '<w:rFonts w:hint="eastAsia" w:eastAsia="SimSun"/></w:rPr><w:t xml:space="preserve">王小明 · </w:t>',
    );
    expect(xml).toContain(
      '<w:rFonts w:ascii="Sylfaen" w:hAnsi="Sylfaen" w:cs="Sylfaen"/></w:rPr><w:t xml:space="preserve">Արամ</w:t>',
    );
  });

  it('keep what the template says of the run', async () => {
    const body = '<w:p><w:r><w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t>{{name}}</w:t></w:r></w:p>';
    const { bytes } = await mergeDocx(docxOf(body), { name: 'محمد' }, PROPERTIES);
    expect(partOf(bytes, 'word/document.xml')).toContain(
      '<w:rPr><w:b/><w:sz w:val="28"/><w:rtl/><w:lang w:bidi="ar-SA"/></w:rPr>',
    );
  });
});

describe('values in a document are text [X3]', () => {
  const TEMPLATE = docxOf(grid(['{{#rows}}{{a}} {{b}}', '{{#inner}}{{c}}{{/inner}}{{/rows}}']) + para('{{a}}'));

  it.each(
    hostile('template', 'xml', 'xss', 'bidi', 'control', 'emoji', 'name', 'path', 'markdown').map(
      (one) => [one.id, one.value] as const,
    ),
  )('whatever they hold: %s', async (_id, value) => {
    const data = { a: value, rows: [{ b: value, inner: [{ c: value }] }] };
    const { bytes } = await mergeDocx(TEMPLATE, data, PROPERTIES);
    const kept = documentText(value);
    expect(textsOf(bytes)).toEqual([`${kept} ${kept}`, kept, kept]);
  });

  it('are never read for tags, also where a row is repeated around them', async () => {
    const value = '{{secret}} {{#rows}} {{/rows}} {{#x}} }} {{';
    const { bytes } = await mergeDocx(
      TEMPLATE,
      { a: value, secret: 'leaked', rows: [{ b: value, inner: [{ c: value }] }] },
      PROPERTIES,
    );
    expect(textsOf(bytes)).toEqual([`${value} ${value}`, value, value]);
  });

  it('are taken from own fields of plain data only', async () => {
    expect(await merged(para('{{constructor}}{{toString}}'), {})).toEqual(['']);
  });

  it('may be 100 kB long', async () => {
    const value = '字Ў&<{'.repeat(20_000);
    expect(await merged(para('{{a}}'), { a: value })).toEqual([value]);
  });

  it('come back as they are, for any text and any list', async () => {
    const anyText = fc
      .string({ unit: 'binary', maxLength: 40 })
      .map((text) => documentText(text).replaceAll('\n', ' '));
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.array(fc.record({ b: anyText, inner: fc.array(fc.record({ c: anyText }), { maxLength: 3 }) }), {
          maxLength: 4,
        }),
        async (a, rows) => {
          const { bytes } = await mergeDocx(TEMPLATE, { a, rows }, PROPERTIES);
          expect(textsOf(bytes)).toEqual([
            ...rows.flatMap(({ b, inner }) => [`${a} ${b}`, inner.map(({ c }) => c).join('')]),
            a,
          ]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
