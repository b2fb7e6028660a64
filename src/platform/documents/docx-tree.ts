import type { XmlGeneralNode, XmlNode, XmlTextNode } from 'easy-template-x';
import { readTags, type DocxTag } from './docx-fields.rules.js';
import { isRightToLeft, scriptRuns, type ScriptRun } from './docx-scripts.rules.js';

/** Non-characters, which no value can hold ([X1]): where a value begins, its braces while tags are looked for, its line breaks. */
export const VALUE = { begin: '\ufdd2', open: '\ufdd0', close: '\ufdd1', line: '\ufdd3' } as const;

const DROPPED = 'dropped';

/**
 * A loop or condition whose tags stand alone in their paragraphs takes those paragraphs with it: nobody wants the empty
 * lines. The library repeats whole paragraphs then, and `dropMarkedParagraphs` takes out those that held a tag alone.
 */
export function markLoneLoops(root: XmlNode): void {
  const open: { tag: DocxTag; paragraph: XmlGeneralNode; lone: boolean }[] = [];
  for (const paragraph of descendants(root, 'w:p')) {
    const text = ownTexts(paragraph)
      .map((node) => node.textContent)
      .join('');
    const place = { container: '', table: null, cell: null, inControl: false };
    const { tags } = readTags([{ text, ...place }]);
    if (tags.some(({ kind }) => kind !== 'field')) flatten(paragraph);
    for (const tag of tags) {
      const lone = text.trim() === tag.raw;
      if (tag.kind === 'open') open.push({ tag, paragraph, lone });
      if (tag.kind !== 'close') continue;
      const opened = open.pop();
      if (!opened?.lone || !lone || opened.paragraph === paragraph) continue;
      if (opened.paragraph.parentNode !== paragraph.parentNode) continue;
      replaceText(
        opened.paragraph,
        `{{#${opened.tag.asks === 'each' ? '' : `${opened.tag.asks} `}${opened.tag.name} [loopOver: "paragraph"]}}`,
      );
      for (const one of [opened.paragraph, paragraph]) (one.attributes ??= {})[DROPPED] = '1';
    }
  }
}

/**
 * Only runs survive where the library takes a paragraph apart: page numbers become fields made of runs, links and tracked
 * insertions the runs that they hold.
 */
function flatten(paragraph: XmlGeneralNode): void {
  const runsOf = (node: XmlNode): XmlNode[] => {
    if (node.nodeName === 'w:pPr' || node.nodeName === 'w:r') return [node];
    const inner = (node.childNodes ?? []).flatMap(runsOf);
    if (node.nodeName !== 'w:fldSimple') return node.nodeName === 'w:del' ? [] : inner;
    const mark = (type: string) => withAttributes(element('w:fldChar', []), { 'w:fldCharType': type });
    const words = {
      nodeType: 'Text',
      nodeName: '#text',
      textContent: (node as XmlGeneralNode).attributes?.['w:instr'],
    };
    const code = withAttributes(element('w:instrText', [words as XmlTextNode]), { 'xml:space': 'preserve' });
    const before = [mark('begin'), code, mark('separate')].map((one) => element('w:r', [one]));
    return [...before, ...inner, element('w:r', [mark('end')])];
  };
  paragraph.childNodes = (paragraph.childNodes ?? []).flatMap(runsOf);
  relink(paragraph);
}

export function dropMarkedParagraphs(root: XmlNode): void {
  for (const paragraph of descendants(root, 'w:p')) {
    if (paragraph.attributes?.[DROPPED] === undefined) continue;
    delete paragraph.attributes[DROPPED];
    const siblings = (paragraph.parentNode!.childNodes ?? []).filter(({ nodeName }) => nodeName.startsWith('w:'));
    const at = siblings.indexOf(paragraph);
    const [before, after] = [siblings[at - 1]?.nodeName, siblings[at + 1]?.nodeName];
    // Two tables without a paragraph between become one; a cell, and the text as a whole, must end with a paragraph.
    const keeps = before === 'w:tbl' && after !== 'w:p';
    const isOnly = siblings.filter(({ nodeName }) => nodeName === 'w:p').length === 1;
    if (!keeps && !isOnly) remove(paragraph);
  }
}

