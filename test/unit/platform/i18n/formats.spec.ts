import { describe, expect, it } from '@jest/globals';
import {
  countryName,
  countryOptions,
  COUNTRY_CODES,
  FREQUENT_COUNTRIES,
} from '../../../../src/platform/i18n/countries.js';
import {
  formatDate,
  formatDateRange,
  formatDay,
  formatNumber,
  formatShortDate,
  formatShortDay,
  formatTime,
  listOf,
} from '../../../../src/platform/i18n/formats.js';
import { zonedTime, zoneLabel } from '../../../../src/platform/i18n/zones.js';
import { LOCALES } from '../../../../src/kernel/locale.js';

const MINSK = 'Europe/Minsk';
const at = new Date('2027-10-12T07:00:00Z');
const all = <T>(make: (locale: (typeof LOCALES)[number]) => T): T[] => LOCALES.map(make);

describe('dates and times', () => {
  it('writes a date, a day and a time in the three languages', () => {
    expect(all((l) => formatDate(l, at, MINSK))).toEqual([
      '12 кастрычніка 2027 г.',
      '12 октября 2027 г.',
      '12 October 2027',
    ]);
    expect(all((l) => formatDay(l, at, MINSK))).toEqual([
      'аўторак, 12 кастрычніка',
      'вторник, 12 октября',
      'Tuesday, 12 October',
    ]);
    expect(all((l) => formatShortDay(l, at, MINSK))).toEqual(['аў 12 кас', 'вт 12 окт.', 'Tue 12 Oct']);
    expect(all((l) => formatShortDate(l, at, MINSK))).toEqual(['12.10.2027', '12.10.2027', '12/10/2027']);
    expect(all((l) => formatTime(l, at, MINSK))).toEqual(['10:00', '10:00', '10:00']);
  });

  it('puts every Belarusian month into the case that a date takes', () => {
    const months = Array.from({ length: 12 }, (_, month) =>
      formatDate('be', new Date(Date.UTC(2027, month, 5, 12)), MINSK),
    );
    expect(months.map((date) => date.split(' ')[1])).toEqual([
      'студзеня',
      'лютага',
      'сакавіка',
      'красавіка',
      'мая',
      'чэрвеня',
      'ліпеня',
      'жніўня',
      'верасня',
      'кастрычніка',
      'лістапада',
      'снежня',
    ]);
  });

  it('writes midnight as 00:00 of the zone', () => {
    expect(formatTime('en', new Date('2027-10-12T21:00:00Z'), MINSK)).toBe('00:00');
  });

  it.each([
    ['2027-10-14T07:00:00Z', ['12–14 кастрычніка 2027 г.', '12–14 октября 2027 г.', '12–14 October 2027']],
    [
      '2027-11-02T07:00:00Z',
      ['12 кастрычніка – 2 лістапада 2027 г.', '12 октября – 2 ноября 2027 г.', '12 October – 2 November 2027'],
    ],
    [
      '2028-01-02T07:00:00Z',
      [
        '12 кастрычніка 2027 г. – 2 студзеня 2028 г.',
        '12 октября 2027 г. – 2 января 2028 г.',
        '12 October 2027 – 2 January 2028',
      ],
    ],
    ['2027-10-12T20:00:00Z', ['12 кастрычніка 2027 г.', '12 октября 2027 г.', '12 October 2027']],
  ])('writes the range up to %s', (end, texts) => {
    expect(all((l) => formatDateRange(l, at, new Date(end), MINSK))).toEqual(texts);
  });

  it('names the zone in words, with the offset of that day', () => {
    expect(all((l) => zoneLabel(l, MINSK, at))).toEqual([
      'мінскі час, UTC+3',
      'минское время, UTC+3',
      'Minsk time, UTC+3',
    ]);
    expect(all((l) => zonedTime(l, at, MINSK))).toEqual([
      '10:00 па мінскім часе, UTC+3',
      '10:00 по минскому времени, UTC+3',
      '10:00 Minsk time, UTC+3',
    ]);
    expect(zoneLabel('en', 'Europe/Warsaw', at)).toBe('Warsaw time, UTC+2');
    expect(zoneLabel('en', 'Europe/Warsaw', new Date('2027-01-12T07:00:00Z'))).toBe('Warsaw time, UTC+1');
    expect(zoneLabel('be', 'Africa/Lome', at)).toBe('Lome, UTC');
    expect(zonedTime('ru', at, 'America/Argentina/Buenos_Aires')).toBe('04:00 (Buenos Aires, UTC-3)');
  });

  it('writes numbers and lists', () => {
    expect(all((l) => formatNumber(l, 12_345.5))).toEqual(['12\u00a0345,5', '12\u00a0345,5', '12,345.5']);
    expect(all((l) => listOf(l, ['a', 'b', 'c']))).toEqual(['a, b і c', 'a, b и c', 'a, b and c']);
  });
});

describe('countries', () => {
  it('names every code in every language', () => {
    for (const locale of LOCALES)
      expect(COUNTRY_CODES.filter((code) => countryName(locale, code) === code)).toEqual([]);
  });

  it('lists them in the alphabet of the language', () => {
    expect(
      countryOptions('be')
        .slice(0, 3)
        .map(({ name }) => name),
    ).toEqual(['Аб’яднаныя Арабскія Эміраты', 'Азербайджан', 'Аландскія астравы']);
    expect(FREQUENT_COUNTRIES.every((code) => COUNTRY_CODES.includes(code))).toBe(true);
  });

  it('gives an unknown code back', () => {
    expect(countryName('en', 'nowhere')).toBe('nowhere');
  });
});
