import { SaxesParser } from 'saxes';
import { unreadable } from './file-problem.rules.js';
import type { DocxParagraph } from './docx-fields.rules.js';

/** Deeper than any office program nests; readers of trees go down by calls. */
export const DEEPEST = 200;

/** Fields of Word that fetch something from elsewhere when the document is opened. */
const FETCHING = /^\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD)\b/i;

interface Around {
  readonly name: string;
  readonly id: string;
}

/**
 * The paragraphs of a part of a document in their order, those in tables and text boxes too, with the texts that stand in
 * pictures for them. Throws UnreadableFile for what is no XML, nests too deep or would fetch something when opened.
 */
export function paragraphsOf(part: string, xml: string): DocxParagraph[] {
  const done: DocxParagraph[] = [];
  const around: Around[] = [];
  const open: { text: string; code: string; at: number; paragraph: Omit<DocxParagraph, 'text'> }[] = [];
  let count = 0;
  let reads: 'text' | 'code' | null = null;
  const nearest = (...names: string[]) => around.findLast(({ name }) => names.includes(name))?.id ?? null;
  const parser = strictParser(part);
  parser.on('opentag', ({ name, attributes }) => {
    if (around.length >= DEEPEST) unreadable('file.problem.deep', part);
    if (name === 'w:p') {
      const paragraph = {
        container: around.at(-1)?.id ?? part,
        table: nearest('w:tbl'),
        cell: nearest('w:tc'),
        inControl: nearest('w:sdtContent') !== null,
      };
      open.push({ text: '', code: '', at: done.length, paragraph });
      done.push({ ...paragraph, text: '' });
    }
    around.push({ name, id: `${part}#${count++}` });
    const current = open.at(-1);
    if (name === 'w:t') reads = 'text';
    else if (name === 'w:instrText') reads = 'code';
    else if (name === 'w:br' && current) current.text += '\n';
    else if (name === 'w:tab' && current) current.text += '\t';
    else if (name === 'wp:docPr') described(attributes['descr']);
    else if (name === 'w:fldSimple' && FETCHING.test(String(attributes['w:instr'] ?? ''))) fetches();
  });
  const described = (text: unknown) => {
    // The library finds these apart from the text around them.
    if (typeof text === 'string' && text.includes('{{')) done.push({ ...placeOf(), text });
  };
  const placeOf = () => open.at(-1)?.paragraph ?? { container: part, table: null, cell: null, inControl: false };
  const fetches = () => unreadable('file.problem.fetches', part);
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (!current || !reads) return;
    current[reads] += text;
  });
  parser.on('closetag', ({ name }) => {
    around.pop();
    if (name === 'w:t' || name === 'w:instrText') reads = null;
    if (name !== 'w:p') return;
    const { text, code, at, paragraph } = open.pop()!;
    if (FETCHING.test(code)) fetches();
    done[at] = { ...paragraph, text };
  });
  parser.write(xml).close();
  return done;
}

/** Every element of a part with its attributes. Throws UnreadableFile for what is no XML. */
export function elementsOf(part: string, xml: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = [];
  let depth = 0;
  const parser = strictParser(part);
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > DEEPEST) unreadable('file.problem.deep', part);
    found.push({ name, attributes: attributes as Record<string, string> });
  });
  parser.on('closetag', () => void depth--);
  parser.write(xml).close();
  return found;
}

function strictParser(part: string): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => unreadable('file.problem.notDocx', part));
  // Names of one's own for texts, and the files that they may stand for.
  parser.on('doctype', () => unreadable('file.problem.doctype', part));
  return parser;
}
