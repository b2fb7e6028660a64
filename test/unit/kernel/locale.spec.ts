import { describe, expect, it } from '@jest/globals';
import { parseAcceptLanguage, pickText } from '../../../src/kernel/locale.js';
import { hostileValue } from '../../support/hostile.js';

describe('languages', () => {
  it('picks the wanted language, else the nearest, and says so', () => {
    const text = { ru: 'Чтения', en: 'Readings' };
    expect([
      pickText(text, 'be'),
      pickText(text, 'ru'),
      pickText({ be: 'Чытанні' }, 'en'),
      pickText({ be: '', en: 'x' }, 'be'),
    ]).toEqual([
      { text: 'Чтения', locale: 'ru', missing: true },
      { text: 'Чтения', locale: 'ru', missing: false },
      { text: 'Чытанні', locale: 'be', missing: true },
      { text: 'x', locale: 'en', missing: true },
    ]);
    expect([pickText({}, 'en'), pickText(null, 'en')]).toEqual(
      Array(2).fill({ text: '', locale: 'en', missing: true }),
    );
  });

  it.each([
    [undefined, 'be'],
    ['', 'be'],
    ['en-GB,en;q=0.9', 'en'],
    ['de,ru;q=0.7,en;q=0.8', 'en'],
    ['en;q=0,ru;q=0.1', 'ru'],
    ['fr', 'be'],
    [hostileValue('locale-01'), 'be'],
    [hostileValue('locale-02'), 'be'],
    [hostileValue('locale-03'), 'be'],
    [hostileValue('locale-04'), 'be'],
    [hostileValue('locale-05'), 'en'],
    [hostileValue('locale-06'), 'en'],
  ])('[X10] reads Accept-Language %.40j as %s', (header, locale) => {
    expect(parseAcceptLanguage(header)).toBe(locale);
  });
});
