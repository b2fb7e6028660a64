import { describe, expect, it } from '@jest/globals';
import { RuleViolation } from '../../../../src/kernel/errors.js';
import { asksNeeds, asksPaper, choosesSessions, FORMS } from '../../../../src/features/registration/participation.rules.js';
import {
  acceptOffer,
  approve,
  APPROVALS,
  cancel,
  holdsPlace,
  isActive,
  isConfirmed,
  lapse,
  offer,
  openingOf,
  refuse,
  register,
  registrationNumber,
  waitAgain,
  WAITLISTS,
  waitlisted,
  type Standing,
} from '../../../../src/features/registration/registration.rules.js';

const standing = (changes: Partial<Standing> = {}): Standing => ({ approval: 'not_needed', waitlist: 'none', form: 'in_person', ...changes });
const NOW = new Date('2027-05-01T09:00:00.000Z');
const LATER = new Date('2027-05-01T09:00:00.001Z');

describe('holdsPlace', () => {
  it('is exactly: approved or needing no approval, not waiting, in the hall', () => {
    const holders = APPROVALS.flatMap((approval) => WAITLISTS.map((waitlist) => ({ approval, waitlist }))).filter((state) => holdsPlace(standing(state)));
    expect(holders).toEqual([
      { approval: 'not_needed', waitlist: 'none' },
      { approval: 'not_needed', waitlist: 'offered' },
      { approval: 'approved', waitlist: 'none' },
      { approval: 'approved', waitlist: 'offered' },
    ]);
  });

  it('asks no seat for those who do not come', () => {
    expect(FORMS.filter((form) => holdsPlace(standing({ form })))).toEqual(['in_person', 'poster']);
  });
});

describe('commands', () => {
  it('registers without approval, or as an application where approval is by hand', () => {
    expect(register('automatic', 'online')).toEqual({ approval: 'not_needed', waitlist: 'none', form: 'online' });
    expect(register('manual', 'in_person')).toEqual({ approval: 'pending', waitlist: 'none', form: 'in_person' });
  });

  it('approves applications and takes a refusal back', () => {
    expect(approve(standing({ approval: 'pending' })).approval).toBe('approved');
    expect(approve(standing({ approval: 'refused' })).approval).toBe('approved');
  });

  it.each(['not_needed', 'approved', 'cancelled'] as const)('does not approve what is %s', (approval) => {
    expect(() => approve(standing({ approval }))).toThrow(RuleViolation);
  });

  it.each(['not_needed', 'refused', 'cancelled'] as const)('does not refuse what is %s', (approval) => {
    expect(() => refuse(standing({ approval }))).toThrow(RuleViolation);
  });

  it('gives the place back on refusal and on cancellation, offered or not', () => {
    for (const waitlist of WAITLISTS) {
      expect(holdsPlace(refuse(standing({ approval: 'approved', waitlist })))).toBe(false);
      expect(cancel(standing({ waitlist }))).toEqual({ approval: 'cancelled', waitlist: 'none', form: 'in_person' });
    }
  });

  it('cancels once', () => {
    expect(() => cancel(standing({ approval: 'cancelled' }))).toThrow('error.registration.alreadyCancelled');
  });

  it('offers only to those who wait', () => {
    expect(offer(waitlisted(standing())).waitlist).toBe('offered');
    for (const waitlist of ['none', 'offered', 'lapsed'] as const) expect(() => offer(standing({ waitlist }))).toThrow('error.registration.noOffer');
  });

  it('takes an offer up to, not including, its end', () => {
    expect(acceptOffer(standing({ waitlist: 'offered' }), LATER, NOW).waitlist).toBe('none');
    expect(() => acceptOffer(standing({ waitlist: 'offered' }), NOW, NOW)).toThrow('error.registration.offerEnded');
    expect(() => acceptOffer(standing({ waitlist: 'lapsed' }), null, NOW)).toThrow('error.registration.offerEnded');
    expect(() => acceptOffer(standing(), null, NOW)).toThrow('error.registration.noOffer');
  });

  it('lets a lapsed offer wait again, and nothing else', () => {
    expect(waitAgain(lapse(standing({ waitlist: 'offered' }))).waitlist).toBe('waiting');
    expect(() => waitAgain(standing({ waitlist: 'waiting' }))).toThrow('error.registration.notLapsed');
    expect(() => waitAgain(standing({ waitlist: 'lapsed', approval: 'refused' }))).toThrow('error.registration.notLapsed');
  });

  it('leaves the form as it is in every command', () => {
    expect(approve(standing({ approval: 'pending', form: 'poster' })).form).toBe('poster');
  });
});

describe('what a registration is', () => {
  it('is confirmed when nobody must decide and nobody must wait', () => {
    expect(isConfirmed(standing())).toBe(true);
    expect(isConfirmed(standing({ approval: 'pending' }))).toBe(false);
    expect(isConfirmed(standing({ waitlist: 'offered' }))).toBe(false);
  });

  it('is active until it is cancelled', () => {
    expect(APPROVALS.filter((approval) => isActive({ approval }))).toEqual(['not_needed', 'pending', 'approved', 'refused']);
  });

  it('has a number that sorts and grows beyond four digits', () => {
    expect([registrationNumber('C27', 42), registrationNumber('C27', 12_345)]).toEqual(['C27-0042', 'C27-12345']);
  });
});

describe('openingOf', () => {
  const opensAt = new Date('2027-01-01T00:00:00Z');
  const closesAt = new Date('2027-04-01T00:00:00Z');

  it('counts the first instant in and the last out', () => {
    expect(openingOf({ opensAt: null, closesAt }, opensAt)).toBe('never');
    expect(openingOf({ opensAt, closesAt }, new Date(opensAt.getTime() - 1))).toBe('not_yet');
    expect(openingOf({ opensAt, closesAt }, opensAt)).toBe('open');
    expect(openingOf({ opensAt, closesAt }, closesAt)).toBe('closed');
    expect(openingOf({ opensAt, closesAt: null }, closesAt)).toBe('open');
  });
});

describe('what is asked', () => {
  it('follows from form and category', () => {
    expect(FORMS.map((form) => [form, asksNeeds(form), choosesSessions(form), asksPaper('listener', form), asksPaper('speaker', form)])).toEqual([
      ['in_person', true, true, false, true],
      ['online', false, true, false, true],
      ['recorded', false, false, true, true],
      ['poster', true, true, true, true],
      ['publication', false, false, true, true],
    ]);
  });
});
