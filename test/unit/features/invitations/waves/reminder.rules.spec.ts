import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  nextReminder,
  type ReminderRule,
  type Unanswered,
} from '../../../../../src/features/invitations/waves/reminder.rules.js';

const MINSK = 'Europe/Minsk';
const DAY = 86_400_000;
const rule = (changes: Partial<ReminderRule> = {}): ReminderRule => ({
  on: true,
  afterDays: 7,
  beforeDays: null,
  most: 2,
  ...changes,
});
const asked = (changes: Partial<Unanswered> = {}): Unanswered => ({
  sentAt: new Date('2027-02-01T20:30:00Z'), // 23:30 in Minsk
  deadline: null,
  reminded: 0,
  lastReminded: null,
  ...changes,
});
const next = (r: ReminderRule, a: Unanswered, zone = MINSK) => nextReminder(r, a, zone)?.toISOString() ?? null;

describe('the next reminder', () => {
  it('leaves in the morning of the conference, so many days after the letter', () => {
    expect(next(rule(), asked())).toBe('2027-02-08T07:00:00.000Z');
    expect(next(rule(), asked(), 'Asia/Shanghai')).toBe('2027-02-09T02:00:00.000Z');
  });

  it('comes again after as many days, until there were enough', () => {
    const first = { reminded: 1, lastReminded: new Date('2027-02-08T07:03:00Z') };
    expect(next(rule(), asked(first))).toBe('2027-02-15T07:00:00.000Z');
    expect(next(rule(), asked({ ...first, reminded: 2 }))).toBeNull();
  });

  it('comes before the time to answer, once', () => {
    const before = rule({ afterDays: null, beforeDays: 3 });
    const deadline = new Date('2027-02-20T20:59:00Z');
    expect(next(before, asked({ deadline }))).toBe('2027-02-17T07:00:00.000Z');
    expect(next(before, asked({ deadline, reminded: 1, lastReminded: new Date('2027-02-17T08:00:00Z') }))).toBeNull();
    expect(next(before, asked())).toBeNull();
  });

  it('is the earlier of the two', () => {
    const both = rule({ beforeDays: 3 });
    expect(next(both, asked({ deadline: new Date('2027-02-10T15:00:00Z') }))).toBe('2027-02-07T07:00:00.000Z');
    expect(next(both, asked({ deadline: new Date('2027-03-10T15:00:00Z') }))).toBe('2027-02-08T07:00:00.000Z');
  });

  it('is none when it would come too late, or not at all', () => {
    expect(next(rule(), asked({ deadline: new Date('2027-02-08T06:59:00Z') }))).toBeNull();
    expect(next(rule({ on: false }), asked())).toBeNull();
    expect(next(rule({ afterDays: null }), asked())).toBeNull();
    // Before the letter had left.
    expect(
      next(rule({ afterDays: null, beforeDays: 30 }), asked({ deadline: new Date('2027-02-20T15:00:00Z') })),
    ).toBeNull();
  });

  it('leaves out what passed while somebody reminded by hand', () => {
    expect(next(rule(), asked({ lastReminded: new Date('2027-02-08T05:00:00Z') }))).toBe('2027-02-15T07:00:00.000Z');
  });

  it('never comes twice a day, on the day of the letter, after the time to answer, or too often', () => {
    const days = fc.option(fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(
        days,
        days,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 90 }),
        (after, before, most, left) => {
          const sentAt = new Date('2027-02-01T09:00:00Z');
          const deadline = new Date(sentAt.getTime() + left * DAY);
          const r = rule({ afterDays: after, beforeDays: before, most });
          let state = asked({ sentAt, deadline });
          let previous = sentAt;
          for (let turn = 0; turn < 12; turn++) {
            const at = nextReminder(r, state, MINSK);
            if (at === null) break;
            expect(at.toISOString().slice(0, 10) > previous.toISOString().slice(0, 10)).toBe(true);
            expect(at < deadline).toBe(true);
            state = { ...state, reminded: state.reminded + 1, lastReminded: at };
            previous = at;
          }
          expect(state.reminded).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