/** Values get their braces back, and pieces in other scripts what these need to print: direction and font. */
export function finishValues(root: XmlNode): void {
  for (const node of everything(root)) {
    const description = isElement(node) && node.nodeName === 'wp:docPr' ? node.attributes?.['descr'] : undefined;
    if (description !== undefined) (node as XmlGeneralNode).attributes!['descr'] = withBraces(description);
  }
  for (const paragraph of descendants(root, 'w:p')) {
    let hasValues = false;
    for (const run of ownRuns(paragraph)) {
      if (!texts(run).some(({ textContent }) => textContent.includes(VALUE.begin))) continue;
      hasValues = true;
      splitByScript(run);
    }
    for (const node of ownTexts(paragraph)) node.textContent = withBraces(node.textContent);
    const text = ownTexts(paragraph)
      .map(({ textContent }) => textContent)
      .join('');
    if (hasValues && isRightToLeft(text)) setProperty(paragraph, 'w:pPr', 'w:bidi', {});
  }
}

function withBraces(text: string): string {
  return text
    .replaceAll(VALUE.begin, '')
    .replaceAll(VALUE.line, '\n')
    .replaceAll(VALUE.open, '{')
    .replaceAll(VALUE.close, '}');
}

/** Line breaks of values become breaks; the library would set them behind everything else in the run. */
function breakLines(run: XmlGeneralNode): void {
  run.childNodes = run.childNodes!.flatMap((child): XmlNode[] => {
    if (child.nodeName !== 'w:t') return [child];
    const text = texts(child)
      .map(({ textContent }) => textContent)
      .join('');
    return text
      .split(VALUE.line)
      .flatMap((line, at) => [...(at > 0 ? [element('w:br', [])] : []), ...(line === '' ? [] : [textElement(line)])]);
  });
  relink(run);
}

function splitByScript(run: XmlGeneralNode): void {
  breakLines(run);
  const whole = texts(run).map(({ textContent }) => textContent.replaceAll(VALUE.begin, ''));
  const needsNothing = ({ rtl, eastAsian, font }: ScriptRun) => !rtl && !eastAsian && font === null;
  if (whole.every((text) => scriptRuns(text).every(needsNothing))) return;
  const properties = run.childNodes!.find(({ nodeName }) => nodeName === 'w:rPr');
  const pieces: XmlGeneralNode[] = [];
  const newRun = (): XmlGeneralNode => {
    const piece = element('w:r', properties ? [clone(properties)] : []);
    pieces.push(piece);
    return piece;
  };
  for (const child of run.childNodes!) {
    if (child === properties) continue;
    const text =
      child.nodeName === 'w:t'
        ? texts(child)
            .map(({ textContent }) => textContent)
            .join('')
        : null;
    if (text === null) {
      append(newRun(), clone(child));
      continue;
    }
    for (const part of scriptRuns(text.replaceAll(VALUE.begin, ''))) {
      const piece = newRun();
      set(piece, part);
      append(piece, textElement(part.text));
    }
  }
  const siblings = run.parentNode!.childNodes!;
  siblings.splice(siblings.indexOf(run), 1, ...pieces);
  relink(run.parentNode!);
}

function set(run: XmlGeneralNode, { rtl, eastAsian, font }: ScriptRun): void {
  if (rtl) {
    setProperty(run, 'w:rPr', 'w:rtl', {});
    setProperty(run, 'w:rPr', 'w:lang', { 'w:bidi': 'ar-SA' });
  }
  if (eastAsian) setProperty(run, 'w:rPr', 'w:rFonts', { 'w:hint': 'eastAsia', 'w:eastAsia': font! });
  else if (font !== null) setProperty(run, 'w:rPr', 'w:rFonts', { 'w:ascii': font, 'w:hAnsi': font, 'w:cs': font });
}

