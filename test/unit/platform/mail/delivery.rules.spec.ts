import { describe, expect, it } from '@jest/globals';
import { deliveryOf, isUndelivered } from '../../../../src/platform/mail/delivery.rules.js';

describe('what became of a mail', () => {
  it('is its state, and why it waits or went no further', () => {
    const mail = (state: Parameters<typeof deliveryOf>[0]['state'], problem: string | null = null, attempts = 0) => {
      const delivery = deliveryOf({ state, problem, attempts });
      return [delivery, isUndelivered(delivery)];
    };
    expect([
      mail('held'),
      mail('queued'),
      mail('paused'),
      mail('queued', 'SMTP 451', 2),
      mail('sent', null, 1),
      mail('failed', 'returned 5.1.1'),
      mail('failed', 'SMTP 550', 1),
      mail('failed', 'suppressed after 5.1.1', 1),
      mail('failed', 'suppressed after complaint', 1),
      mail('failed', 'suppressed after unsubscribed', 1),
      mail('failed', null, 18),
      mail('discarded'),
    ]).toEqual([
      ['held', false],
      ['queued', false],
      ['paused', false],
      ['deferred', false],
      ['sent', false],
      ['bounced', true],
      ['bounced', true],
      ['stopped', true],
      ['stopped', true],
      ['unsubscribed', false],
      ['bounced', true],
      ['discarded', false],
    ]);
  });
});
