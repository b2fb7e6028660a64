import { describe, expect, it } from '@jest/globals';
import { Comparison, type Likened } from '../../../../src/features/registration/imports/likeness.rules.js';
import { splitListName } from '../../../../src/features/registration/imports/list-name.rules.js';

const person = (name: string, more: Partial<Likened> = {}): Likened => ({
  ...splitListName(name, 'family'),
  emailKey: null,
  phoneE164: null,
  institution: null,
  ...more,
});
const comparison = new Comparison();
const likeness = (a: Likened, b: Likened) => comparison.likeness(a, b);
const couldBeOne = (a: Likened, b: Likened) => comparison.couldBeOne(a, b);
const mail = { emailKey: 'a@example.org' };

describe('somebody in a list and somebody whom the house knows', () => {
  it.each([
    ['Іваноў І. П.', 'Іваноў Іван Пятровіч', 'probable'],
    ['Іваноў І.', 'Іваноў Іван Пятровіч', 'probable'],
    ['Іваноў І. С.', 'Іваноў Іван Пятровіч', null],
    ['Іваноў Пётр', 'Іваноў Іван', null],
    ['Іваноў Іван', 'Іван Іваноў', 'probable'],
    ['Кісялёва Аўгіння', 'Kisialiova Auhinnia', 'probable'],
    ['Hakobyan A.', 'Հակոբյան Անահիտ', 'probable'],
    ['Скарына', 'Скарына', 'probable'],
    ['Скарына', 'Скарына Францыск', null],
    ['Крук Ірына', 'Ждановіч-Крук Ірына', 'probable'],
  ] as const)('%s and %s are %s by their names', (listed, known, expected) => {
    expect([likeness(person(listed), person(known)), likeness(person(known), person(listed))]).toEqual([
      expected,
      expected,
    ]);
  });

  it('are the same by an address that no other name speaks against', () => {
    expect(likeness(person('Іваноў І.', mail), person('Іваноў Іван', mail))).toBe('same');
    expect(likeness(person('Пятроў П.', mail), person('Іваноў Іван', mail))).toBe('probable');
    expect(
      likeness(
        person('Пятроў П.', { phoneE164: '+375291112233' }),
        person('Іваноў Іван', { phoneE164: '+375291112233' }),
      ),
    ).toBe('probable');
  });

  it('are not taken for one when their addresses or institutions differ', () => {
    const [a, b] = [{ institution: 'Музей' }, { institution: 'Бібліятэка' }];
    expect([
      couldBeOne(person('Іваноў І.'), person('Іваноў Іван', a)),
      couldBeOne(person('Іваноў І.', a), person('Іваноў Іван', b)),
      couldBeOne(person('Іваноў І.', { ...mail, ...a }), person('Іваноў Іван', { ...mail, ...b })),
      couldBeOne(person('Іваноў І.', mail), person('Іваноў Іван', { emailKey: 'b@example.org' })),
    ]).toEqual([true, false, true, false]);
  });
});
