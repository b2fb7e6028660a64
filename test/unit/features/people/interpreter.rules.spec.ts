import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { directionsOf, pairsOf } from '../../../../src/features/people/interpreters/interpreter.rules.js';
import { LANGUAGES } from '../../../../src/kernel/languages.js';

const language = fc.constantFrom(...LANGUAGES.slice(0, 5));
const direction = fc.record({ from: language, to: language }).filter(({ from, to }) => from !== to);

describe('language pairs', () => {
  it('say the same as directions, each once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(direction, { selector: ({ from, to }) => `${from}-${to}` }), (directions) => {
        const again = directionsOf(pairsOf(directions));
        expect(new Set(again.map(({ from, to }) => `${from}-${to}`))).toEqual(
          new Set(directions.map(({ from, to }) => `${from}-${to}`)),
        );
        expect(again).toHaveLength(directions.length);
      }),
    );
  });

  it('join what goes both ways, and keep the order', () => {
    expect(
      pairsOf([
        { from: 'ru', to: 'en' },
        { from: 'be', to: 'en' },
        { from: 'en', to: 'ru' },
      ]),
    ).toEqual([
      { from: 'ru', to: 'en', both: true },
      { from: 'be', to: 'en', both: false },
    ]);
  });

  it('count once when typed twice', () => {
    expect(
      directionsOf([
        { from: 'ru', to: 'en', both: true },
        { from: 'en', to: 'ru', both: false },
      ]),
    ).toEqual([
      { from: 'ru', to: 'en' },
      { from: 'en', to: 'ru' },
    ]);
  });
});
