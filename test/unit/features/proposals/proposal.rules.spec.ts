import { describe, expect, it } from '@jest/globals';
import { paperForm } from '../../../../src/features/proposals/proposal.schemas.js';
import { countWords, lockedBecause, saved } from '../../../../src/features/proposals/proposal.rules.js';
import { fieldErrors } from '../../../../src/platform/web/fields.js';

const paper = { step: 'submit', title: 'Title', abstract: 'Some words', language: 'be', strand: '', version: '0' };
const problems = (changes: object): unknown => {
  const parsed = paperForm.safeParse({ ...paper, ...changes });
  return parsed.success ? [] : fieldErrors(parsed.error).map(({ field, code, params }) => [field, code, params]);
};

describe('countWords', () => {
  it.each([
    ['', 0],
    ['  \n ', 0],
    ['адно', 1],
    ['two words', 2],
    ['a — b', 2],
    ['so-called\nnew   line', 3],
  ])('counts %j as %i', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

describe('the paper', () => {
  it('stays a draft until it is submitted, and submitted when it is corrected', () => {
    expect([saved(undefined, 'draft', undefined), saved('draft', 'submit', undefined), saved('submitted', 'draft', undefined)]).toEqual(['draft', 'submitted', 'submitted']);
  });

  it('is locked by cancellation and by the beginning of the conference', () => {
    expect(lockedBecause({ active: true, begun: false })).toBeUndefined();
    expect(lockedBecause({ active: false, begun: true })).toBe('error.proposal.cancelled');
    expect(() => saved('draft', 'draft', lockedBecause({ active: true, begun: true }))).toThrow('error.proposal.begun');
  });

  it('may lack anything as a draft', () => {
    expect(problems({ step: 'draft', title: '', abstract: '', language: '' })).toEqual([]);
    expect(problems({ title: '', abstract: ' ', language: '' })).toEqual([
      ['title', 'error.proposal.title', {}],
      ['abstract', 'error.proposal.abstract', {}],
      ['language', 'error.proposal.language', {}],
    ]);
  });

  it('has 500 words at most, draft or not', () => {
    expect(problems({ abstract: 'слова '.repeat(500) })).toEqual([]);
    expect(problems({ step: 'draft', abstract: 'слова '.repeat(501) })).toEqual([['abstract', 'error.proposal.long', { words: 501, max: 500, over: 1 }]]);
  });
});
