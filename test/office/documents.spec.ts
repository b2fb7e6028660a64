import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import { isGrid, type DocxData } from '../../src/platform/documents/docx-data.rules.js';
import { mergeDocx } from '../../src/platform/documents/docx-merge.js';
import { textsOf } from '../support/docx.js';
import { KINDS, NAMES, sampleOf } from '../support/document-samples.js';

/*
 * Every template of the house, filled in, printed by LibreOffice and read back from the paper: the names of all scripts are
 * on it, tables keep their order, nothing of a template is left, and sheets that are one page long stay so.
 */
let folder: string;
const printed = new Map<string, string>();
const nameOf = (kind: string, locale: Locale) => `${kind}.${locale}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skaryna-office-'));
  const documents: string[] = [];
  for (const { kind } of KINDS) {
    for (const locale of LOCALES) {
      const template = readFileSync(`templates/documents/${nameOf(kind, locale)}.docx`);
      const { bytes } = await mergeDocx(template, sampleOf(kind), { title: kind, language: locale });
      const path = join(folder, `${nameOf(kind, locale)}.docx`);
      writeFileSync(path, bytes);
      documents.push(path);
    }
  }
  mkdirSync(join(folder, 'pdf'));
  // A profile of its own: another one that runs would take the work over and print nowhere.
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const options = ['--headless', profile, '--convert-to', 'pdf', '--outdir', join(folder, 'pdf')];
  execFileSync('soffice', [...options, ...documents], { stdio: 'pipe' });
  for (const { kind } of KINDS)
    for (const locale of LOCALES)
      printed.set(nameOf(kind, locale), wordsOf(join(folder, 'pdf', `${nameOf(kind, locale)}.pdf`)));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function wordsOf(path: string): string {
  return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
}

/** Printing sets other hyphens, spaces and shapes of letters; what was meant is the same. Lam and alef are read as one sign. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, '')
    .replace(/\u0644([\u0622\u0623\u0625\u0627])/g, '$1\u0644');
}

/** Right to left is read back in either order, by the version of the reader. */
function isOnPaper(paper: string, text: string): boolean {
  const words = text
    .split(/[\s()]+/)
    .map(plain)
    .filter(Boolean);
  return words.every((word) => paper.includes(word) || paper.includes([...word].toReversed().join('')));
}

function valuesOf(data: DocxData): string[] {
  return Object.values(data).flatMap((value) => {
    if (typeof value === 'string') return [value];
    if (isGrid(value))
      return value.rows.flatMap(({ cells }) => cells.flatMap(({ lines = [] }) => lines.map(({ text }) => text)));
    return Array.isArray(value) ? (value as readonly DocxData[]).flatMap(valuesOf) : [];
  });
}

const CASES = KINDS.flatMap(({ kind }) => LOCALES.map((locale) => [nameOf(kind, locale), kind, locale] as const));

describe('a document on paper', () => {
  it.each(CASES)('%s holds everything that it was filled with, and nothing of its template', (name, kind, locale) => {
    const paper = plain(printed.get(name)!);
    expect(paper.length).toBeGreaterThan(20);
    expect(paper).not.toMatch(/\{\{|\}\}|[\ufdd0-\ufdef]/);
    const texts = textsOf(readFileSync(join(folder, `${nameOf(kind, locale)}.docx`))).join('\n');
    const lost = valuesOf(sampleOf(kind)).filter((value) => texts.includes(value) && !isOnPaper(paper, value));
    expect(lost).toEqual([]);
  });

  it('prints names in Cyrillic with Ў, Armenian, Arabic and Chinese', () => {
    for (const locale of LOCALES)
      for (const kind of ['seating_plan', 'name_plates', 'name_plates_third', 'press_list']) {
        const paper = plain(printed.get(nameOf(kind, locale))!);
        for (const name of Object.values(NAMES))
          expect([kind, locale, name, isOnPaper(paper, name)]).toEqual([kind, locale, name, true]);
      }
  });

  it('keeps the order of people and of items in its tables', () => {
    for (const locale of LOCALES) {
      const list = plain(printed.get(nameOf('delegation_list', locale))!);
      const places = ['АрамПетрасян', 'Мухамадаль-Амін', 'ВанСяамін'].map((name) => list.indexOf(name));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places[0]).toBeGreaterThan(0);
      const programme = plain(printed.get(nameOf('programme_guest', locale))!);
      expect(programme.indexOf('09:30')).toBeLessThan(programme.indexOf('11:30'));
    }
  });

  it('has one sheet for each name plate, or for three of them, and one page where one page is meant', () => {
    const pages = (name: string) =>
      Number(
        /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [join(folder, 'pdf', `${name}.pdf`)], { encoding: 'utf8' }))![1],
      );
    for (const locale of LOCALES) {
      expect(pages(nameOf('name_plates', locale))).toBe(4);
      expect(pages(nameOf('name_plates_third', locale))).toBe(2);
      for (const kind of [
        'invitation_letter',
        'note_verbale',
        'thank_you_letter',
        'pass_list',
        'seating_plan',
        'both_sides',
        'flag_list',
        'press_list',
        'estimate',
        'order',
      ])
        expect([kind, locale, pages(nameOf(kind, locale))]).toEqual([kind, locale, 1]);
    }
  });
});
