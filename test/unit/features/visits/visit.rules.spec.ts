import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  asksReason,
  checkDays,
  hasReached,
  isOver,
  nextStates,
  STAGES,
  stepped,
  VISIT_STATES,
  type Stage,
  type StandingVisit,
  type VisitState,
} from '../../../../src/features/visits/visit.rules.js';

const visit = (state: VisitState, more: Partial<StandingVisit> = {}): StandingVisit => ({
  state,
  postponedFrom: null,
  startsOn: '2027-03-01',
  endsOn: '2027-03-03',
  ...more,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'nothing';
};

describe('the way of a visit', () => {
  it('leads from each state to these, and nowhere else', () => {
    expect(Object.fromEntries(VISIT_STATES.map((state) => [state, nextStates(visit(state))]))).toEqual({
      enquiry: ['under_review', 'postponed', 'cancelled'],
      under_review: ['approved', 'declined', 'postponed', 'cancelled'],
      approved: ['invited', 'postponed', 'cancelled'],
      invited: ['composition_confirmed', 'postponed', 'cancelled'],
      composition_confirmed: ['preparing', 'postponed', 'cancelled'],
      preparing: ['frozen', 'postponed', 'cancelled'],
      frozen: ['in_progress', 'postponed', 'cancelled'],
      in_progress: ['completed', 'cancelled'],
      completed: ['reported'],
      reported: ['closed'],
      closed: [],
      declined: [],
      postponed: ['under_review', 'cancelled'],
      cancelled: [],
    });
  });

  it('takes a postponed visit back to the stage it had reached, a frozen one to the preparations, with new days', () => {
    for (const stage of STAGES.slice(0, STAGES.indexOf('in_progress'))) {
      const waiting = stepped(visit(stage), { to: 'postponed', reason: 'the minister is ill' });
      expect(waiting).toEqual(visit('postponed', { postponedFrom: stage }));
      const to: Stage = stage === 'frozen' ? 'preparing' : stage;
      const days = { startsOn: '2027-04-01', endsOn: '2027-04-02' };
      expect(stepped(waiting, { to, reason: null, ...days })).toEqual({ state: to, postponedFrom: null, ...days });
    }
  });

  it.each([
    ['no new days', {}],
    ['the old first day', { startsOn: '2027-03-01', endsOn: '2027-03-05' }],
    ['no last day', { startsOn: '2027-04-01', endsOn: null }],
  ])('keeps a postponed visit waiting with %s', (_, days) => {
    const waiting = visit('postponed', { postponedFrom: 'invited' });
    expect(codeOf(() => stepped(waiting, { to: 'invited', reason: null, ...days }))).toBe('error.visit.newDays');
  });

  it('asks why a visit is declined, postponed or cancelled, and of nothing else', () => {
    expect(VISIT_STATES.filter(asksReason)).toEqual(['declined', 'postponed', 'cancelled']);
    expect(codeOf(() => stepped(visit('under_review'), { to: 'declined', reason: null }))).toBe('error.visit.reason');
    expect(codeOf(() => stepped(visit('approved'), { to: 'cancelled', reason: '' }))).toBe('error.visit.reason');
  });

  it('never jumps: whatever steps are tried, each state follows from the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VISIT_STATES), { maxLength: 30 }), (wanted) => {
        let now = visit('enquiry');
        let month = 1;
        for (const to of wanted) {
          const from = now;
          const day = `2028-${String((month++ % 12) + 1).padStart(2, '0')}-01`;
          try {
            now = stepped(now, { to, reason: 'because', startsOn: day, endsOn: day });
          } catch {
            expect(nextStates(from).includes(to) && day !== from.startsOn).toBe(false);
            continue;
          }
          expect(nextStates(from)).toContain(now.state);
        }
      }),
    );
  });

  it('has reached a stage when it stands there or beyond; postponed it keeps what it had, declined and cancelled nothing', () => {
    expect(hasReached(visit('frozen'), 'invited')).toBe(true);
    expect(hasReached(visit('invited'), 'frozen')).toBe(false);
    expect(hasReached(visit('postponed', { postponedFrom: 'invited' }), 'approved')).toBe(true);
    expect(hasReached(visit('cancelled'), 'enquiry')).toBe(false);
    expect(VISIT_STATES.filter(isOver)).toEqual(['closed', 'declined', 'cancelled']);
  });
});

describe('the days of a visit', () => {
  it.each([
    [null, null, 'nothing'],
    ['2027-03-01', '2027-03-01', 'nothing'],
    ['2027-03-02', '2027-03-01', 'error.visit.endsBefore'],
    ['2027-03-02', null, 'error.visit.bothDays'],
    [null, '2027-03-02', 'error.visit.bothDays'],
  ])('from %s to %s: %s', (startsOn, endsOn, code) => {
    expect(codeOf(() => checkDays({ startsOn, endsOn }))).toBe(code);
  });
});
