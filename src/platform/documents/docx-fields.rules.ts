/**
 * What a template may ask for. A list has fields of its own; a flag is only asked whether it is so; a drawing takes the place
 * of its whole paragraph.
 */
export interface DocxField {
  readonly name: string;
  readonly type: 'text' | 'flag' | 'image' | 'drawing' | 'list';
  /** Of one entry of a list. */
  readonly fields?: readonly DocxField[];
  /** A template without it is unfinished: said when it is uploaded. */
  readonly expected?: boolean;
}

/** A paragraph of a template: its whole text, and where it stands. */
export interface DocxParagraph {
  readonly text: string;
  /** Paragraphs of one parent (body, cell, text box) have the same. */
  readonly container: string;
  /** The nearest table around it, and the cell in it; null outside of tables. */
  readonly table: string | null;
  readonly cell: string | null;
  /** Inside a content control, where nothing can be repeated. */
  readonly inControl: boolean;
}

/** A place in a template where something is filled in, repeated or left out. */
export interface DocxTag {
  readonly kind: 'field' | 'open' | 'close';
  readonly name: string;
  /** What an opening tag asks: `{{#not gifts}}` whether there is none, `{{#any gifts}}` whether there is any; else each of them. */
  readonly asks: 'each' | 'any' | 'not';
  readonly raw: string;
  readonly paragraph: DocxParagraph;
}

/** What is wrong with a template: a message key below `docx.problem`, and what it says. */
export interface DocxTagProblem {
  readonly problem:
    'braces' | 'name' | 'unknown' | 'unclosed' | 'unopened' | 'apart' | 'control' | 'listAsField' | 'flagAsField';
  /** The tag, or what stands near the braces. */
  readonly tag: string;
  /** The list or condition around it, from the outermost. */
  readonly inside: readonly string[];
}

/** A field that a template uses, and the lists around it. */
export interface UsedField {
  readonly name: string;
  readonly lists: readonly string[];
}

export interface CheckedTemplate {
  readonly problems: readonly DocxTagProblem[];
  /** Every field and list once, in the order of the document. */
  readonly used: readonly UsedField[];
  /** Expected fields that it does not use: `members`, `members.name`. */
  readonly missing: readonly string[];
}

