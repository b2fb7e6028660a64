import { describe, expect, it } from '@jest/globals';
import { memberFindings, type CheckedMember } from '../../../../src/features/visits/delegation/member-checks.rules.js';
import { plateScripts } from '../../../../src/features/visits/delegation/member.rules.js';

const member = (id: string, orderNo: number, more: Partial<CheckedMember> = {}): CheckedMember => ({
  id,
  orderNo,
  role: 'member',
  level: null,
  plate: { be: 'Б', en: 'E' },
  title: { be: 'Дырэктар', en: 'Director' },
  courtesy: {},
  citizenship: 'AM',
  patronymic: null,
  mononym: false,
  photoConsent: null,
  ...more,
});
const visit = { scripts: ['be', 'en'], level: 3, photographed: false } as const;
const checks = (members: CheckedMember[], of: Parameters<typeof memberFindings>[1] = visit) =>
  memberFindings(members, of).map(({ check, memberId, scripts }) => [check, memberId, ...scripts].join(' '));

describe('what protocol notices in a delegation', () => {
  it('is nothing in an empty one, nor in one whose head stands first and whose plates and titles are there', () => {
    expect(checks([])).toEqual([]);
    expect(checks([member('b', 2), member('a', 1, { role: 'head' })])).toEqual([]);
  });

  it('is that nobody, or more than one, is its head', () => {
    expect(checks([member('a', 1)])).toEqual(['no_head ']);
    expect(checks([member('a', 1, { role: 'head' }), member('b', 2, { role: 'head' })])).toEqual(['two_heads b']);
  });

  it('is a head who does not stand first in the order, wherever the row lies', () => {
    expect(checks([member('h', 2, { role: 'head' }), member('a', 1)])).toEqual(['head_not_first h']);
  });

  it('is a plate or a title that lacks a script of the visit; their own script asks for no title', () => {
    const head = member('h', 1, { role: 'head', plate: { en: 'E' }, title: { en: 'Director' } });
    expect(checks([head], { scripts: ['be', 'en', 'original'], level: 3, photographed: false })).toEqual([
      'plate_missing h be original',
      'title_language h be',
    ]);
    expect(checks([member('h', 1, { role: 'head', title: {} })])).toEqual(['title_missing h']);
  });

  it('is a missing courtesy form for levels 1 and 2, where the head has the level of the visit', () => {
    const head = member('h', 1, { role: 'head' });
    expect(checks([head, member('a', 2)], { ...visit, level: 2 })).toEqual(['courtesy_missing h']);
    expect(checks([{ ...head, courtesy: { en: 'Her Excellency' } }], { ...visit, level: 1 })).toEqual([]);
    expect(checks([head, member('a', 2, { level: 2 }), member('b', 3, { level: 3 })])).toEqual(['courtesy_missing a']);
  });
});

describe('the scripts of a visit’s plates', () => {
  it('are Belarusian and English, Russian for who speaks it, and their own where it is neither Cyrillic nor Latin', () => {
    expect(plateScripts([])).toEqual(['be', 'en']);
    expect(plateScripts(['ru', 'kk'])).toEqual(['be', 'ru', 'en']);
    expect(plateScripts(['hy', 'en'])).toEqual(['be', 'en', 'original']);
  });

  it('is a plate in letters that its language does not have', () => {
    const written = (plate: CheckedMember['plate']) =>
      checks([member('h', 1, { role: 'head', plate: { be: 'Б', en: 'E', ...plate } })]);
    expect(written({ be: 'Ани Саргсян' })).toEqual(['plate_script h be']);
    expect(written({ be: 'Ani Sargsyan', en: 'Ані Саргсян' })).toEqual(['plate_script h be en']);
    expect(written({ ru: 'Ані Саргсян' })).toEqual(['plate_script h ru']);
    expect(written({ en: 'Nguyễn Văn Đức, O’Neill-Smith Jr.', original: 'Անի', ru: 'Ани' })).toEqual([]);
  });

  it('is a colleague from where patronymics are used, without one; not who has one name alone', () => {
    const of = (more: Partial<CheckedMember>) => checks([member('h', 1, { role: 'head', citizenship: 'KZ', ...more })]);
    expect(of({})).toEqual(['patronymic_missing h']);
    expect([of({ patronymic: 'Ануаровна' }), of({ mononym: true }), of({ citizenship: null })]).toEqual([[], [], []]);
  });

  it('is somebody who did not agree to be photographed, where photographs are taken', () => {
    const of = (photoConsent: boolean | null) =>
      checks([member('h', 1, { role: 'head', photoConsent })], { ...visit, photographed: true });
    expect([of(null), of(false), of(true)]).toEqual([['photo_consent h'], ['photo_consent h'], []]);
  });
});
