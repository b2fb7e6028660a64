import { describe, expect, it } from '@jest/globals';
import { isCalendarMailbox, maskEmail, parseEmailAddress } from '../../../src/kernel/email-address.js';
import { hostile, hostileValue } from '../../support/hostile.js';

const problemOf = (text: string) => {
  const parsed = parseEmailAddress(text);
  return parsed.ok ? parsed.address : parsed.problem;
};

describe('e-mail address', () => {
  it.each(hostile('email'))('[X7] accepts or refuses $id as its note says', ({ value, verdict }) => {
    expect(parseEmailAddress(value).ok).toBe(verdict !== 'refuse');
  });

  it.each(hostile('header', 'smtp'))('[X7] never takes $id for an address', ({ value }) => {
    expect(parseEmailAddress(value).ok).toBe(false);
    expect(parseEmailAddress(`anna@library.example${value}`).ok).toBe(false);
  });

  it.each([
    ['email-03', { ok: true, address: 'ANNA.K@library.example', key: 'anna.k@library.example' }],
    ['email-04', { ok: true, address: 'anna@library.example', key: 'anna@library.example' }],
    ['email-05', { ok: true, address: 'anna@xn--80aba0be6bzeo4dc.example', key: 'anna@xn--80aba0be6bzeo4dc.example' }],
    ['email-23', { ok: true, address: 'anna@library.example', key: 'anna@library.example' }],
  ])('gives for %s the address and its key', (id, expected) => {
    expect(parseEmailAddress(hostileValue(id))).toEqual(expected);
  });

  it.each([
    ['anna', 'error.email.shape'],
    ['@library.example', 'error.email.shape'],
    ['анна@library.example', 'error.email.latin'],
    ['a b@library.example', 'error.email.local'],
    ['anna@localhost', 'error.email.domain'],
    ['anna@1.2.3', 'error.email.domain'],
    ['anna@library.example/x', 'error.email.domain'],
    ['anna@library.example:25', 'error.email.domain'],
    ['a@b.example, c@d.example', 'error.email.one'],
    ['Anna <anna@library.example>', 'error.email.plain'],
    [`a@${'b.'.repeat(126)}example`, 'error.email.long'],
    ['', 'error.required'],
    ['a\0@library.example', 'error.text.nul'],
  ])('names what is wrong with %j: %s', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('[X7] answers in linear time', () => {
    const long = `${'a.'.repeat(50_000)}@${'b-'.repeat(50_000)}`;
    expect([problemOf(long), problemOf('@'.repeat(100_000))]).toEqual(['error.email.long', 'error.email.long']);
    expect(isCalendarMailbox(long)).toBe(false);
  });

  it('masks all but the first letter and the domain', () => {
    expect([maskEmail('maria@example.org'), maskEmail('x@example.org')]).toEqual([
      'm•••@example.org',
      'x•••@example.org',
    ]);
  });

  it.each([
    ['anna+congress@library.example', true],
    ["o'brien@library.example", true],
    ['a/b@library.example', false],
    ['a=b@library.example', false],
    ['"a"@library.example', false],
    ['a,b@library.example', false],
    ['анна@library.example', false],
    ['anna@localhost', false],
    ['.anna@library.example', false],
    ['anna@library.example\r\nX', false],
  ])('[CV4] may %j stand bare in a calendar: %s', (address, may) => {
    expect(isCalendarMailbox(address)).toBe(may);
  });
});
