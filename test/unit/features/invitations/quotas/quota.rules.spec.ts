import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  afterQuotaCommand,
  consentUntil,
  isLate,
  isWaitedFor,
  mayFill,
  QUOTA_STATES,
  quotaKey,
  skipReason,
  type AskedInstitution,
  type QuotaCommand,
  type QuotaState,
} from '../../../../../src/features/invitations/quotas/quota.rules.js';
import { RuleViolation } from '../../../../../src/kernel/errors.js';

const NOW = new Date('2027-03-01T12:00:00Z');
const at = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const quota = (state: QuotaState, changes: Partial<AskedInstitution> = {}): AskedInstitution => ({
  state,
  deadline: at(24),
  taken: 1,
  places: 3,
  ...changes,
});

const outcome = (asked: AskedInstitution, command: QuotaCommand): string => {
  try {
    return afterQuotaCommand(asked, command, NOW);
  } catch (error) {
    if (error instanceof RuleViolation) return error.code;
    throw error;
  }
};

describe('a quota', () => {
  // What each command makes of each state before the deadline, with one place of three taken.
  const TABLE: Record<QuotaCommand, Record<QuotaState, string>> = {
    send: {
      draft: 'queued',
      queued: 'queued',
      bounced: 'queued',
      declined: 'queued',
      withdrawn: 'error.quota.withdrawn',
    },
    remind: {
      draft: 'error.quota.notSent',
      queued: 'queued',
      bounced: 'bounced',
      declined: 'error.quota.nothingToRemind',
      withdrawn: 'error.quota.withdrawn',
    },
    withdraw: {
      draft: 'withdrawn',
      queued: 'withdrawn',
      bounced: 'withdrawn',
      declined: 'withdrawn',
      withdrawn: 'error.quota.withdrawn',
    },
    decline: {
      draft: 'error.quota.notSent',
      queued: 'error.quota.notEmpty',
      bounced: 'error.quota.notEmpty',
      declined: 'error.quota.notEmpty',
      withdrawn: 'error.quota.withdrawn',
    },
    fill: {
      draft: 'error.quota.notSent',
      queued: 'queued',
      bounced: 'queued',
      declined: 'queued',
      withdrawn: 'error.quota.withdrawn',
    },
    bounce: { draft: 'draft', queued: 'queued', bounced: 'bounced', declined: 'declined', withdrawn: 'withdrawn' },
  };

  it.each(Object.entries(TABLE))('goes where it may: %s', (command, expected) => {
    const found = Object.fromEntries(
      QUOTA_STATES.map((state) => [state, outcome(quota(state), command as QuotaCommand)]),
    );
    expect(found).toEqual(expected);
  });

  it('is neither filled, reminded of, refused nor sent once its deadline is reached', () => {
    const over = { deadline: NOW };
    for (const command of ['send', 'fill', 'remind', 'decline'] as const)
      expect([command, outcome(quota('queued', { ...over, taken: 0 }), command)]).toEqual([
        command,
        'error.quota.deadlineOver',
      ]);
    expect(outcome(quota('queued', over), 'withdraw')).toBe('withdrawn');
    expect([mayFill(quota('queued', over), NOW), mayFill(quota('queued', { deadline: at(1) }), NOW)]).toEqual([
      false,
      true,
    ]);
  });

  it('empty may be declined, and its letter may come back; with people it may not', () => {
    expect(outcome(quota('queued', { taken: 0 }), 'decline')).toBe('declined');
    expect(outcome(quota('queued', { taken: 0 }), 'bounce')).toBe('bounced');
  });

  it('is waited for while it has free places and time, and nobody has declined', () => {
    expect(isWaitedFor(quota('queued'), NOW)).toBe(true);
    expect(isWaitedFor(quota('queued', { taken: 3 }), NOW)).toBe(false);
    expect(isWaitedFor(quota('queued', { deadline: NOW }), NOW)).toBe(false);
    for (const state of ['draft', 'declined', 'withdrawn'] as const) expect(isWaitedFor(quota(state), NOW)).toBe(false);
  });

  it('is one for each institution while it counts', () => {
    const ids = { conferenceId: 'c', institutionId: 'i' };
    expect(QUOTA_STATES.map((state) => quotaKey(ids, state))).toEqual(['c:i', 'c:i', 'c:i', 'c:i', null]);
  });
});

describe('the time to agree', () => {
  it('ends after so many days, never after the conference has begun, and is over at its last instant', () => {
    const until = consentUntil(NOW, 14, at(24 * 100));
    expect(until).toEqual(at(24 * 14));
    expect(consentUntil(NOW, 14, at(24 * 3))).toEqual(at(24 * 3));
    expect([isLate({ consentUntil: until }, at(24 * 14 - 1)), isLate({ consentUntil: until }, until)]).toEqual([
      false,
      true,
    ]);
    expect(isLate({ consentUntil: null }, at(1e6))).toBe(false);
  });

  it('always leaves some', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -5000, max: 5000 }), (days, begins) => {
        expect(consentUntil(NOW, days, at(begins)).getTime()).toBeGreaterThan(NOW.getTime());
      }),
    );
  });
});

describe('an institution', () => {
  const person = (email: string | null) => ({ person: { email } });
  const candidate = { institution: { id: 'i' }, partner: true, focalPoint: person('a@example.org') };
  const nobody = { invited: new Set<string>(), partnersOnly: true, stopped: new Set<string>() };

  it('is skipped for the first reason that holds', () => {
    expect(skipReason(candidate, nobody)).toBeNull();
    expect(skipReason(candidate, { ...nobody, invited: new Set(['i']) })).toBe('invited');
    expect(skipReason({ ...candidate, partner: false }, nobody)).toBe('agreement');
    expect(skipReason({ ...candidate, partner: false }, { ...nobody, partnersOnly: false })).toBeNull();
    expect(skipReason({ ...candidate, focalPoint: null }, nobody)).toBe('contact');
    expect(skipReason({ ...candidate, focalPoint: person(null) }, nobody)).toBe('email');
    expect(skipReason(candidate, { ...nobody, stopped: new Set(['a@example.org']) })).toBe('stopped');
  });
});
