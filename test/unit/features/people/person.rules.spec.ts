import { describe, expect, it } from '@jest/globals';
import {
  changedFields,
  personName,
  searchColumn,
  settled,
  sortColumn,
  type PersonFields,
} from '../../../../src/features/people/person.rules.js';
import { searchWords } from '../../../../src/kernel/search-text.js';

const person = (changes: Partial<PersonFields> = {}): PersonFields => ({
  given: 'Аўгіння',
  family: 'Кісялёва',
  patronymic: null,
  mononym: false,
  badgeName: null,
  email: null,
  phone: null,
  country: null,
  institution: null,
  position: null,
  locale: 'be',
  ...changes,
});

const found = (query: string, fields: PersonFields) =>
  searchWords(query).every((word) => searchColumn(fields).includes(word));

describe('a person as a row', () => {
  it('keeps one name in the given name when that is all there is', () => {
    expect(settled(person({ mononym: true, given: '', family: 'Сукарна', patronymic: 'x' }))).toEqual(
      person({ mononym: true, given: 'Сукарна', family: null, patronymic: null }),
    );
  });

  it('names the fields that differ and never their values', () => {
    expect(changedFields(person(), person({ family: 'Кісялёва-Літвін', country: 'BY' }))).toEqual([
      'family',
      'country',
    ]);
  });

  it.each([
    ['Киселева', false],
    ['Кісялёва', true],
    ['kisialiova', true],
    ['аўгіння кісялёва', true],
    ['avhinnia', false],
    ['auhinnia', true],
  ])('is found by %s: %s', (query, expected) => {
    expect(found(query, person())).toBe(expected);
  });

  it('is found by institution and by the mail address as it is written', () => {
    const fields = person({ institution: 'Музей гісторыі кнігі', email: 'Maria.Labockaja@example.org' });
    expect(found('музей', fields)).toBe(true);
    expect(found('maria.labockaja@example.org', fields)).toBe(true);
  });

  it('stands in lists under the family name without accents', () => {
    expect(sortColumn(person({ given: 'Łucja', family: 'Źródlak' }))).toBe('zrodlak łucja');
  });

  it('is printed as typed, family first where the script writes it so', () => {
    expect(personName(person({ given: '明月', family: '欧阳' }))).toBe('欧阳明月');
  });
});
