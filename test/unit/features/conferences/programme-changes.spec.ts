import { describe, expect, it } from '@jest/globals';
import { comparedReleases } from '../../../../src/features/conferences/programme-changes.js';

describe('the two releases to compare', () => {
  it.each([
    [{}, { from: 3, to: 4, usual: true }],
    [
      { from: '1', to: '4' },
      { from: 1, to: 4, usual: false },
    ],
    [
      { from: '4', to: '2' },
      { from: 2, to: 4, usual: false },
    ],
    [
      { from: '3', to: '4' },
      { from: 3, to: 4, usual: true },
    ],
    [
      { from: '2', to: '2' },
      { from: 3, to: 4, usual: true },
    ],
    [
      { from: '1', to: '5' },
      { from: 3, to: 4, usual: true },
    ],
    [
      { from: '-1', to: '1e1' },
      { from: 3, to: 4, usual: true },
    ],
    [
      { from: ['1', '2'], to: '3' },
      { from: 3, to: 4, usual: true },
    ],
  ])('of four, asked %j, are %j', (query, expected) => {
    expect(comparedReleases(query, 4)).toEqual(expected);
  });
});
