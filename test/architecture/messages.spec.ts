import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import ts from 'typescript';
import { files, findings, fixedText, parse, read, sources } from './house.js';

type Tree = { [key: string]: string | Tree };
type Node = { type?: string; [key: string]: unknown };

const LOCALES = ['be', 'ru', 'en'] as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;
const SHAPE = /^[a-z]\w*(\.\w+)+$/i;

const messages = Object.fromEntries(LOCALES.map((locale) => [locale, load(locale)])) as Record<
  (typeof LOCALES)[number],
  Map<string, string>
>;
/** Beginnings of keys that the code puts together in a way that cannot be seen, and the file that does it. */
const computed = JSON.parse(read('test/architecture/computed-messages.json')) as Record<string, string>;

function load(locale: string): Map<string, string> {
  const flatten = (tree: Tree, prefix: string): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
    );
  return new Map(flatten(JSON.parse(read(`src/platform/i18n/messages/${locale}.json`)) as Tree, ''));
}

/** Keys without their plural endings. */
function bases(locale: (typeof LOCALES)[number]): Set<string> {
  return new Set([...messages[locale].keys()].map((key) => key.replace(PLURAL, '')));
}

/** Names in {{…}} by key; the plural forms of a key count as one text, since "one book" needs no number. */
function placeholders(locale: (typeof LOCALES)[number]): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const [key, text] of messages[locale]) {
    const names = (found[key.replace(PLURAL, '')] ??= new Set());
    for (const [, name] of text.matchAll(/\{\{\s*-?\s*([\w.]+)/g)) names.add(name!);
  }
  return Object.fromEntries(Object.entries(found).map(([key, names]) => [key, [...names].sort()]));
}

function walk(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => walk(item, see));
  if (value === null || typeof value !== 'object') return;
  const node = value as Node;
  if (typeof node.type === 'string') see(node);
  for (const key of Object.keys(node)) if (key !== 'loc') walk(node[key], see);
}

const pages = files('templates', '.hbs').map((path) => ({ path, ast: Handlebars.parse(read(path)) }));
const house = sources();

/** Keys that a template asks for by name, with where. */
function askedByTemplates(): string[] {
  const asked: string[] = [];
  for (const { path, ast } of pages) {
    walk(ast, (node) => {
      const name = (node['path'] as { original?: unknown } | undefined)?.original;
      const [first] = (node['params'] ?? []) as { type: string; value?: unknown }[];
      if ((name === 't' || name === 'hasText') && first?.type === 'StringLiteral')
        asked.push(`${path} ${String(first.value)}`);
    });
  }
  return asked;
}

/** Keys that code asks for by name: what the translator is called with, and the codes of errors. */
function askedByCode(list = house): string[] {
  return findings(list, (node) => {
    if (ts.isStringLiteralLike(node) && /^error(\.\w+)+$/.test(node.text)) return node.text;
    if (!ts.isCallExpression(node) || !/(^|\.)(web|translator)\.t$/.test(node.expression.getText())) return undefined;
    return node.arguments.filter(ts.isStringLiteralLike).find(({ text }) => SHAPE.test(text))?.text;
  });
}

function written(): { exact: Set<string>; beginnings: Set<string> } {
  const exact = new Set<string>();
  const beginnings = new Set(Object.keys(computed));
  const begin = (text: string) => /^\w+\.[\w.]*$/.test(text) && beginnings.add(text);
  const see = (text: string) => void (text.endsWith('.') ? begin(text) : exact.add(text));
  findings(house, (node) => {
    const text = fixedText(node);
    if (text !== undefined && ts.isTemplateHead(node)) begin(text);
    else if (text !== undefined) see(text);
    return undefined;
  });
  for (const { ast } of pages) {
    walk(ast, (node) => {
      if (node.type === 'StringLiteral') see(String(node['value']));
      const [first] = (node['params'] ?? []) as { type: string; value?: unknown }[];
      if (
        (node['path'] as { original?: unknown } | undefined)?.original === 'concat' &&
        first?.type === 'StringLiteral'
      )
        begin(String(first.value));
      const value = node['value'] as { type?: string; value?: unknown } | undefined;
      // {{> select labels="registration.category"}} shows `${labels}.${value}`
      if (node.type === 'HashPair' && node['key'] === 'labels' && value?.type === 'StringLiteral')
        beginnings.add(`${String(value.value)}.`);
    });
  }
  return { exact, beginnings };
}

describe('messages', () => {
  it('exist in every language', () => {
    expect(bases('en').size).toBeGreaterThan(0);
    for (const locale of LOCALES)
      expect({ locale, keys: [...bases(locale)].sort() }).toEqual({ locale, keys: [...bases('en')].sort() });
  });

  it('have every plural form of their language, in all languages or in none', () => {
    const plurals = new Set(
      LOCALES.flatMap((locale) =>
        [...messages[locale].keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')),
      ),
    );
    const missing = LOCALES.flatMap((locale) => {
      const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      return [...plurals].flatMap((key) =>
        forms.filter((form) => !messages[locale].has(`${key}_${form}`)).map((form) => `${locale}: ${key}_${form}`),
      );
    });
    expect(missing).toEqual([]);
  });

  it('take the same values in every language', () => {
    for (const locale of LOCALES)
      expect({ locale, values: placeholders(locale) }).toEqual({ locale, values: placeholders('en') });
  });

  it('are written, and in the letters of their language', () => {
    // Belarusian has no и, щ, ъ, Russian no і, ў: a sentence copied into the wrong file shows. Languages name themselves,
    // and an example in quotation marks may be in any.
    const foreign = { be: /[ищъ]/i, ru: /[іў]/i, en: /\p{Script=Cyrillic}+\s+\p{Script=Cyrillic}/u };
    const own = (text: string) => text.replace(/«[^»]*»|“[^”]*”/g, '');
    const wrong = LOCALES.flatMap((locale) =>
      [...messages[locale]]
        .filter(([key, text]) => text.trim() === '' || (foreign[locale].test(own(text)) && !/language/i.test(key)))
        .map(([key, text]) => `${locale} ${key}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('are there for every key that code and templates ask for', () => {
    expect(
      askedByCode([
        parse(
          'src/x.ts',
          "web.t('a.b'); this.translator.t(locale, 'a.c', {}); new NotFound('error.d'); other.t('a.e');",
        ),
      ]),
    ).toHaveLength(3);
    const known = bases('en');
    const asked = [...askedByTemplates(), ...askedByCode()];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((line) => !known.has(line.split(' ').at(-1)!))).toEqual([]);
  });

  it('are all used', () => {
    const { exact, beginnings } = written();
    const unused = [...bases('en')].filter(
      (key) => !exact.has(key) && ![...beginnings].some((beginning) => key.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });

  it('that are put together at run time are listed with the file that does it, which exists', () => {
    const known = [...bases('en')];
    expect(Object.keys(computed).filter((beginning) => !known.some((key) => key.startsWith(beginning)))).toEqual([]);
    const paths = new Set([...house.map(({ path }) => path), ...pages.map(({ path }) => path)]);
    expect(Object.values(computed).filter((path) => !paths.has(path))).toEqual([]);
  });
});