/** The order in which a schema wants what we set; whatever else there is stands between as it was. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  'w:rPr': [
    'w:rStyle',
    'w:rFonts',
    'w:b',
    'w:bCs',
    'w:i',
    'w:iCs',
    'w:caps',
    'w:smallCaps',
    'w:strike',
    'w:dstrike',
    'w:outline',
    'w:shadow',
    'w:emboss',
    'w:imprint',
    'w:noProof',
    'w:snapToGrid',
    'w:vanish',
    'w:webHidden',
    'w:color',
    'w:spacing',
    'w:w',
    'w:kern',
    'w:position',
    'w:sz',
    'w:szCs',
    'w:highlight',
    'w:u',
    'w:effect',
    'w:bdr',
    'w:shd',
    'w:fitText',
    'w:vertAlign',
    'w:rtl',
    'w:cs',
    'w:em',
    'w:lang',
    'w:eastAsianLayout',
    'w:specVanish',
    'w:oMath',
  ],
  'w:pPr': [
    'w:pStyle',
    'w:keepNext',
    'w:keepLines',
    'w:pageBreakBefore',
    'w:framePr',
    'w:widowControl',
    'w:numPr',
    'w:suppressLineNumbers',
    'w:pBdr',
    'w:shd',
    'w:tabs',
    'w:suppressAutoHyphens',
    'w:kinsoku',
    'w:wordWrap',
    'w:overflowPunct',
    'w:topLinePunct',
    'w:autoSpaceDE',
    'w:autoSpaceDN',
    'w:bidi',
    'w:adjustRightInd',
    'w:snapToGrid',
    'w:spacing',
    'w:ind',
    'w:contextualSpacing',
    'w:mirrorIndents',
    'w:suppressOverlap',
    'w:jc',
    'w:textDirection',
    'w:textAlignment',
    'w:textboxTightWrap',
    'w:outlineLvl',
    'w:divId',
    'w:cnfStyle',
    'w:rPr',
    'w:sectPr',
    'w:pPrChange',
  ],
};

/** Sets a property of a run or paragraph (ECMA-376 17.3), in the place that the schema has for it. */
function setProperty(owner: XmlGeneralNode, group: string, name: string, attributes: Record<string, string>): void {
  let properties = owner.childNodes?.find(({ nodeName }) => nodeName === group) as XmlGeneralNode | undefined;
  if (!properties) {
    properties = element(group, []);
    (owner.childNodes ??= []).unshift(properties);
    relink(owner);
  }
  const known = properties.childNodes?.find(({ nodeName }) => nodeName === name) as XmlGeneralNode | undefined;
  if (known) known.attributes = { ...known.attributes, ...attributes };
  else {
    const order = ORDER[group]!;
    const children = (properties.childNodes ??= []);
    const place = children.findIndex(({ nodeName }) => order.indexOf(nodeName) > order.indexOf(name));
    children.splice(place < 0 ? children.length : place, 0, { ...element(name, []), attributes });
    relink(properties);
  }
}

// The trees of the library, without loading it.

function isElement(node: XmlNode): node is XmlGeneralNode {
  return node.nodeType === 'General';
}

function* everything(node: XmlNode): Generator<XmlNode> {
  yield node;
  for (const child of node.childNodes ?? []) yield* everything(child);
}

/** In the order of the document; a list, because what is found may be changed. */
function descendants(root: XmlNode, name: string): XmlGeneralNode[] {
  return [...everything(root)].filter((node): node is XmlGeneralNode => isElement(node) && node.nodeName === name);
}

function* below(node: XmlNode): Generator<XmlNode> {
  for (const child of node.childNodes ?? []) {
    // Paragraphs in a text box are none of the one that holds the box.
    if (child.nodeName === 'w:p') continue;
    yield child;
    yield* below(child);
  }
}

function ownRuns(paragraph: XmlNode): XmlGeneralNode[] {
  return [...below(paragraph)].filter((node): node is XmlGeneralNode => isElement(node) && node.nodeName === 'w:r');
}

function ownTexts(paragraph: XmlNode): XmlTextNode[] {
  return [...below(paragraph)].filter(isWords);
}

function texts(node: XmlNode): XmlTextNode[] {
  return [...below(node)].filter(isWords);
}

function isWords(node: XmlNode): node is XmlTextNode {
  return node.nodeType === 'Text' && node.parentNode?.nodeName === 'w:t';
}

function replaceText(paragraph: XmlGeneralNode, text: string): void {
  const [first, ...rest] = ownTexts(paragraph);
  first!.textContent = text;
  for (const node of rest) node.textContent = '';
}

function element(nodeName: string, childNodes: XmlNode[]): XmlGeneralNode {
  const node = { nodeType: 'General', nodeName, childNodes } as XmlGeneralNode;
  relink(node);
  return node;
}

function textElement(text: string): XmlGeneralNode {
  const words = { nodeType: 'Text', nodeName: '#text', textContent: text } as XmlTextNode;
  return withAttributes(element('w:t', [words]), { 'xml:space': 'preserve' });
}

function withAttributes(node: XmlGeneralNode, attributes: Record<string, string>): XmlGeneralNode {
  node.attributes = attributes;
  return node;
}

function append(parent: XmlGeneralNode, child: XmlNode): void {
  (parent.childNodes ??= []).push(child);
  relink(parent);
}

function remove(node: XmlNode): void {
  const parent = node.parentNode!;
  parent.childNodes = parent.childNodes!.filter((child) => child !== node);
  relink(parent);
}

function clone(node: XmlNode): XmlNode {
  const copy = { ...node } as XmlGeneralNode;
  if (copy.attributes) copy.attributes = { ...copy.attributes };
  if (node.childNodes) {
    copy.childNodes = node.childNodes.map(clone);
    relink(copy);
  }
  return copy;
}

function relink(parent: XmlNode): void {
  const children = parent.childNodes ?? [];
  children.forEach((child, at) => {
    child.parentNode = parent;
    const next = children[at + 1];
    if (next) child.nextSibling = next;
    else delete child.nextSibling;
  });
}
