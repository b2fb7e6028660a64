import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { files, parse, read, sources, visit, type Source } from './house.js';

/*
 * Every promise of the security page and every rule of the calendar page has an id, and the test that holds it carries the
 * id in its title. The two sets are compared here, so that a promise without a test is a decision that somebody wrote down
 * in not-yet.json, with the reason. The figures CN1–CN9 are lines of the benchmark, not tests.
 */
const lists = JSON.parse(read('test/architecture/promises.json')) as Record<'security' | 'calendar', string[]>;
const promised = new Set([...lists.security, ...lists.calendar]);
const notYet = JSON.parse(read('test/architecture/not-yet.json')) as Record<string, string>;

const ID = /\[([A-Z]{1,2}\d{1,2})\]/g;

interface Title {
  id: string;
  place: string;
}

/** Ids in titles of tests and of the groups around them; of `it.each` also those in the titles that its table holds. */
function idsInTitles(tests: readonly Source[]): Title[] {
  return tests.flatMap((source) => {
    const found: Title[] = [];
    visit(source.tree, (node) => {
      if (!ts.isCallExpression(node) || !/^(describe|it|test)\b/.test(node.expression.getText())) return;
      const [title] = node.arguments;
      if (!title || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return;
      const table = ts.isCallExpression(node.expression)
        ? node.expression.arguments.flatMap((list) => texts(source, list))
        : [];
      // it.each(BAD)('[%s] finds %s'): the rows begin with the id
      const rows = title.getText().includes('[%s]')
        ? table.filter((text) => /^[A-Z]{1,2}\d{1,2}$/.test(text)).map((text) => `[${text}]`)
        : [];
      const ids = [...[title.getText(), ...table, ...rows].join('\n').matchAll(ID)].map(([, id]) => id!);
      found.push(...ids.map((id) => ({ id, place: source.path })));
    });
    return found;
  });
}

/** The string literals of a table of cases, and of the constants of its file that it names. */
function texts(source: Source, table: ts.Node): string[] {
  const found: string[] = [];
  const collect = (node: ts.Node) => void (ts.isStringLiteralLike(node) && found.push(node.text));
  const names = new Set<string>();
  visit(table, (node) => {
    collect(node);
    if (ts.isIdentifier(node)) names.add(node.text);
  });
  visit(source.tree, (node) => {
    if (ts.isVariableDeclaration(node) && names.has(node.name.getText()) && node.initializer)
      visit(node.initializer, collect);
  });
  return found;
}

const tests = sources('test').filter(({ path }) => path.endsWith('.spec.ts'));
const found = idsInTitles(tests);
const tested = new Set(found.map(({ id }) => id));

describe('promises', () => {
  it('are read from titles, not from comments or values', () => {
    const sample = `// [A1]\ndescribe('x [A2]', () => { it('y [A3] [B07]', () => use('[A4]')); it.each([['z [A5]']])('%s', () => 0); });
      const BAD = [['A6', 'x']]; it.each(BAD)('[%s] %s', () => 0);`;
    expect(idsInTitles([parse('test/x.spec.ts', sample)]).map(({ id }) => id)).toEqual(['A2', 'A3', 'B07', 'A5', 'A6']);
    expect(files('test', '.spec.ts')).toHaveLength(tests.length);
  });

  it('are each held by a test, or listed in not-yet.json with the reason', () => {
    expect(promised.size).toBeGreaterThan(200);
    expect([...promised].filter((id) => !tested.has(id) && !Object.hasOwn(notYet, id))).toEqual([]);
  });

  it('leave not-yet.json as soon as a test holds them', () => {
    expect(Object.keys(notYet).filter((id) => tested.has(id))).toEqual([]);
    expect(Object.entries(notYet).filter(([id, reason]) => !promised.has(id) || reason.length < 10)).toEqual([]);
  });

  it('are named by tests only with ids that exist', () => {
    expect(found.filter(({ id }) => !promised.has(id))).toEqual([]);
  });
});
