import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BOARD_GROUPS, boardOf, type Tally } from '../../../../src/features/invitations/answer-board.rules.js';
import { INVITATION_STATES } from '../../../../src/features/invitations/invitation.rules.js';

const some = fc.record({
  state: fc.constantFrom(...INVITATION_STATES),
  session: fc.constantFrom('s1', 's2', null),
  strand: fc.constantFrom('a', null),
  country: fc.constantFrom('BY', 'ID', null),
  role: fc.constantFrom('chair', 'speaker', null),
  count: fc.integer({ min: 1, max: 100 }),
});

describe('the board of answers', () => {
  it('counts every invitation once in each grouping, and leaves out states that nobody is in', () => {
    const tallies: Tally[] = [
      { state: 'accepted', session: 's1', strand: 'a', country: 'BY', role: 'chair', count: 2 },
      { state: 'accepted', session: null, strand: null, country: null, role: null, count: 3 },
      { state: 'queued', session: 's1', strand: 'a', country: 'ID', role: 'speaker', count: 1 },
    ];
    const board = boardOf(tallies);
    expect(board).toEqual({
      states: { accepted: 5, queued: 1 },
      total: 6,
      groups: {
        session: new Map([
          ['s1', { states: { accepted: 2, queued: 1 }, total: 3 }],
          [null, { states: { accepted: 3 }, total: 3 }],
        ]),
        strand: new Map([
          ['a', { states: { accepted: 2, queued: 1 }, total: 3 }],
          [null, { states: { accepted: 3 }, total: 3 }],
        ]),
        country: new Map([
          ['BY', { states: { accepted: 2 }, total: 2 }],
          [null, { states: { accepted: 3 }, total: 3 }],
          ['ID', { states: { queued: 1 }, total: 1 }],
        ]),
        role: new Map([
          ['chair', { states: { accepted: 2 }, total: 2 }],
          [null, { states: { accepted: 3 }, total: 3 }],
          ['speaker', { states: { queued: 1 }, total: 1 }],
        ]),
      },
    });
  });

  it('adds up in every grouping', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 30 }), (tallies) => {
        const board = boardOf(tallies);
        for (const group of BOARD_GROUPS) {
          const counts = [...board.groups[group].values()];
          expect(counts.reduce((all, { total }) => all + total, 0)).toBe(board.total);
          for (const state of INVITATION_STATES)
            expect(counts.reduce((all, { states }) => all + (states[state] ?? 0), 0)).toBe(board.states[state] ?? 0);
        }
      }),
    );
  });
});
