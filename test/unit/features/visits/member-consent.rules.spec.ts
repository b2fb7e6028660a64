import { describe, expect, it } from '@jest/globals';
import {
  consentUntil,
  isLate,
  provisionalOf,
} from '../../../../src/features/visits/delegation/member-consent.rules.js';

const said = (given: boolean, channel: string) => ({ given, channel });

describe('what a focal point has given of somebody', () => {
  it.each([
    ['waits for their own yes', [['special', said(true, 'focal')]], ['special']],
    ['does not wait where they have said it themselves', [['special', said(true, 'web')]], []],
    ['does not wait where a paper says so', [['visa', said(true, 'paper')]], []],
    ['is nothing once it was taken back', [['visa', said(false, 'focal')]], []],
    ['is nothing of what was never given', [], []],
    [
      'may be several kinds',
      [
        ['special', said(true, 'focal')],
        ['visa', said(true, 'focal')],
      ],
      ['special', 'visa'],
    ],
    ['has nothing to do with other purposes', [['photo', said(true, 'focal')]], []],
  ] as const)('%s', (_, current, purposes) => {
    expect(provisionalOf(new Map(current as never))).toEqual(purposes);
  });

  it('waits for 14 days, and is late only without an answer', () => {
    const now = new Date('2027-03-01T10:00:00Z');
    const until = consentUntil(now);
    expect(until.toISOString()).toBe('2027-03-15T10:00:00.000Z');
    expect([isLate({ answer: null, until }, now), isLate({ answer: null, until }, until)]).toEqual([false, true]);
    expect(isLate({ answer: 'agree', until }, until)).toBe(false);
  });
});
