import { TextDecoder } from 'node:util';
import { elementsOf, paragraphsOf } from './docx-text.js';
import type { DocxParagraph } from './docx-fields.rules.js';
import { unreadable } from './file-problem.rules.js';
import { isArchive, isOldExcel } from './table-file.js';
import { unzipped, type ZipEntry } from './zip-archive.js';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const MAIN = `${DOCX_TYPE}.main+xml`;
const MAX_UNPACKED = 60 * 1024 * 1024;
/** Texts alone; the rest may be pictures. */
const MAX_XML = 12 * 1024 * 1024;
const SAFE_NAME = /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\\\p{Cc}:]+$/u;
const RELATIONSHIP = /\/(header|footer)$/;
/** What may point outside: a link that a reader clicks. */
const LINK = /\/hyperlink$/;
const LINK_TARGET = /^(https?|mailto):/i;
/** Documents within the document, which are opened with it. */
const EMBEDDED = /\/(aFChunk|subDocument|oleObject|package|control|frame|attachedTemplate|mailMergeSource)$/;

/** A document of Word that was found harmless. */
export interface DocxPackage {
  readonly entries: readonly ZipEntry[];
  /** Of the text, its headers and footers. */
  readonly paragraphs: readonly DocxParagraph[];
}

/**
 * Reads a .docx and refuses everything in it that runs, fetches or hides: macros, documents inside, things from elsewhere,
 * document types, entries that lead out of the archive, more than it should unpack into. Throws UnreadableFile.
 */
export function readDocx(bytes: Buffer): DocxPackage {
  if (bytes.length === 0) unreadable('file.problem.empty');
  // Also what is protected with a password.
  if (isOldExcel(bytes)) unreadable('file.problem.oldWord');
  if (!isArchive(bytes)) unreadable('file.problem.notDocx');
  const entries = unzipped(bytes, { damaged: 'file.problem.notDocx', unpacked: MAX_UNPACKED }).filter(
    ({ name }) => !name.endsWith('/'),
  );
  checkNames(entries);
  const texts = textsOf(entries);
  checkTypes(texts);
  const main = mainPart(texts);
  const parts = [
    main,
    ...relationsOf(texts, main).flatMap(({ type, path }) => (RELATIONSHIP.test(type) ? [path] : [])),
  ];
  for (const [name, text] of texts) {
    if (name.endsWith('.rels')) checkRelations(name, text);
    // Whatever is XML is read once, so that no program sees in it what we do not.
    else if (!parts.includes(name)) elementsOf(name, text);
  }
  return {
    entries,
    paragraphs: parts.flatMap((part) =>
      paragraphsOf(part, texts.get(part) ?? unreadable('file.problem.notDocx', part)),
    ),
  };
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const folded = name.toLowerCase();
    if (!SAFE_NAME.test(name) || seen.has(folded)) unreadable('file.problem.notDocx');
    seen.add(folded);
    if (/vba(project|data)[^/]*$/.test(folded)) unreadable('file.problem.macros');
    if (/(^|\/)(activex|embeddings)\//.test(folded)) unreadable('file.problem.embedded');
  }
}

/** Parts that are XML by their names, as UTF-8: other encodings could hide what is looked for. */
function textsOf(entries: readonly ZipEntry[]): Map<string, string> {
  let size = 0;
  const texts = new Map<string, string>();
  for (const { name, content } of entries) {
    if (!/\.(xml|rels|vml)$/i.test(name)) continue;
    size += content.length;
    if (size > MAX_XML) unreadable('file.problem.unpacked');
    try {
      texts.set(name, new TextDecoder('utf-8', { fatal: true }).decode(content));
    } catch {
      unreadable('file.problem.notDocx', name);
    }
  }
  return texts;
}

function checkTypes(texts: ReadonlyMap<string, string>): void {
  const types = elementsOf(
    '[Content_Types].xml',
    texts.get('[Content_Types].xml') ?? unreadable('file.problem.notDocx'),
  );
  const all = types.map(({ attributes }) => attributes['ContentType'] ?? '');
  if (all.some((type) => /macroEnabled|vbaProject/i.test(type))) unreadable('file.problem.macros');
  if (all.some((type) => /wordprocessingml\.template\.main/i.test(type))) unreadable('file.problem.wordTemplate');
  if (!all.includes(MAIN)) unreadable('file.problem.notDocx');
}

interface Relation {
  readonly type: string;
  readonly path: string;
}

function mainPart(texts: ReadonlyMap<string, string>): string {
  const found = relationsOf(texts, '').find(({ type }) => type.endsWith('/officeDocument'));
  return found?.path ?? unreadable('file.problem.notDocx');
}

/** What a part (or, for '', the archive) refers to inside. */
function relationsOf(texts: ReadonlyMap<string, string>, part: string): Relation[] {
  const [folder, file] = [part.slice(0, part.lastIndexOf('/') + 1), part.slice(part.lastIndexOf('/') + 1)];
  const name = `${folder}_rels/${file}.rels`;
  return elementsOf(name, texts.get(name) ?? '<Relationships/>').flatMap(({ attributes }) => {
    const { Type: type, Target: target, TargetMode: mode } = attributes;
    if (type === undefined || target === undefined || mode === 'External') return [];
    return [{ type, path: target.startsWith('/') ? target.slice(1) : folder + target }];
  });
}

function checkRelations(name: string, xml: string): void {
  for (const { attributes } of elementsOf(name, xml)) {
    const { Type: type = '', Target: target = '', TargetMode: mode = 'Internal' } = attributes;
    if (EMBEDDED.test(type)) unreadable(mode === 'External' ? 'file.problem.external' : 'file.problem.embedded', name);
    if (mode === 'External' && !(LINK.test(type) && LINK_TARGET.test(target)))
      unreadable('file.problem.external', name);
  }
}
