import { readDocx } from '../../src/platform/documents/docx-package.js';
import { unzipped } from '../../src/platform/documents/zip-archive.js';
import { zipped } from '../../src/platform/documents/zip-writer.js';

const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const SPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** A paragraph; several texts are several runs, as Word splits them. */
export const para = (...texts: readonly string[]): string =>
  `<w:p>${texts.map((text) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`).join('')}</w:p>`;

/** A table of one paragraph in each cell. */
export const grid = (...rows: readonly (readonly string[])[]): string =>
  `<w:tbl><w:tblPr/><w:tblGrid/>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc><w:tcPr/>${para(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export interface DocxParts {
  /** Instead of or beside the parts of a plain document. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  readonly relations?: string;
  readonly mainType?: string;
  readonly header?: string;
}

/** A .docx with this body, as simple as one can be. */
export function docxOf(
  body: string,
  { parts = {}, relations = '', mainType = `${WORD}.document.main+xml`, header }: DocxParts = {},
): Buffer {
  const withHeader = header === undefined ? '' : `<Relationship Id="h1" Type="${OFFICE}/header" Target="header1.xml"/>`;
  const all: Record<string, string | Buffer> = {
    '[Content_Types].xml': `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${mainType}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${SPACES}><w:body>${body}<w:sectPr/></w:body></w:document>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${RELATIONS}">${withHeader}${relations}</Relationships>`,
    ...(header === undefined ? {} : { 'word/header1.xml': `<w:hdr ${SPACES}>${header}</w:hdr>` }),
    ...parts,
  };
  return zipped(Object.entries(all).map(([name, content]) => ({ name, content: Buffer.from(content as string) })));
}

/** The texts of its paragraphs, in their order. */
export const textsOf = (bytes: Buffer): string[] => readDocx(bytes).paragraphs.map(({ text }) => text);

/** One of its parts as text. */
export function partOf(bytes: Buffer, name: string): string {
  return unzipped(bytes)
    .find((entry) => entry.name === name)!
    .content.toString('utf8');
}
