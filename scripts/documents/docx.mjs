// A small vocabulary for documents of Word (ECMA-376): paragraphs, tables, headers, footers. What it makes is the same to the
// byte for the same description, so that a changed template shows in a review as a changed description.
import { deflateRawSync, crc32 } from 'node:zlib';

const ACCENT = '7A1F2B';
const GREY = '5F6368';
const LINE = 'B8BCC2';
const SHADE = 'F3F1EC';
export const LANGUAGES = { be: 'be-BY', ru: 'ru-RU', en: 'en-GB' };

/** Twentieths of a point. */
const mm = (length) => Math.round((length / 25.4) * 1440);
const escape = (text) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Runs of a line: `**bold**`, `__italic__`, line breaks and tabs as themselves. */
function runs(text, style = {}) {
  return text.split(/(\*\*.+?\*\*|__.+?__)/s).flatMap((piece) => {
    const bold = piece.startsWith('**') && piece.length > 4;
    const italic = piece.startsWith('__') && piece.length > 4;
    const words = bold || italic ? piece.slice(2, -2) : piece;
    if (words === '') return [];
    return [run(words, { ...style, ...(bold ? { bold: true } : {}), ...(italic ? { italic: true } : {}) })];
  });
}

function run(text, { bold, italic, size, color, caps, font, spacing } = {}) {
  const properties = [
    font ? `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:cs="${font}"/>` : '',
    bold ? '<w:b/><w:bCs/>' : '',
    italic ? '<w:i/><w:iCs/>' : '',
    caps ? '<w:caps/>' : '',
    color ? `<w:color w:val="${color}"/>` : '',
    spacing ? `<w:spacing w:val="${spacing}"/>` : '',
    size ? `<w:sz w:val="${Math.round(size * 2)}"/><w:szCs w:val="${Math.round(size * 2)}"/>` : '',
  ].join('');
  const content = text
    .split(/(\n|\t)/)
    .map((part) => {
      if (part === '\n') return '<w:br/>';
      if (part === '\t') return '<w:tab/>';
      return part === '' ? '' : `<w:t xml:space="preserve">${escape(part)}</w:t>`;
    })
    .join('');
  return `<w:r>${properties ? `<w:rPr>${properties}</w:rPr>` : ''}${content}</w:r>`;
}

/** The number of this page, and of all. */
export const PAGE = field('PAGE');
export const PAGES = field('NUMPAGES');

function field(code) {
  return { xml: `<w:fldSimple w:instr=" ${code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>` };
}

/**
 * A paragraph. `content` is a text or a list of texts and fields; `options`: style, align, before and after (points), indent
 * (mm, of the first line), left (mm), keep (with the next), tabs ([[mm, kind]]), rule (a line below), pageBreak.
 */
export function p(content, options = {}) {
  const { style, align, before, after, indent, left, hanging, keep, tabs, rule, pageBreak, line, ...runStyle } =
    options;
  const properties = [
    style ? `<w:pStyle w:val="${style}"/>` : '',
    keep ? '<w:keepNext/>' : '',
    pageBreak ? '<w:pageBreakBefore/>' : '',
    rule
      ? `<w:pBdr><w:bottom w:val="single" w:sz="${rule === 'strong' ? 12 : 4}" w:space="6" w:color="${rule === 'strong' ? ACCENT : LINE}"/></w:pBdr>`
      : '',
    tabs ? `<w:tabs>${tabs.map(([at, kind]) => `<w:tab w:val="${kind}" w:pos="${mm(at)}"/>`).join('')}</w:tabs>` : '',
    before !== undefined || after !== undefined || line !== undefined
      ? `<w:spacing${before === undefined ? '' : ` w:before="${before * 20}"`}${after === undefined ? '' : ` w:after="${after * 20}"`}${line === undefined ? '' : ` w:line="${Math.round(line * 240)}" w:lineRule="auto"`}/>`
      : '',
    indent !== undefined || left !== undefined || hanging !== undefined
      ? `<w:ind${left === undefined ? '' : ` w:left="${mm(left)}"`}${indent === undefined ? '' : ` w:firstLine="${mm(indent)}"`}${hanging === undefined ? '' : ` w:hanging="${mm(hanging)}"`}/>`
      : '',
    align ? `<w:jc w:val="${align === 'justify' ? 'both' : align}"/>` : '',
  ].join('');
  const inner = [content]
    .flat()
    .map((piece) => (typeof piece === 'string' ? runs(piece, runStyle).join('') : piece.xml))
    .join('');
  return `<w:p>${properties ? `<w:pPr>${properties}</w:pPr>` : ''}${inner}</w:p>`;
}

