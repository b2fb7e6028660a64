import { describe, expect, it } from '@jest/globals';
import { badgeName, displayName, letterName, sortName } from '../../../src/kernel/names.js';
import { hostile } from '../../support/hostile.js';

const forms = (names: Parameters<typeof displayName>[0]) => [
  displayName(names),
  sortName(names),
  letterName(names),
  badgeName(names),
];

describe('names of a person', () => {
  it('puts the patronymic into letters and lists, not into the programme', () => {
    expect(forms({ given: 'Аўгіння', family: 'Кісялёва', patronymic: 'Уладзіміраўна' })).toEqual([
      'Аўгіння Кісялёва',
      'Кісялёва Аўгіння Уладзіміраўна',
      'Аўгіння Уладзіміраўна Кісялёва',
      'Аўгіння Кісялёва',
    ]);
  });

  it('shows one name alone, wherever it was typed', () => {
    expect(forms({ given: 'Budi', family: '', mononym: true })).toEqual(['Budi', 'Budi', 'Budi', 'Budi']);
    expect(forms({ given: '', family: 'Budi', mononym: true })).toEqual(['Budi', 'Budi', 'Budi', 'Budi']);
  });

  it('writes Chinese and Korean names family first, without a space', () => {
    expect([displayName({ given: '明月', family: '欧阳' }), letterName({ given: '민수', family: '김' })]).toEqual([
      '欧阳明月',
      '김민수',
    ]);
  });

  it('prints the badge as the person wished', () => {
    expect(badgeName({ given: 'Anna', family: 'Kowalska', badge: 'Ania 🙂' })).toBe('Ania 🙂');
  });

  it.each(hostile('name', 'emoji'))('never changes a letter of $id', ({ value }) => {
    expect(forms({ given: value, family: 'Test' })).toEqual([
      `${value} Test`,
      `Test ${value}`,
      `${value} Test`,
      `${value} Test`,
    ]);
  });
});
