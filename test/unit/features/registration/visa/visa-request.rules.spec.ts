import { describe, expect, it } from '@jest/globals';
import {
  coversDays,
  expiresTooSoon,
  fingerprintText,
  isOpen,
  masked,
  nextState,
  VISA_STATES,
  waitsForOfficer,
  type VisaCommand,
  type VisaState,
} from '../../../../../src/features/registration/visa/visa-request.rules.js';
import { RuleViolation } from '../../../../../src/kernel/errors.js';

const after = (state: VisaState, command: VisaCommand): string => {
  try {
    return nextState(state, command);
  } catch (error) {
    if (error instanceof RuleViolation) return error.code;
    throw error;
  }
};
/** Where the command leads from each state in which it is possible. */
const from = (command: VisaCommand) =>
  Object.fromEntries(
    VISA_STATES.map((state) => [state, after(state, command)] as const).filter(
      ([, next]) => next !== 'error.visa.state',
    ),
  );
const NO = 'error.visa.mismatch';

describe('a visa request', () => {
  it('goes its way and no other', () => {
    expect(from({ kind: 'assess', outcome: 'needed' })).toEqual({
      unknown: 'data_requested',
      not_needed: 'data_requested',
      on_arrival: 'data_requested',
      data_requested: 'data_requested',
      data_received: 'data_received',
      withdrawn: 'data_requested',
    });
    expect(from({ kind: 'assess', outcome: 'not_needed' })).toEqual({
      unknown: 'not_needed',
      not_needed: 'not_needed',
      on_arrival: 'not_needed',
      data_requested: 'not_needed',
      data_received: 'not_needed',
      withdrawn: 'not_needed',
    });
    expect(from({ kind: 'assess', outcome: 'on_arrival' })).toMatchObject({ unknown: 'on_arrival' });
    expect(from({ kind: 'receive' })).toEqual({
      data_requested: 'data_received',
      data_received: 'data_received',
      letter_drafted: 'data_received',
      signed: 'signed',
      sent: 'sent',
    });
    expect(from({ kind: 'draft' })).toEqual({
      data_received: 'letter_drafted',
      letter_drafted: 'letter_drafted',
      signed: 'letter_drafted',
      sent: 'letter_drafted',
    });
    expect(from({ kind: 'sign' })).toEqual({ letter_drafted: 'signed' });
    expect(from({ kind: 'send', mismatch: false })).toEqual({ signed: 'sent' });
    expect(from({ kind: 'send', mismatch: true })).toEqual({ signed: NO });
    expect(from({ kind: 'issue' })).toEqual({ sent: 'issued' });
    expect(from({ kind: 'refuse' })).toEqual({ sent: 'refused' });
  });

  it('is withdrawn from every open state', () => {
    const open = VISA_STATES.filter(isOpen);
    expect(VISA_STATES.filter((state) => !isOpen(state))).toEqual(['issued', 'refused', 'withdrawn']);
    expect(from({ kind: 'withdraw' })).toEqual(Object.fromEntries(open.map((state) => [state, 'withdrawn'])));
  });

  it('waits for the officer with data, a draft, a signature, or a letter that no longer fits', () => {
    expect(VISA_STATES.filter((state) => waitsForOfficer(state, false))).toEqual([
      'data_received',
      'letter_drafted',
      'signed',
    ]);
    expect(waitsForOfficer('sent', true)).toBe(true);
  });
});

describe('the fingerprint of a letter', () => {
  const facts = {
    surname: 'SANTOSO',
    givenNames: 'BUDI',
    passportNumber: 'C4821973',
    entryOn: '2027-10-10',
    exitOn: '2027-10-16',
  };

  it('changes with each fact and with nothing else', () => {
    const print = fingerprintText(facts);
    const changed = [
      { surname: 'SANTOSA' },
      { givenNames: 'BUDI A' },
      { passportNumber: 'C4821974' },
      { entryOn: '2027-10-11' },
      { exitOn: '2027-10-17' },
    ];
    for (const change of changed) expect(fingerprintText({ ...facts, ...change })).not.toBe(print);
    expect(fingerprintText({ ...facts, surname: ' Santoso ', passportNumber: 'C 4821973' })).toBe(print);
    // Moved from one field to the next it is another name.
    expect(fingerprintText({ ...facts, surname: 'SANTOSO BUDI', givenNames: '' })).not.toBe(print);
  });
});

describe('a value that is not shown', () => {
  it('shows its last four characters, and a short one none', () => {
    expect([masked('C4821973'), masked('12345'), masked('1234'), masked('')]).toEqual([
      '•••• 1973',
      '•••• 2345',
      '••••',
      '••••',
    ]);
  });
});

describe('a journey', () => {
  const days = { entryOn: '2027-03-01', exitOn: '2027-03-04' };
  it.each([
    ['covers the days of the stay', days, '2027-03-01', '2027-03-04', true],
    ['covers fewer days than its own', days, '2027-03-02', '2027-03-03', true],
    ['begins too late', days, '2027-02-28', '2027-03-04', false],
    ['ends too early', days, '2027-03-01', '2027-03-05', false],
    ['without days covers nothing', { entryOn: null, exitOn: null }, '2027-03-01', '2027-03-04', false],
    ['has nothing to cover where the stay has no days', days, null, null, true],
  ])('%s', (_, journey, startsOn, endsOn, covers) => {
    expect(coversDays(journey, { startsOn, endsOn })).toBe(covers);
  });
});

describe('a passport', () => {
  it('ends too soon within 90 days after departure', () => {
    expect(expiresTooSoon('2028-01-14', '2027-10-16')).toBe(false);
    expect(expiresTooSoon('2028-01-13', '2027-10-16')).toBe(true);
    expect(expiresTooSoon('2027-10-01', '2027-10-16')).toBe(true);
  });
});
