import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkedTemplates, type TemplatePlaces } from '../../../../src/platform/web/template-sources.js';

let places: TemplatePlaces;
const write = (name: string, source: string) => writeFileSync(join(places.root, `${name}.hbs`), source);
const names = (helpers: string[] = []) => [...checkedTemplates(new Set(helpers), places).keys()];

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'skaryna-templates-'));
  places = { root, foundGood: join(root, 'cache', 'templates') };
  for (const folder of ['layouts', 'partials', 'pages']) mkdirSync(join(root, folder));
  write('pages/hello', '<p>{{> greeting}}</p>');
  write('partials/greeting', '{{upper "hello"}}');
});
afterEach(() => rmSync(places.root, { recursive: true }));

describe('the templates of a folder', () => {
  it('are there when all are good, also when nothing changed since', () => {
    expect(names(['upper'])).toEqual(['partials/greeting', 'pages/hello']);
    expect(names(['upper'])).toEqual(['partials/greeting', 'pages/hello']);
  });

  it('are refused with the name of a bad one, every time, and whatever was found good before [B2]', () => {
    expect(names(['upper'])).toHaveLength(2);
    write('pages/bad', '<p style="color: red">x</p>');
    for (let n = 0; n < 2; n++) expect(() => names(['upper'])).toThrow('templates/pages/bad.hbs: style attribute');
  });

  it('are looked at again when a helper or a partial is gone', () => {
    expect(names(['upper'])).toHaveLength(2);
    expect(() => names()).toThrow('templates/partials/greeting.hbs: unknown helper upper');
    rmSync(join(places.root, 'partials/greeting.hbs'));
    expect(() => names(['upper'])).toThrow('templates/pages/hello.hbs: unknown partial greeting');
  });

  it('are there where nothing can be noted', () => {
    writeFileSync(join(places.root, 'cache'), 'a file in the place of the folder');
    expect(names(['upper'])).toHaveLength(2);
    expect(existsSync(places.foundGood)).toBe(false);
  });
});
