import { describe, expect, it } from '@jest/globals';
import { problemOfMail, problemOfStatus } from '../../../../src/platform/mail/mail-problem.rules.js';

describe('why a mail did not arrive, in words', () => {
  it.each([
    ['5.1.1', 'noMailbox'],
    ['5.1.10', 'noDomain'],
    ['5.1.2', 'noDomain'],
    ['5.2.1', 'closed'],
    ['4.2.2', 'full'],
    ['5.2.2', 'full'],
    ['5.3.4', 'tooBig'],
    ['5.7.26', 'refused'],
    ['4.4.1', 'later'],
    ['5.0.0', 'other'],
    ['5.1.100', 'other'],
  ])('%s is %s [CD4]', (status, key) => {
    expect(problemOfStatus(status)).toEqual({ key, code: status });
  });

  it('says who did not want it', () => {
    expect(problemOfStatus('complaint')).toEqual({ key: 'complaint', code: '' });
    expect(problemOfStatus('unsubscribed')).toEqual({ key: 'unsubscribed', code: '' });
  });

  it.each([
    ['returned 5.1.1', { key: 'noMailbox', code: '5.1.1', stopped: false }],
    ['suppressed after 5.1.1', { key: 'noMailbox', code: '5.1.1', stopped: true }],
    ['suppressed after complaint', { key: 'complaint', code: '', stopped: true }],
    ['SMTP 550', { key: 'refused', code: '550', stopped: false }],
    ['SMTP 451', { key: 'later', code: '451', stopped: false }],
    ['ECONNREFUSED', { key: 'unreachable', code: 'ECONNREFUSED', stopped: false }],
    ['connection lost', { key: 'unreachable', code: 'connection lost', stopped: false }],
  ])('reads %s', (problem, words) => {
    expect(problemOfMail(problem)).toEqual(words);
  });
});
