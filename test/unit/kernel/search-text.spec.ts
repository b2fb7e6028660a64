import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldForSearch, searchWords } from '../../../src/kernel/search-text.js';
import { hostile, hostileValue } from '../../support/hostile.js';

const finds = (query: string, text: string) => searchWords(query).every((word) => foldForSearch(text).includes(word));

describe('search text', () => {
  it.each([
    ['кісялева', 'Кісялёва'],
    ['kisialiova', 'Кісялёва'],
    ['KISIALIOVA', 'Кісялёва Аўгіння'],
    ['NGUYEN', 'Nguyễn'],
    ['Nguyễn Thị', hostileValue('name-24')],
    ['istanbul', 'İstanbul'],
    ['isik', 'Işık'],
    ["Дар'я Лук'яненка", 'Дар’я Лук’яненка'],
    ['Дар’я', "Дар'я"],
    ['уладзислава', 'Ўладзислава'],
    ['Ўладзіслава', 'уладзіслава'],
    [hostileValue('name-06'), 'йўё'],
    ['shcherbakov', 'Щербаков-Ёлкин'],
    ['Yolkin', 'Щербаков-Ёлкин'],
    ['yaroslav', 'Ярослав'],
    ['galagan', 'Ґалаґан'],
    ['Ljubica', 'Љубица Ћирић'],
    ['omirzhanova', 'Өміржанова'],
    ['Gulomov', 'Gʻulomov'],
    ['mkrtchyan', 'Մկրտչյան'],
    ['gelashvili', 'გელაშვილი'],
    ['محمد', 'مُحَمَّـد'],
    ['میخواهم', hostileValue('name-15')],
    ['Anna', hostileValue('name-40')],
    ['zolc lukasz', 'Łukasz Żółć'],
    ['weiss', 'Weiß'],
    ['Anna Maria', 'Anna\u00a0Maria'],
    ['欧阳', '欧阳明月'],
    ['Gaurylau', 'Ліўшыц-Гаўрылаў'],
  ])('finds with %j the text %j', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  it.each([
    ['%', 'Anna'],
    ['_', 'Anna'],
    ['*', 'Anna'],
    ["' OR '1'='1", 'Anna'],
    ['anna kowalska', 'Anna Nowak'],
    ['…', 'Anna'],
    ['--', 'Anna'],
    ['–', 'Anna-Maria  Nowak'],
    ["'", "O'Neil"],
    ['- ’', 'Anna'],
  ])('[X11] does not find with %j the text %j', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  it.each(hostile('search', 'sql'))('[X11] makes plain words of $id', ({ value }) => {
    const words = searchWords(value);
    expect(words.length).toBeLessThanOrEqual(8);
    for (const word of words) expect(word).toMatch(/^\S{1,64}$/u);
  });

  it('[X11] takes eight words at most and no word from nothing', () => {
    expect(searchWords('a b c d e f g h i j')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    expect([searchWords(''), searchWords(' \n'), foldForSearch(' - ')]).toEqual([[], [], '']);
  });

  it('finds every name by itself, however long', () => {
    for (const { value } of hostile('name'))
      expect({ value, found: finds(value, value) }).toEqual({ value, found: true });
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => finds(text, text) === (foldForSearch(text) !== '' || text.trim() === ''),
      ),
    );
  });
});