const TAG = /\{\{(.*?)\}\}/gsu;
const NAME = /^(?<mark>[#/]?)\s*(?:(?<asks>any|not)\s+)?(?<name>[A-Za-z][A-Za-z0-9]*)\s*(?<option>\[[^\]]*\])?$/u;
/** How to repeat may be said as the library has it; quotation marks as word processors make them. */
const OPTION = /^\[\s*loopOver\s*:\s*["'“”„«»](row|column|paragraph|content)["'“”„«»]\s*\]$/u;

/** The tags of a template in their order, and everything that looks like one and is none. */
export function readTags(paragraphs: readonly DocxParagraph[]): { tags: DocxTag[]; problems: DocxTagProblem[] } {
  const tags: DocxTag[] = [];
  const problems: DocxTagProblem[] = [];
  const inside: readonly string[] = [];
  for (const paragraph of paragraphs) {
    let from = 0;
    const literal = (words: string) => {
      const stray = /\{\{|\}\}/.exec(words);
      if (stray) problems.push({ problem: 'braces', tag: near(words, stray.index), inside });
    };
    for (const match of paragraph.text.matchAll(TAG)) {
      literal(paragraph.text.slice(from, match.index));
      from = match.index + match[0].length;
      const tag = tagOf(match[0], match[1]!, paragraph);
      if (tag) tags.push(tag);
      else problems.push({ problem: 'name', tag: match[0].slice(0, 60), inside });
    }
    literal(paragraph.text.slice(from));
  }
  return { tags, problems };
}

function near(text: string, at: number): string {
  return text.slice(Math.max(0, at - 10), at + 30);
}

function tagOf(raw: string, inner: string, paragraph: DocxParagraph): DocxTag | null {
  const groups = NAME.exec(inner.trim())?.groups;
  if (!groups) return null;
  const { mark = '', asks = 'each', name = '', option } = groups;
  if ((asks !== 'each' && mark === '') || (option !== undefined && (mark !== '#' || !OPTION.test(option)))) return null;
  return {
    kind: mark === '#' ? 'open' : mark === '/' ? 'close' : 'field',
    name,
    asks: asks as DocxTag['asks'],
    raw,
    paragraph,
  };
}

interface Open {
  readonly tag: DocxTag;
  /** Fields of the list that it repeats; null for a condition. */
  readonly fields: readonly DocxField[] | null;
  /** Nobody knows what it is: what stands inside may belong to it. */
  readonly unknown: boolean;
}

/**
 * Compares a template with what it may ask for: tags that are broken, unknown or in a wrong place, and fields that it should
 * use and does not. A field is looked for in the innermost list first, then outwards, as when merging.
 */
export function checkTemplate(paragraphs: readonly DocxParagraph[], fields: readonly DocxField[]): CheckedTemplate {
  const { tags, problems: broken } = readTags(paragraphs);
  const problems = [...broken];
  const used = new Map<string, UsedField>();
  const open: Open[] = [];
  const lists = () => open.flatMap(({ tag, fields: own }) => (own ? [tag.name] : []));
  const refuse = (problem: DocxTagProblem['problem'], { raw }: DocxTag) =>
    problems.push({ problem, tag: raw, inside: open.map(({ tag }) => tag.name) });
  const find = (name: string): { field: DocxField; depth: number } | null => {
    const scopes = [fields, ...open.flatMap(({ fields: own }) => (own ? [own] : []))];
    for (let depth = scopes.length - 1; depth >= 0; depth--) {
      const field = scopes[depth]!.find((one) => one.name === name);
      if (field) return { field, depth };
    }
    return null;
  };
  for (const tag of tags) {
    if (tag.kind === 'close') {
      const opened = open.at(-1);
      if (opened?.tag.name !== tag.name || opened.tag.asks !== tag.asks) {
        refuse('unopened', tag);
        continue;
      }
      open.pop();
      if (!together(opened.tag.paragraph, tag.paragraph)) refuse('apart', opened.tag);
      continue;
    }
    const found = find(tag.name);
    if (!found) {
      if (!open.some(({ unknown }) => unknown)) refuse('unknown', tag);
    } else {
      const around = lists().slice(0, found.depth);
      used.set([...around, tag.name].join('.'), { name: tag.name, lists: around });
    }
    if (tag.kind === 'open') {
      if (tag.paragraph.inControl) refuse('control', tag);
      const repeats = found?.field.type === 'list' && tag.asks === 'each';
      open.push({ tag, fields: repeats ? (found.field.fields ?? []) : null, unknown: !found });
    } else if (found?.field.type === 'list') refuse('listAsField', tag);
    else if (found?.field.type === 'flag') refuse('flagAsField', tag);
  }
  for (const { tag } of open) problems.push({ problem: 'unclosed', tag: tag.raw, inside: [] });
  return { problems, used: [...used.values()], missing: missingOf(fields, used, []) };
}

/** Both in one body, cell or box; or in two cells of one table, whose rows are then repeated. */
function together(a: DocxParagraph, b: DocxParagraph): boolean {
  return a.container === b.container || (a.table !== null && a.table === b.table && a.cell !== b.cell);
}

function missingOf(
  fields: readonly DocxField[],
  used: ReadonlyMap<string, UsedField>,
  lists: readonly string[],
): string[] {
  return fields.flatMap((field): string[] => {
    const path = [...lists, field.name].join('.');
    if (!used.has(path)) return field.expected ? [path] : [];
    return missingOf(field.fields ?? [], used, [...lists, field.name]);
  });
}
