import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  focalPointOf,
  institutionName,
  isInForce,
  searchColumn,
  sortColumn,
  standingOf,
} from '../../../../src/features/cooperation/institution.rules.js';
import { searchWords } from '../../../../src/kernel/search-text.js';

const library = {
  kind: 'library' as const,
  name: { be: 'Абласная бібліятэка, Гродна', en: 'Regional Library, Grodno' },
  originalName: 'Ұлттық кітапхана',
  country: 'BY',
  city: 'Гродна',
  website: null,
};

describe('the name of an institution', () => {
  it('is that of the language, else of another one of ours, else its own', () => {
    expect(institutionName(library, 'en')).toBe('Regional Library, Grodno');
    expect(institutionName(library, 'ru')).toBe('Абласная бібліятэка, Гродна');
    expect(institutionName({ name: {}, originalName: '国家图书馆' }, 'be')).toBe('国家图书馆');
  });

  it('is found by any of its names and by the city, in any script', () => {
    const column = searchColumn(library);
    for (const query of ['abłasnaja', 'regional grodno', 'ұлттық', 'ГРОДНА'])
      expect([query, searchWords(query).every((word) => column.includes(word))]).toEqual([query, true]);
    expect(searchWords('Брэст').every((word) => column.includes(word))).toBe(false);
  });

  it('orders by what is shown in Belarusian, without accents and capitals', () => {
    expect(sortColumn({ name: { en: 'Çağ' }, originalName: null })).toBe('cag');
    expect(sortColumn({ name: { en: 'Z', be: 'Я' }, originalName: 'A' })).toBe('я');
  });
});

describe('an agreement', () => {
  const year = { validFrom: '2027-01-01', validUntil: '2027-12-31' };

  it.each([
    ['2026-12-31', 'to_come'],
    ['2027-01-01', 'in_force'],
    ['2027-12-31', 'in_force'],
    ['2028-01-01', 'over'],
  ])('stands on %s as %s', (day, standing) => {
    expect([standingOf(year, day), isInForce(year, day)]).toEqual([standing, standing === 'in_force']);
  });

  it('without a last day never ends', () => {
    expect(standingOf({ validFrom: '1999-01-01', validUntil: null }, '2199-12-31')).toBe('in_force');
  });
});

describe('the focal point', () => {
  const contact = (id: string, role: 'focal_point' | 'head', email: string | null, at: number) => ({
    id,
    role,
    createdAt: new Date(at),
    person: { email },
  });

  it('is the first that was named and has an address; a head alone is none', () => {
    const [a, b, c] = [
      contact('a', 'focal_point', null, 1),
      contact('b', 'focal_point', 'b@example.org', 3),
      contact('c', 'focal_point', 'c@example.org', 2),
    ];
    const head = contact('h', 'head', 'h@example.org', 0);
    expect(focalPointOf([head])).toBeNull();
    expect(focalPointOf([a!, b!, c!, head])).toBe(c);
    expect(focalPointOf([a!, head])).toBe(a);
  });

  it('does not depend on the order in which contacts are read', () => {
    const some = fc.array(
      fc.record({ id: fc.uuid(), at: fc.integer({ min: 0, max: 3 }), email: fc.option(fc.constant('x@example.org')) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(some, (rows) => {
        const contacts = rows.map(({ id, at, email }) => contact(id, 'focal_point', email, at));
        expect(focalPointOf(contacts.toReversed())).toBe(focalPointOf(contacts));
      }),
    );
  });
});
