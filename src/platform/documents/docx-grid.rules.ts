import { documentText } from './docx-scripts.rules.js';

/** A drawing made of the cells of a table, so that it stays editable and prints everywhere. Sizes are millimetres. */
export interface DocxGrid {
  readonly columns: readonly number[];
  readonly rows: readonly DocxGridRow[];
}

export interface DocxGridRow {
  readonly height: number;
  /** Together they span all columns. */
  readonly cells: readonly DocxGridCell[];
}

export interface DocxGridCell {
  readonly span: number;
  readonly lines?: readonly DocxGridLine[];
  /** RRGGBB; left out: nothing is drawn. */
  readonly fill?: string;
  /** RRGGBB of a line around it; left out: a white one, which keeps neighbours apart. */
  readonly frame?: string;
}

export interface DocxGridLine {
  readonly text: string;
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** RRGGBB. */
  readonly color?: string;
}

const TWIPS = 1440 / 25.4;
const COLOUR = /^[0-9A-F]{6}$/i;

/** The table as WordprocessingML (ECMA-376 17.4), and the paragraph that must follow it. `text` marks each text as a value. */
export function gridXml({ columns, rows }: DocxGrid, text: (words: string) => string): string {
  const twips = (length: number): number => Math.round(length * TWIPS);
  const width = twips(columns.reduce((sum, one) => sum + one, 0));
  const none = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="nil"/>`);
  const head = `<w:tblPr><w:tblW w:w="${width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>${none.join('')}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>`;
  const grid = columns.map((one) => `<w:gridCol w:w="${twips(one)}"/>`).join('');
  const body = rows.map(({ height, cells }) => {
    let at = 0;
    const inner = cells.map((cell) => {
      const taken = columns.slice(at, at + cell.span).reduce((sum, one) => sum + one, 0);
      at += cell.span;
      return cellXml(cell, twips(taken), text);
    });
    const size = `<w:trPr><w:cantSplit/><w:trHeight w:val="${twips(height)}" w:hRule="atLeast"/></w:trPr>`;
    return `<w:tr>${size}${inner.join('')}</w:tr>`;
  });
  const after = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>';
  return `<w:tbl>${head}<w:tblGrid>${grid}</w:tblGrid>${body.join('')}</w:tbl>${after}`;
}

function cellXml(
  { span, lines = [], fill, frame }: DocxGridCell,
  width: number,
  text: (words: string) => string,
): string {
  const edge = frame
    ? `w:val="single" w:sz="8" w:color="${colour(frame)}"`
    : 'w:val="single" w:sz="18" w:color="FFFFFF"';
  const edges = ['top', 'left', 'bottom', 'right'].map((side) => `<w:${side} ${edge} w:space="0"/>`).join('');
  const properties = [
    `<w:tcW w:w="${width}" w:type="dxa"/>`,
    span > 1 ? `<w:gridSpan w:val="${span}"/>` : '',
    fill || frame ? `<w:tcBorders>${edges}</w:tcBorders>` : '',
    fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${colour(fill)}"/>` : '',
    '<w:vAlign w:val="center"/>',
  ];
  const paragraphs = (lines.length > 0 ? lines : [null]).map((line) => paragraphXml(line, text));
  return `<w:tc><w:tcPr>${properties.join('')}</w:tcPr>${paragraphs.join('')}</w:tc>`;
}

function paragraphXml(line: DocxGridLine | null, text: (words: string) => string): string {
  const size = Math.round((line?.size ?? 2) * 2);
  const properties = [
    line?.bold ? '<w:b/><w:bCs/>' : '',
    line?.italic ? '<w:i/><w:iCs/>' : '',
    line?.color ? `<w:color w:val="${colour(line.color)}"/>` : '',
    `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
  ].join('');
  const words = line ? documentText(line.text) : '';
  const run =
    words === '' ? '' : `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text(words)}</w:t></w:r>`;
  return `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/><w:rPr>${properties}</w:rPr></w:pPr>${run}</w:p>`;
}

/** Only a colour gets into an attribute. */
function colour(value: string): string {
  return COLOUR.test(value) ? value : 'auto';
}
