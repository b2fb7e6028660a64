import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeNoName, splitListName } from '../../../../src/features/registration/imports/list-name.rules.js';

const parts = (name: string, order: 'family' | 'given' = 'family') => {
  const { family, given, patronymic, mononym } = splitListName(name, order);
  return mononym ? [given] : [family, given, patronymic];
};

describe('a name in one cell', () => {
  it.each<[string, (string | null)[]]>([
    ['Іваноў І. П.', ['Іваноў', 'І.', 'П.']],
    ['Іваноў І.П.', ['Іваноў', 'І.', 'П.']],
    ['І.П. Іваноў', ['Іваноў', 'І.', 'П.']],
    ['И. П. Иванов', ['Иванов', 'И.', 'П.']],
    ['Хадыка-Новік Ю.', ['Хадыка-Новік', 'Ю.', null]],
    ['Kowalska J.', ['Kowalska', 'J.', null]],
    ['Кісялёва Аўгіння Уладзіміраўна', ['Кісялёва', 'Аўгіння', 'Уладзіміраўна']],
    ['Аўгіння Уладзіміраўна Кісялёва', ['Кісялёва', 'Аўгіння', 'Уладзіміраўна']],
    ['Иванов Пётр Сергеевич', ['Иванов', 'Пётр', 'Сергеевич']],
    ['Әбдіғалиев Бауыржан Ерланұлы', ['Әбдіғалиев', 'Бауыржан', 'Ерланұлы']],
    ['Kowalska, Anna', ['Kowalska', 'Anna', null]],
    ['Иванов, Пётр Сергеевич', ['Иванов', 'Пётр', 'Сергеевич']],
    ['Кавалёва  Алена', ['Кавалёва', 'Алена', null]],
    ['欧阳 明月', ['欧阳', '明月', null]],
    ['刘文博', ['刘文博']],
    ['Скарына', ['Скарына']],
    ['ဖြိုးဝေယံ', ['ဖြိုးဝေယံ']],
  ])('%s', (name, expected) => {
    expect(parts(name)).toEqual(expected);
  });

  it.each<[string, (string | null)[]]>([
    ['Anna Kowalska', ['Kowalska', 'Anna', null]],
    ['Anna Maria Kowalska', ['Kowalska', 'Anna Maria', null]],
    ['John F. Kennedy', ['Kennedy', 'John F.', null]],
    ['Іваноў І. П.', ['Іваноў', 'І.', 'П.']],
  ])('%s, where the given name is first', (name, expected) => {
    expect(parts(name, 'given')).toEqual(expected);
  });

  it('loses no letter, whatever it is', () => {
    const letters = (text: string): string => [...text.replace(/[\s,]+/g, '')].toSorted().join('');
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[А-Яа-яA-Za-z]{1,9}\.?$/), { minLength: 1, maxLength: 5 }), (words) => {
        const name = words.join(' ');
        for (const order of ['family', 'given'] as const) {
          const { family, given, patronymic } = splitListName(name, order);
          expect(letters(`${family ?? ''}${given}${patronymic ?? ''}`)).toBe(letters(name));
          expect(given).not.toBe('');
        }
      }),
    );
  });

  it('is none with digits or without letters', () => {
    expect(['Усяго: 41', '7', '—', '+375', 'Ана', '刘'].map(looksLikeNoName)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
