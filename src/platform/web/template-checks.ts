import Handlebars from 'handlebars';

/** Helpers whose answer is markup: inside an attribute their quotes would end it. */
export const MARKUP_HELPERS: ReadonlySet<string> = new Set(['loc', 'name', 'markdown', 'timeTag', 'json']);

const FORBIDDEN: readonly [pattern: RegExp, reason: string][] = [
  [/<[^>]*\sstyle\s*=/i, 'style attribute'],
  [/<style[\s>]/i, 'style element'],
  [/<[^>]*\son[a-z]+\s*=/i, 'event attribute'],
  [/<[^>]*\shx-on/i, 'hx-on attribute'],
  [/<script(?![^>]*\s(?:src=|type="application\/(?:ld\+)?json"))[^>]*>/i, 'inline script'],
  [/\b(?:href|src|action)\s*=\s*"?\s*javascript:/i, 'javascript: address'],
];

const MARKUP_IN_ATTRIBUTE = new RegExp(`=\\s*"[^"<>]*\\{\\{\\s*(?:${[...MARKUP_HELPERS].join('|')})\\s`);

type Node = { type?: string; [key: string]: unknown };

/** Everything that a page may not hold ([B2], [X2]), found before the first request. */
export function templateFaults(
  source: string,
  ast: hbs.AST.Program,
  partials: ReadonlySet<string>,
  helpers?: ReadonlySet<string>,
): string[] {
  const text = source.replace(/\{\{!--[\s\S]*?--\}\}/g, '');
  // A block tag between attributes ends no element, so its braces must not hide what follows it.
  const markup = text.replace(/\{\{[#/^~]?[^}]*\}\}/g, (tag) => tag.replace(/[<>]/g, ' '));
  const faults = FORBIDDEN.filter(([pattern]) => pattern.test(markup)).map(([, reason]) => reason);
  if (hasBareAttribute(text)) faults.push('attribute without quotes');
  if (MARKUP_IN_ATTRIBUTE.test(markup)) faults.push('a helper that makes markup stands in an attribute');
  walk(ast as unknown as Node, (node) => {
    if (node.type === 'MustacheStatement' && node['escaped'] === false) faults.push('triple-stash');
    if (helpers && CALLS.has(String(node.type))) faults.push(...callFaults(node, helpers));
    if (node.type === 'PartialStatement' || node.type === 'PartialBlockStatement')
      faults.push(...partialFaults(node, partials));
  });
  return faults;
}

function partialFaults(node: Node, partials: ReadonlySet<string>): string[] {
  const name = (node['name'] as { original?: unknown }).original;
  return typeof name === 'string' && !name.startsWith('@') && !partials.has(name) ? [`unknown partial ${name}`] : [];
}

/** A value outside quotes, as in `class={{kind}}`: a blank in it would begin another attribute. */
function hasBareAttribute(text: string): boolean {
  const tags = text.replace(/\{\{[^}]*\}\}/g, '\uf8f0').match(/<[a-z][^>]*>/gi) ?? [];
  return tags.some((tag) => /=\s*\uf8f0/.test(tag.replace(/"[^"]*"/g, '""')));
}

const CALLS: ReadonlySet<string> = new Set(['MustacheStatement', 'BlockStatement', 'SubExpression']);

function callFaults(node: Node, helpers: ReadonlySet<string>): string[] {
  const { original } = node['path'] as { original?: unknown };
  const called =
    node.type === 'SubExpression' || (node['params'] as unknown[]).length > 0 || node['hash'] !== undefined;
  return called && !helpers.has(String(original)) ? [`unknown helper ${String(original)}`] : [];
}

/** Makes `{{name}}` the value of that name, as everybody means it, where a helper that wants arguments is called the same. */
export function preferValues(ast: hbs.AST.Program, helpers: ReadonlySet<string>): void {
  walk(ast as unknown as Node, (node) => {
    if (node.type !== 'MustacheStatement' || (node['params'] as unknown[]).length > 0 || node['hash'] !== undefined)
      return;
    const path = node['path'] as { type?: string; original?: string; parts?: unknown[] };
    if (path.type === 'PathExpression' && helpers.has(path.original ?? '')) path.original = `this.${path.original}`;
  });
}

/**
 * Partials see only what they are given, never the fields around them by accident. The block of `{{#> partial}}` however
 * belongs to its writer: it keeps the context it is written in, carried through the partial as `_context`.
 */
export function keepBlockContext(ast: hbs.AST.Program): void {
  walk(ast as unknown as Node, (node) => {
    const { loc } = node;
    if (node.type === 'PartialBlockStatement') {
      const pair = { type: 'HashPair', key: '_context', value: pathTo([], 'this', loc), loc };
      const hash = node['hash'] as { pairs: unknown[] } | undefined;
      if (hash) hash.pairs.push(pair);
      else node['hash'] = { type: 'Hash', pairs: [pair], loc };
    }
    const isBlock =
      node.type === 'PartialStatement' && (node['name'] as { original?: unknown }).original === '@partial-block';
    if (isBlock) node['params'] = [pathTo(['_context'], '_context', loc)];
  });
}

function pathTo(parts: string[], original: string, loc: unknown): object {
  return { type: 'PathExpression', data: false, depth: 0, parts, original, loc };
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => walk(item, visit));
  if (value === null || typeof value !== 'object') return;
  const node = value as Node;
  if (typeof node.type === 'string') visit(node);
  for (const key of Object.keys(node)) if (key !== 'loc') walk(node[key], visit);
}

/** Parses a template; the error names the file. */
export function parseTemplate(name: string, source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    throw new Error(`templates/${name}.hbs: ${(error as Error).message}`, { cause: error });
  }
}