/**
 * A table: `widths` in mm; `rows` are lists of cells, or { cells, head, height, tall }. A cell is a text, a list of
 * paragraphs, or { content, align, middle, shade, span, turn, style, clear, edges }. `look`: `grid` (lines everywhere), `lines`
 * (only between rows), `fold` (only between columns, dashed) or `none`. `edges` of a
 * cell are what is drawn on its left and right: `fold` (dashed), `cut` or nothing.
 */
export function table({ widths, rows, look = 'lines', padding = 1.6, tight = false }) {
  const total = widths.reduce((sum, width) => sum + width, 0);
  const edge = (name, on) =>
    `<w:${name} w:val="${on ? 'single' : 'nil'}"${on ? ` w:sz="4" w:space="0" w:color="${LINE}"` : ''}/>`;
  const grid = look === 'grid';
  const lines = look === 'lines' || grid;
  const fold = look === 'fold';
  const borders = `<w:tblBorders>${edge('top', lines)}${edge('left', grid)}${edge('bottom', lines)}${edge('right', grid)}${edge('insideH', lines)}${fold ? `<w:insideV w:val="dashed" w:sz="4" w:space="0" w:color="${LINE}"/>` : edge('insideV', grid)}</w:tblBorders>`;
  const margins = `<w:tblCellMar><w:top w:w="${mm(tight ? 0.2 : padding * 0.6)}" w:type="dxa"/><w:left w:w="${mm(padding)}" w:type="dxa"/><w:bottom w:w="${mm(tight ? 0.2 : padding * 0.6)}" w:type="dxa"/><w:right w:w="${mm(padding)}" w:type="dxa"/></w:tblCellMar>`;
  const body = rows.map((row) => tableRow(Array.isArray(row) ? { cells: row } : row, widths)).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${mm(total)}" w:type="dxa"/>${borders}<w:tblLayout w:type="fixed"/>${margins}</w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${mm(width)}"/>`).join('')}</w:tblGrid>${body}</w:tbl>`;
}

function tableRow({ cells, head, height, exact }, widths) {
  const properties = [
    '<w:cantSplit/>',
    height ? `<w:trHeight w:val="${mm(height)}" w:hRule="${exact ? 'exact' : 'atLeast'}"/>` : '',
    head ? '<w:tblHeader/>' : '',
  ].join('');
  let column = 0;
  const inner = cells.map((cell) => {
    const { span = 1 } = typeof cell === 'object' && !Array.isArray(cell) ? cell : {};
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0);
    column += span;
    return tableCell(cell, width, head);
  });
  return `<w:tr><w:trPr>${properties}</w:trPr>${inner.join('')}</w:tr>`;
}

