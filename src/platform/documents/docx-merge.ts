import type { ScopeDataArgs, TemplateContent, TemplateData, TemplateExtension, XmlNode } from 'easy-template-x';
import {
  isGrid,
  isImage,
  isList,
  isThere,
  valueAt,
  type DocxData,
  type DocxImage,
  type EmptyField,
} from './docx-data.rules.js';
import { gridXml, type DocxGrid } from './docx-grid.rules.js';
import { readDocx } from './docx-package.js';
import { documentText } from './docx-scripts.rules.js';
import { DEEPEST } from './docx-text.js';
import { dropMarkedParagraphs, finishValues, markLoneLoops, VALUE } from './docx-tree.js';
import { unzipped } from './zip-archive.js';
import { zipped } from './zip-writer.js';

/** What programs show of a document beside its text. What the author of the template left there is taken away. */
export interface DocxProperties {
  readonly title: string;
  /** `be`, `ru` or `en`. */
  readonly language: string;
}

export interface MergedDocx {
  readonly bytes: Buffer;
  /** Fields of the template that stayed empty, in its order. */
  readonly empty: readonly EmptyField[];
}

const PIXELS_IN_MM = 96 / 25.4;
const PROPERTIES = /^docProps\//;

/**
 * A document made of a template: fields filled in, lists repeated, what a condition leaves out left out. Values are text,
 * whatever they hold ([X3]); the same template and data always make the same bytes. Throws UnreadableFile where the template
 * is no harmless .docx; one that `checkTemplate` finds problems in may fail in any way.
 */
export async function mergeDocx(template: Buffer, data: DocxData, properties: DocxProperties): Promise<MergedDocx> {
  const { entries } = readDocx(template);
  // Loaded with the first document: few processes ever make one.
  const { TemplateHandler, TemplateExtension: Extension } = await import('easy-template-x');
  const empty = new Map<string, string[]>();
  const handler = new TemplateHandler({
    delimiters: { tagStart: '{{', tagEnd: '}}' },
    maxXmlDepth: 2 * DEEPEST,
    scopeDataResolver: (args) => resolved(data, args, empty) as TemplateContent,
    extensions: {
      beforeCompilation: [step(Extension, markLoneLoops)],
      afterCompilation: [step(Extension, dropMarkedParagraphs), step(Extension, finishValues)],
    },
  });
  // Packed anew, so that the library unpacks what was looked at and nothing else.
  const merged = await handler.process(zipped(entries), {} as TemplateData);
  const parts = unzipped(merged, { damaged: 'file.problem.notDocx' }).filter(({ name }) => !name.endsWith('/'));
  return {
    bytes: zipped(
      parts.map(({ name, content }) =>
        PROPERTIES.test(name) ? { name, content: Buffer.from(propertiesXml(name, properties)) } : { name, content },
      ),
    ),
    empty: [...empty].map(([field, rows]) => ({ field, rows: rows.filter((row) => row !== '') })),
  };
}

/** What the library asks for at a tag. */
function resolved(data: DocxData, { path, strPath }: ScopeDataArgs, empty: Map<string, string[]>): unknown {
  const tag = path.at(-1);
  if (typeof tag !== 'object') return undefined;
  const around = strPath.slice(0, -1).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const [, asks, name] = /^(?:(any|not)\s+)?(.*)$/s.exec(tag.name)!;
  const value = valueAt(data, around, name!);
  if (tag.disposition !== 'SelfClosed') {
    if (asks !== undefined) return isThere(value) === (asks === 'any');
    // An entry is looked up by its path; the library needs only their number.
    return isList(value) ? value.map(() => ({})) : isThere(value);
  }
  if (isImage(value)) return imageContent(value);
  if (isGrid(value)) return gridContent(value);
  const text = typeof value === 'string' ? documentText(value) : '';
  if (text === '') note(empty, around, name!);
  return marked(text, tag.placement === 'Attribute');
}

function note(empty: Map<string, string[]>, around: readonly (string | number)[], name: string): void {
  const field = [...around.filter((part) => typeof part === 'string'), name].join('.');
  const row = around.flatMap((part) => (typeof part === 'number' ? [part + 1] : [])).join('.');
  const rows = empty.get(field) ?? [];
  if (!rows.includes(row)) rows.push(row);
  empty.set(field, rows);
}

/** Braces are taken away until nothing is replaced any more: what a row repeats is read for tags again. */
function marked(text: string, inAttribute: boolean): string {
  if (text === '') return '';
  const dead = withoutTags(text);
  // There the library puts it in with a pattern, to which `$&` means something.
  return inAttribute ? dead.replaceAll('$', '$$$$') : VALUE.begin + dead;
}

function withoutTags(text: string): string {
  return text.replaceAll('{', VALUE.open).replaceAll('}', VALUE.close).replaceAll('\n', VALUE.line);
}

function imageContent({ format, bytes, width, height, alt }: DocxImage): TemplateContent {
  const shown = { width: Math.round(width * PIXELS_IN_MM), height: Math.round(height * PIXELS_IN_MM) };
  const altText = withoutTags(escaped(documentText(alt)));
  return {
    _type: 'image',
    source: Buffer.from(bytes),
    format: `image/${format}`,
    ...shown,
    altText,
  } as TemplateContent;
}

function gridContent(grid: DocxGrid): TemplateContent {
  const xml = gridXml(grid, (words) => VALUE.begin + withoutTags(escaped(words)));
  return { _type: 'rawXml', xml, replaceParagraph: true } as TemplateContent;
}

function step(Extension: typeof TemplateExtension, run: (root: XmlNode) => void): TemplateExtension {
  return new (class extends Extension {
    async execute(_: unknown, { currentPart }: { currentPart: { xmlRoot(): Promise<XmlNode> } }): Promise<void> {
      run(await currentPart.xmlRoot());
    }
  })();
}

function propertiesXml(name: string, { title, language }: DocxProperties): string {
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const types = 'http://schemas.openxmlformats.org';
  if (name !== 'docProps/core.xml') {
    const kind = name === 'docProps/custom.xml' ? 'custom' : 'extended';
    return `${head}<Properties xmlns="${types}/officeDocument/2006/${kind}-properties"/>`;
  }
  const space = `xmlns:cp="${types}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`;
  return `${head}<cp:coreProperties ${space}><dc:title>${escaped(documentText(title))}</dc:title><dc:language>${language}</dc:language></cp:coreProperties>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
