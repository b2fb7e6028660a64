/** A reader of iCalendar that forgives nothing and shares no code with the writer or with ical.js. */
export interface Line {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
}

export interface Component {
  readonly name: string;
  readonly lines: Line[];
  readonly children: Component[];
  /** Properties that stand behind a sub-component. */
  readonly late: string[];
  /** Content lines, BEGIN and END included. */
  length: number;
}

export class GrammarError extends Error {}

const PROPERTY = /^([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/su;
const PARAMETER = /;([A-Z][A-Z0-9-]*)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/gu;
const PARAMETER_VALUE = /"([^"]*)"|([^",]+)/gu;

export function unfold(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

export function parseLine(content: string): Line {
  const match = PROPERTY.exec(content);
  if (!match) throw new GrammarError(`not a content line: ${content}`);
  const parameters = new Map<string, string[]>();
  for (const [, name = '', list = ''] of (match[2] ?? '').matchAll(PARAMETER)) {
    parameters.set(
      name,
      [...list.matchAll(PARAMETER_VALUE)].map(([, quoted, bare]) => uncaret(quoted ?? bare ?? '')),
    );
  }
  return { name: match[1] ?? '', parameters, value: match[3] ?? '' };
}

export function parseComponents(lines: readonly string[]): Component[] {
  const root: Component = { name: '', lines: [], children: [], late: [], length: 0 };
  const open = [root];
  for (const content of lines) {
    const line = parseLine(content);
    const inside = open.at(-1);
    if (!inside) throw new GrammarError('END without BEGIN');
    for (const component of open) component.length += 1;
    if (line.name === 'BEGIN') {
      const child: Component = { name: line.value, lines: [], children: [], late: [], length: 1 };
      inside.children.push(child);
      open.push(child);
    } else if (line.name === 'END') {
      if (inside.name !== line.value) throw new GrammarError(`END:${line.value} inside ${inside.name}`);
      open.pop();
    } else {
      inside.lines.push(line);
      if (inside.children.length > 0) inside.late.push(line.name);
    }
  }
  if (open.length !== 1 || root.lines.length > 0)
    throw new GrammarError('a component is not closed, or a line outside');
  return root.children;
}

export function all(component: Component, name: string): Line[] {
  return component.lines.filter((line) => line.name === name);
}

export function valueOf(component: Component, name: string): string | undefined {
  return all(component, name)[0]?.value;
}

export function unescapeText(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter));
}

/** Items of a list of TEXT. */
export function textItems(value: string): string[] {
  return value.split(/(?<!\\)(?:\\\\)*,/).length === 1
    ? [unescapeText(value)]
    : [...value.matchAll(/(?:\\.|[^\\,])+/gsu)].map(([item]) => unescapeText(item));
}

function uncaret(value: string): string {
  return value.replace(/\^([n^'])/g, (_, letter: string) => ({ n: '\n', '^': '^', "'": '"' })[letter] ?? '');
}