function tableCell(cell, width, head) {
  const { content, align, middle, shade, span, turn, style, clear, edges, ...runStyle } =
    typeof cell === 'object' && !Array.isArray(cell) ? cell : { content: cell };
  const paragraphs = [content]
    .flat()
    .map((one) =>
      one.startsWith('<w:')
        ? one
        : p(one, { style: style ?? (head ? 'TableHead' : 'TableText'), ...(align ? { align } : {}), ...runStyle }),
    );
  const nil = ['top', 'left', 'bottom', 'right'].map((side) => `<w:${side} w:val="nil"/>`).join('');
  const properties = [
    `<w:tcW w:w="${mm(width)}" w:type="dxa"/>`,
    span ? `<w:gridSpan w:val="${span}"/>` : '',
    clear ? `<w:tcBorders>${nil}</w:tcBorders>` : '',
    edges ? `<w:tcBorders>${cellEdge('left', edges[0])}${cellEdge('right', edges[1])}</w:tcBorders>` : '',
    shade || head ? `<w:shd w:val="clear" w:color="auto" w:fill="${typeof shade === 'string' ? shade : SHADE}"/>` : '',
    turn ? `<w:textDirection w:val="${turn === 'up' ? 'btLr' : 'tbRl'}"/>` : '',
    middle || turn ? '<w:vAlign w:val="center"/>' : '',
  ].join('');
  // A cell ends with a paragraph, also where a table stands last in it.
  const end = paragraphs.at(-1)?.startsWith('<w:tbl') ? '<w:p/>' : '';
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraphs.join('')}${end}</w:tc>`;
}

function cellEdge(side, kind) {
  const line = { fold: 'dashed', cut: 'single' }[kind] ?? 'nil';
  return `<w:${side} w:val="${line}" w:sz="4" w:space="0" w:color="${LINE}"/>`;
}

const SPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
].join(' ');
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMAT = 'http://schemas.openxmlformats.org';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

function styles(locale, font, size) {
  const fonts = `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="SimSun" w:cs="${font}"/>`;
  const style = (id, name, paragraph, character = '') =>
    `<w:style w:type="paragraph" w:styleId="${id}"${id === 'Normal' ? ' w:default="1"' : ''}><w:name w:val="${name}"/>${id === 'Normal' ? '' : '<w:basedOn w:val="Normal"/>'}<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${character}</w:rPr></w:style>`;
  const sized = (points) => `<w:sz w:val="${Math.round(points * 2)}"/><w:szCs w:val="${Math.round(points * 2)}"/>`;
  return `${HEAD}<w:styles ${SPACES}><w:docDefaults><w:rPrDefault><w:rPr>${fonts}${sized(size)}<w:lang w:val="${LANGUAGES[locale]}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>${[
    style('Normal', 'Normal', ''),
    style('Title', 'Title', '<w:keepNext/><w:spacing w:before="0" w:after="60"/>', `<w:b/><w:bCs/>${sized(size + 6)}`),
    style(
      'Subtitle',
      'Subtitle',
      '<w:keepNext/><w:spacing w:after="240"/>',
      `<w:color w:val="${GREY}"/>${sized(size)}`,
    ),
    style(
      'Heading1',
      'heading 1',
      '<w:keepNext/><w:spacing w:before="280" w:after="100"/><w:outlineLvl w:val="0"/>',
      `<w:b/><w:bCs/><w:color w:val="${ACCENT}"/>${sized(size + 1)}`,
    ),
    style(
      'House',
      'House',
      '<w:spacing w:after="20"/><w:jc w:val="center"/>',
      `<w:b/><w:bCs/><w:spacing w:val="10"/>${sized(size + 1)}`,
    ),
    style(
      'HouseLine',
      'House line',
      '<w:spacing w:after="0"/><w:jc w:val="center"/>',
      `<w:color w:val="${GREY}"/>${sized(9)}`,
    ),
    style('Small', 'Small', '<w:spacing w:after="0"/>', `<w:color w:val="${GREY}"/>${sized(8.5)}`),
    style(
      'TableHead',
      'Table head',
      '<w:keepNext/><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>',
      `<w:b/><w:bCs/>${sized(Math.min(size, 10) - 0.5)}`,
    ),
    style(
      'TableText',
      'Table text',
      '<w:spacing w:before="20" w:after="20" w:line="247" w:lineRule="auto"/>',
      sized(Math.min(size, 10.5)),
    ),
    style(
      'FormLabel',
      'Form label',
      '<w:spacing w:before="20" w:after="20" w:line="247" w:lineRule="auto"/>',
      `<w:color w:val="${GREY}"/>${sized(Math.min(size, 10))}`,
    ),
    style(
      'FormValue',
      'Form value',
      '<w:spacing w:before="20" w:after="20" w:line="247" w:lineRule="auto"/>',
      sized(Math.min(size, 11)),
    ),
  ].join('')}</w:styles>`;
}

/**
 * The bytes of a document: { locale, title, font, size, page: { landscape, margins: [top, right, bottom, left] in mm },
 * body, header, footer, firstHeader, firstFooter }. Bodies, headers and footers are lists of paragraphs and tables.
 */
export function docx({
  locale,
  title,
  font = 'Times New Roman',
  size = 12,
  page = {},
  body,
  header,
  footer,
  firstHeader,
  firstFooter,
}) {
  const { landscape = false, margins = [20, 15, 20, 25] } = page;
  const [width, height] = landscape ? [297, 210] : [210, 297];
  const [top, right, bottom, left] = margins.map(mm);
  const parts = { header, footer, firstHeader, firstFooter };
  const named = Object.entries(parts).filter(([, content]) => content !== undefined);
  const references = named.map(([name], at) => {
    const kind = /header$/i.test(name) ? 'header' : 'footer';
    return `<w:${kind}Reference w:type="${name.startsWith('first') ? 'first' : 'default'}" r:id="rId${at + 10}"/>`;
  });
  const first = named.some(([name]) => name.startsWith('first')) ? '<w:titlePg/>' : '';
  const section = `<w:sectPr>${references.join('')}<w:pgSz w:w="${mm(width)}" w:h="${mm(height)}"${landscape ? ' w:orient="landscape"' : ''}/><w:pgMar w:top="${top}" w:right="${right}" w:bottom="${bottom}" w:left="${left}" w:header="${mm(10)}" w:footer="${mm(9)}" w:gutter="0"/>${first}</w:sectPr>`;
  const partFiles = named.map(([name, content], at) => {
    const kind = /header$/i.test(name) ? 'header' : 'footer';
    const root = kind === 'header' ? 'hdr' : 'ftr';
    return {
      kind,
      path: `word/${kind}${at + 1}.xml`,
      id: `rId${at + 10}`,
      xml: `${HEAD}<w:${root} ${SPACES}>${content.join('')}</w:${root}>`,
    };
  });
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${FORMAT}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD}.styles+xml"/><Override PartName="/word/settings.xml" ContentType="${WORD}.settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${partFiles.map(({ kind, path }) => `<Override PartName="/${path}" ContentType="${WORD}.${kind}+xml"/>`).join('')}</Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${FORMAT}/package/2006/relationships"><Relationship Id="rId1" Type="${FORMAT}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${FORMAT}/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'docProps/core.xml': `${HEAD}<cp:coreProperties xmlns:cp="${FORMAT}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(title)}</dc:title><dc:language>${locale}</dc:language></cp:coreProperties>`,
    'word/document.xml': `${HEAD}<w:document ${SPACES}><w:body>${body.join('')}${section}</w:body></w:document>`,
    'word/_rels/document.xml.rels': `${HEAD}<Relationships xmlns="${FORMAT}/package/2006/relationships"><Relationship Id="rId1" Type="${FORMAT}/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${FORMAT}/officeDocument/2006/relationships/settings" Target="settings.xml"/>${partFiles.map(({ kind, path, id }) => `<Relationship Id="${id}" Type="${FORMAT}/officeDocument/2006/relationships/${kind}" Target="${path.slice('word/'.length)}"/>`).join('')}</Relationships>`,
    'word/styles.xml': styles(locale, font, size),
    'word/settings.xml': `${HEAD}<w:settings ${SPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`,
    ...Object.fromEntries(partFiles.map(({ path, xml }) => [path, xml])),
  };
  return zip(Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text, 'utf8') })));
}

/** Without times, so that the same description makes the same bytes. */
function zip(entries) {
  const locals = [];
  const lines = [];
  let at = 0;
  for (const { name, content } of entries) {
    const packed = deflateRawSync(content, { level: 9 });
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    lines.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, rest, path]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(lines);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}
