import { describe, expect, it } from '@jest/globals';
import {
  boothsOf,
  canServe,
  filledBooths,
  teamSize,
  type BoothNeed,
} from '../../../../src/features/programme/interpretation/booths.rules.js';

const way = (from: string, to: string) => ({ from, to });

describe('booths of a session', () => {
  it.each<[string, string[], string[], BoothNeed[]]>([
    ['one way', ['ru'], ['en'], [{ into: ['en'], ways: [way('ru', 'en')] }]],
    [
      'two targets, two booths',
      ['be'],
      ['ru', 'en'],
      [
        { into: ['ru'], ways: [way('be', 'ru')] },
        { into: ['en'], ways: [way('be', 'en')] },
      ],
    ],
    [
      'both ways, one booth',
      ['en', 'ru'],
      ['ru', 'en'],
      [{ into: ['en', 'ru'], ways: [way('en', 'ru'), way('ru', 'en')] }],
    ],
    [
      'both ways and a third language, from either',
      ['en', 'ru'],
      ['be', 'ru', 'en'],
      [
        { into: ['en', 'ru'], ways: [way('en', 'ru'), way('ru', 'en')] },
        { into: ['be'], ways: [way('en', 'be'), way('ru', 'be')] },
      ],
    ],
    ['one of two languages only', ['en', 'ru'], ['en'], [{ into: ['en'], ways: [way('ru', 'en')] }]],
    [
      'three languages into each other: three booths, since two may be wanted at once',
      ['be', 'ru', 'en'],
      ['be', 'ru', 'en'],
      [
        { into: ['be'], ways: [way('ru', 'be'), way('en', 'be')] },
        { into: ['ru'], ways: [way('be', 'ru'), way('en', 'ru')] },
        { into: ['en'], ways: [way('be', 'en'), way('ru', 'en')] },
      ],
    ],
    ['into the language itself: nobody', ['ru'], ['ru'], []],
    ['nothing said of the language of delivery', [], ['en'], [{ into: ['en'], ways: [] }]],
  ])('%s', (_name, languages, interpretation, booths) => {
    expect(boothsOf(languages, interpretation)).toEqual(booths);
  });

  it('are served by those who know every way of them', () => {
    const [both] = boothsOf(['en', 'ru'], ['ru', 'en']);
    expect(canServe([way('en', 'ru')], both!)).toBe(false);
    expect(canServe([way('ru', 'en'), way('en', 'ru')], both!)).toBe(true);
    const [unsaid] = boothsOf([], ['en']);
    expect([canServe([way('lt', 'en')], unsaid!), canServe([way('en', 'lt')], unsaid!)]).toEqual([true, false]);
  });

  it('want a second person above the limit, not at it', () => {
    expect([39, 40, 41].map((minutes) => teamSize(minutes, 40))).toEqual([1, 1, 2]);
  });

  it('are filled so that as many places as possible have somebody', () => {
    const needs = boothsOf(['be'], ['ru', 'en']);
    const versatile = { personId: 'versatile', ways: [way('be', 'ru'), way('be', 'en')] };
    const russian = { personId: 'russian', ways: [way('be', 'ru')] };
    const stranger = { personId: 'stranger', ways: null };
    const polish = { personId: 'polish', ways: [way('be', 'pl')] };
    expect(filledBooths(needs, 1, [versatile, russian, polish])).toMatchObject({
      booths: [
        { into: ['ru'], people: ['russian'], missing: 0 },
        { into: ['en'], people: ['versatile'], missing: 0 },
      ],
      spare: ['polish'],
    });
    expect(filledBooths(needs, 1, [stranger, russian])).toMatchObject({
      booths: [
        { people: ['russian'], missing: 0 },
        { people: ['stranger'], missing: 0 },
      ],
      spare: [],
    });
    expect(filledBooths(needs, 2, [stranger, versatile, russian]).booths.map(({ missing }) => missing)).toEqual([0, 1]);
    expect(filledBooths([], 1, [russian])).toEqual({ booths: [], spare: ['russian'] });
  });
});
