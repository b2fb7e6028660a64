import { describe, expect, it } from '@jest/globals';
import { safeLink } from '../../../src/kernel/links.js';
import { hostile, hostileValue } from '../../support/hostile.js';

describe('safe link', () => {
  it.each(hostile('url'))('[X2] accepts or refuses $id as its note says', ({ value, verdict }) => {
    expect(safeLink(value) !== undefined).toBe(verdict === 'keep');
  });

  it('[X2] shows a foreign host in its xn-- form', () => {
    expect(safeLink(hostileValue('url-18'))).toBe('https://xn--lbrary-pvf.example/');
  });

  it.each([
    ['mailto:anna@library.example', 'mailto:anna@library.example'],
    ['mailto:anna@library.example?bcc=x@evil.example', undefined],
    ['mailto:a@b.example,c@d.example', undefined],
    ['mailto:', undefined],
    ['HTTPS://Library.Example/a b', undefined],
    ['HTTPS://Library.Example/a', 'https://library.example/a'],
    ['https:///evil.example', undefined],
    ['https://@evil.example/', undefined],
    ['/en/my', undefined],
    ['', undefined],
  ])('[X2] reads %j as %j', (link, expected) => {
    expect(safeLink(link)).toBe(expected);
  });
});
