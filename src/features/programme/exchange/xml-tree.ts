import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { unreadable } from '../../../platform/documents/file-problem.rules.js';

/** An element with what is of interest of it; text is all that stands inside, without that of other elements. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const DEEPEST = 40;

/**
 * Reads a document into elements. It knows the five entities of XML and no others: a document that declares its own, or
 * points to another file, is refused, so nothing is ever expanded or fetched. Throws UnreadableFile with the line.
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  parser.on('error', () => unreadable('exchange.problem.xml', String(parser.line), { column: parser.column }));
  parser.on('doctype', (doctype) => {
    if (/[[]|\b(SYSTEM|PUBLIC)\b/.test(doctype)) unreadable('file.problem.doctype', String(parser.line));
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const element: XmlElement = { name, line: parser.line, attributes, children: [], text: '' };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root ??= element;
    if (open.push(element) > DEEPEST) unreadable('exchange.problem.deep', String(parser.line));
  });
  const add = (more: string): void => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root ?? unreadable('exchange.problem.xml', '1', { column: 0 });
}
