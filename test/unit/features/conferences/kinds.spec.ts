import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { CONFERENCE_KINDS, KINDS } from '../../../../src/features/conferences/kinds.js';

describe('kinds of conferences', () => {
  it('are a table with a line for each', () => {
    expect(Object.keys(KINDS).sort()).toEqual([...CONFERENCE_KINDS].sort());
  });

  it('start as drafts, whatever the kind', () => {
    expect(CONFERENCE_KINDS.filter((kind) => KINDS[kind].public)).toEqual([]);
  });

  it('are asked about by no rule: no source compares a kind with a name', () => {
    const folder = new URL('../../../../src/features/conferences/', import.meta.url);
    const compared = new RegExp(`[=!]==\\s*'(?:${CONFERENCE_KINDS.join('|')})'`);
    const offenders = readdirSync(folder).filter((file) => compared.test(readFileSync(new URL(file, folder), 'utf8')));
    expect(offenders).toEqual([]);
  });
});
