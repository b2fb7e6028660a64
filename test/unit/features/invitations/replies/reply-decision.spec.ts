import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { INVITATION_STATES } from '../../../../../src/features/invitations/invitation.rules.js';
import {
  answerOf,
  channelOf,
  decisionsFor,
  placeIn,
  type ReplySurroundings,
  type WaitingReply,
} from '../../../../../src/features/invitations/replies/reply-decision.rules.js';
import {
  REPLY_METHODS,
  REPLY_PARTSTATS,
  TRUSTS,
  WAITING,
} from '../../../../../src/features/invitations/replies/reply-verdict.rules.js';

const START = new Date('2026-11-13T09:00:00Z');
const reply = (changes: Partial<WaitingReply> = {}): WaitingReply => ({
  method: 'REPLY',
  partstat: 'DECLINED',
  waitsFor: 'other-sender',
  trust: null,
  proposedStart: null,
  proposedEnd: null,
  ...changes,
});
const around = (changes: Partial<ReplySurroundings> = {}): ReplySurroundings => ({
  state: 'accepted',
  session: true,
  onlyGuest: true,
  ...changes,
});
const decisions = (changes: Partial<WaitingReply> = {}, surroundings: Partial<ReplySurroundings> = {}) =>
  decisionsFor(reply(changes), around(surroundings));

describe('what can be decided about an answer that waits', () => {
  it('is to count it, where somebody was invited and the invitation stands', () => {
    expect(decisions()).toEqual(['counted', 'set-aside']);
    for (const state of ['queued', 'bounced', 'expired', 'declined', 'substituted'] as const)
      expect(decisions({}, { state })).toContain('counted');
    for (const state of ['draft', 'withdrawn', null] as const) expect(decisions({}, { state })).toEqual(['set-aside']);
    for (const partstat of ['NEEDS-ACTION'] as const) expect(decisions({ partstat })).toEqual(['set-aside']);
    expect(decisions({ method: 'REFRESH' })).toEqual(['set-aside']);
  });

  it('is to prepare the invitation of a substitute', () => {
    expect(decisions({ partstat: 'DELEGATED', waitsFor: 'substitute', trust: 'B' })).toEqual(['prepared', 'set-aside']);
  });

  it('is to move the session only where nobody else is invited, and else to refuse [CQ9]', () => {
    const asked = { method: 'COUNTER', waitsFor: 'proposal', trust: 'B', proposedStart: START } as const;
    expect(decisions(asked)).toEqual(['moved', 'refused', 'set-aside']);
    expect(decisions(asked, { onlyGuest: false })).toEqual(['refused', 'set-aside']);
    expect(decisions(asked, { session: false, onlyGuest: false })).toEqual(['refused', 'set-aside']);
    expect(decisions({ ...asked, proposedStart: null })).toEqual(['refused', 'set-aside']);
    expect(decisions({ ...asked, proposedEnd: new Date('2036-11-13T09:00:00Z') })).toEqual(['refused', 'set-aside']);
  });

  it('writes to nobody about a proposal whose sender is not known', () => {
    expect(decisions({ method: 'COUNTER', proposedStart: START })).toEqual(['set-aside']);
  });

  it('always is to set it aside, and never what is no answer (property)', () => {
    fc.assert(
      fc.property(
        fc.record({
          method: fc.constantFrom(...REPLY_METHODS),
          partstat: fc.constantFrom(...REPLY_PARTSTATS),
          waitsFor: fc.constantFrom(...WAITING),
          trust: fc.constantFrom(null, ...TRUSTS),
          proposedStart: fc.constantFrom(null, START),
          proposedEnd: fc.constantFrom(null, new Date('2026-11-13T10:00:00Z')),
        }),
        fc.record({
          state: fc.constantFrom(null, ...INVITATION_STATES),
          session: fc.boolean(),
          onlyGuest: fc.boolean(),
        }),
        (asked, surroundings) => {
          const possible = decisionsFor(asked, surroundings);
          expect(possible.at(-1)).toBe('set-aside');
          if (possible.includes('counted'))
            expect([answerOf(asked), asked.proposedStart]).toEqual([expect.any(String), null]);
          if (possible.includes('moved')) expect([surroundings.onlyGuest, asked.trust !== null]).toEqual([true, true]);
          expect(possible.length).toBe(new Set(possible).size);
        },
      ),
    );
  });
});

describe('an answer that is counted by hand', () => {
  it('is told to the invited person where nobody knows who wrote it, and is in their calendar else [CQ11]', () => {
    expect([channelOf({ trust: null }), channelOf({ trust: 'A' }), channelOf({ trust: 'C' })]).toEqual([
      'staff',
      'calendar',
      'calendar',
    ]);
  });
});

describe('the place that is asked for', () => {
  it('has the length that was asked for, or the usual one', () => {
    expect(placeIn({ proposedStart: START, proposedEnd: null }, 90)).toEqual({ start: START, minutes: 90 });
    const proposedEnd = new Date('2026-11-13T09:45:00Z');
    expect(placeIn({ proposedStart: START, proposedEnd }, 90)).toEqual({ start: START, minutes: 45 });
    expect(placeIn({ proposedStart: null, proposedEnd: null }, 90)).toBeNull();
    expect(placeIn({ proposedStart: START, proposedEnd: START }, 90)).toBeNull();
  });
});
