import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inTurn, withdrawn } from '../../../../src/features/round-tables/floor.rules.js';
import {
  adopted,
  nextParagraphs,
  splitParagraphs,
  type Paragraph,
} from '../../../../src/features/round-tables/resolution.rules.js';

const keys = (paragraphs: readonly Paragraph[]) => paragraphs.map(({ key }) => key);

describe('paragraphs of a resolution', () => {
  it('are parted by empty lines, whatever spaces they hold', () => {
    expect(splitParagraphs(' One\nline two \n \n\n\tTwo\n\n')).toEqual(['One\nline two', 'Two']);
  });

  it('keep their keys while their text stays the same, wherever they move', () => {
    const first = nextParagraphs([], { en: 'A\n\nB\n\nC' });
    expect(keys(nextParagraphs(first, { en: 'C\n\nA\n\nB' }))).toEqual(['p3', 'p1', 'p2']);
  });

  it('keep the key of their place when only the text changes, and get a new one when they are new', () => {
    const first = nextParagraphs([], { en: 'A\n\nB' });
    expect(keys(nextParagraphs(first, { en: 'A\n\nB, better\n\nC' }))).toEqual(['p1', 'p2', 'p3']);
    expect(keys(nextParagraphs(first, { en: 'New\n\nA\n\nB' }))).toEqual(['p3', 'p1', 'p2']);
  });

  it('know each other by any one language', () => {
    const first = nextParagraphs([], { en: 'A\n\nB', be: 'А\n\nБ' });
    expect(keys(nextParagraphs(first, { en: 'B!\n\nA!', be: 'Б\n\nА' }))).toEqual(['p2', 'p1']);
  });

  it('must be as many in every language, and some', () => {
    expect(() => nextParagraphs([], { en: 'A\n\nB', ru: 'А' })).toThrow('error.roundTable.uneven');
    expect(() => nextParagraphs([], { en: ' \n\n ' })).toThrow('error.roundTable.noText');
    expect(() => nextParagraphs([], { en: 'x\n\n'.repeat(201) })).toThrow('error.roundTable.tooMany');
  });

  it('never share a key, and come back as typed', () => {
    const text = fc.array(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (versions) => {
        let paragraphs: Paragraph[] = [];
        for (const version of versions) {
          paragraphs = nextParagraphs(paragraphs, { en: version.join('\n\n') });
          expect(paragraphs.map((one) => one.text.en)).toEqual(version);
          expect(new Set(keys(paragraphs)).size).toBe(version.length);
        }
      }),
    );
  });
});

describe('adopting a resolution', () => {
  it('waits until every comment is settled, and happens once', () => {
    expect(adopted('draft', 0)).toBe('adopted');
    expect(() => adopted('draft', 2)).toThrow('error.roundTable.openComments');
    expect(() => adopted('adopted', 0)).toThrow('error.roundTable.adopted');
  });
});

describe('the floor', () => {
  it('goes first to those who have spoken less often, then as they asked', () => {
    const at = (minute: number) => new Date(Date.UTC(2027, 1, 9, 10, minute));
    const waiting = [
      { id: 'a', askedAt: at(1), spoken: 1 },
      { id: 'b', askedAt: at(3), spoken: 0 },
      { id: 'c', askedAt: at(2), spoken: 0 },
    ];
    expect(inTurn(waiting).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('is taken back before a speech and ended during it', () => {
    expect([withdrawn('waiting'), withdrawn('speaking')]).toEqual(['withdrawn', 'spoken']);
    expect(() => withdrawn('spoken')).toThrow('error.roundTable.floorOver');
  });
});
