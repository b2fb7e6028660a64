import { describe, expect, it } from '@jest/globals';
import { isId } from '../../../src/kernel/ids.js';

describe('an id', () => {
  it.each([
    ['0190f000-0000-7000-8000-00000000dead', true],
    ['0190F000-0000-7000-8000-00000000DEAD', false],
    ['0190f000-0000-7000-8000-00000000dead ', false],
    ['0190f00000007000800000000000dead', false],
    ['batches', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(isId(text)).toBe(expected);
  });
});
