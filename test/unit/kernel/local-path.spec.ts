import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localPath } from '../../../src/kernel/local-path.js';
import { hostile } from '../../support/hostile.js';

describe('local path', () => {
  it.each(hostile('redirect'))('[B5] goes home or on, as the note of $id says', ({ value, verdict }) => {
    expect(localPath(value)).toBe(verdict === 'keep' ? value : '/');
  });

  it('[B5] goes home without a path', () => {
    expect([
      localPath(undefined),
      localPath(''),
      localPath(`/${'a'.repeat(3000)}`),
      localPath(['/x'] as unknown as string),
    ]).toEqual(['/', '/', '/', '/']);
  });

  it('[B5] keeps letters of any script, percent-encoded', () => {
    expect(localPath('/be/c/чытанні?q=ў#é')).toBe('/be/c/%D1%87%D1%8B%D1%82%D0%B0%D0%BD%D0%BD%D1%96?q=%D1%9E#%C3%A9');
  });

  it('[B5] never leaves the site that a browser resolves it on', () => {
    const dangerous = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      '%2f',
      '%5c',
      'evil.example',
      'https',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(dangerous), (parts) => {
        const path = localPath(`/${parts.join('')}`);
        expect(new URL(path, 'https://library.example/be/').origin).toBe('https://library.example');
        expect(localPath(path)).toBe(path);
      }),
      { numRuns: 500 },
    );
  });
});
