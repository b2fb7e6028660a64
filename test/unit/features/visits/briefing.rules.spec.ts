import { describe, expect, it } from '@jest/globals';
import { pointsOf, readFacts, typedFacts } from '../../../../src/features/visits/briefing/briefing.rules.js';

describe('dated facts', () => {
  it('begin with a day, a month or a year, and come back as they were typed', () => {
    const text = '14.03.2025 Перададзена 120 выданняў\n03.2026 – каталог\n\n2021: Պայմանագիր';
    const read = readFacts(text);
    expect(read).toEqual({
      facts: [
        { date: '14.03.2025', fact: 'Перададзена 120 выданняў' },
        { date: '03.2026', fact: 'каталог' },
        { date: '2021', fact: 'Պայմանագիր' },
      ],
    });
    expect(readFacts(typedFacts('facts' in read ? read.facts : []))).toEqual(read);
  });

  it.each([
    ['Somebody said so', 1],
    ['2025 good\n32.01.2025 no such day', 2],
    ['2025 good\n14.13.2025 no such month', 2],
    ['2025', 1],
  ])('%j are not: line %i', (text, wrongLine) => {
    expect(readFacts(text)).toEqual({ wrongLine });
  });

  it('are none of an empty text', () => {
    expect(readFacts(' \n ')).toEqual({ facts: [] });
  });
});

describe('points', () => {
  it('are lines without the dashes and bullets before them; a dash inside stays', () => {
    expect(pointsOf('– one\n• two — three\n\n  four')).toEqual(['one', 'two — three', 'four']);
    expect(pointsOf(null)).toEqual([]);
  });
});
