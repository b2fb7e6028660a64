import { describe, expect, it } from '@jest/globals';
import { flagWarning, inFlagOrder } from '../../../../../src/features/visits/documents/papers/flag-list.rules.js';
import { plateOf, threeOnSheet } from '../../../../../src/features/visits/documents/papers/plate.rules.js';
import { readerOf } from '../../../../../src/features/visits/documents/visit-papers.rules.js';

describe('flags', () => {
  const named = (code: string, name: string) => ({ code, name });
  const { compare } = new Intl.Collator('be');

  it('begin with the host, the others follow by the alphabet of the language, each once', () => {
    const host = named('BY', 'Беларусь');
    const guests = [named('UZ', 'Узбекістан'), named('AM', 'Арменія'), named('UZ', 'Узбекістан'), host];
    expect(inFlagOrder(host, guests, compare).map(({ code }) => code)).toEqual(['BY', 'AM', 'UZ']);
  });

  it.each([
    ['missing', false, '2027-01-01'],
    ['unchecked', true, null],
    ['old', true, '2026-03-01'],
    [null, true, '2026-03-03'],
  ])('are %s on 2 March 2027 with file %s, checked on %s', (warning, hasFlag, flagCheckedOn) => {
    expect(flagWarning({ hasFlag, flagCheckedOn }, '2027-03-02')).toBe(warning);
  });
});

describe('plates', () => {
  const person = { name: 'Арам', nameSecond: 'Aram', nameOriginal: 'Արամ', title: 'дырэктар', titleSecond: 'Director' };

  it('show the own script on the second face, and the second language where there is none', () => {
    expect(plateOf(person, null)['nameSecond']).toBe('Արամ');
    expect(plateOf({ ...person, nameOriginal: '' }, null)['nameSecond']).toBe('Aram');
  });

  it('stand three on a sheet, the last ones empty', () => {
    const plates = ['a', 'b', 'c', 'd'].map((name) =>
      plateOf({ ...person, name }, { name: 'Арменія', second: 'Armenia' }),
    );
    const sheets = threeOnSheet(plates);
    expect(sheets.map(({ nameA, nameB, nameC }) => [nameA, nameB, nameC])).toEqual([
      ['a', 'b', 'c'],
      ['d', '', ''],
    ]);
    expect(sheets[0]!['countrySecondB']).toBe('Armenia');
    expect(threeOnSheet([])).toEqual([]);
  });
});

describe('readers of documents', () => {
  it('a driver gets the sheet of their car, the house the one with all journeys', () => {
    expect([readerOf('transport_sheet', 'car'), readerOf('transport_sheet', '')]).toEqual(['driver', 'staff']);
    expect([readerOf('pass_list', ''), readerOf('catering_order', '')]).toEqual(['guard', 'caterer']);
  });
});
