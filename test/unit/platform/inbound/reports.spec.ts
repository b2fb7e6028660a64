import { describe, expect, it } from '@jest/globals';
import { createSecretKey, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { reportIn, severityOf } from '../../../../src/platform/inbound/delivery-report.js';
import { readMailTree } from '../../../../src/platform/inbound/mime-tree.js';
import { bounceAddress, mailOfBounceAddress } from '../../../../src/platform/mail/return-path.js';

const report = (type: string, status: readonly string[], original: readonly string[] = []) =>
  readMailTree(
    Buffer.from(
      [
        `Content-Type: multipart/report; report-type=${type}; boundary=r`,
        '',
        '--r',
        'Content-Type: text/plain',
        '',
        'I am sorry.',
        '--r',
        `Content-Type: message/${type}`,
        '',
        ...status,
        '',
        ...(original.length > 0 ? ['--r', 'Content-Type: text/rfc822-headers', '', ...original, ''] : []),
        '--r--',
        '',
      ].join('\r\n'),
    ),
  ).then(reportIn);

describe('a delivery report (RFC 3464)', () => {
  it('says what failed, for whom, and which mail it was', async () => {
    const found = await report(
      'delivery-status',
      [
        'Reporting-MTA: dns; mx.example.org',
        'Original-Envelope-Id: abc',
        '',
        'Original-Recipient: rfc822;Anna@Library.example',
        'Final-Recipient: rfc822; a@inner.example',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no',
        ' such user',
        '',
        'Final-Recipient: rfc822; b@inner.example',
        'Action: delayed',
        'Status: 4.4.1 (no answer)',
      ],
      ['Message-ID:', ' <one@example.org>', 'Subject: x'],
    );
    expect(found).toEqual({
      kind: 'bounce',
      envelopeId: 'abc',
      messageId: '<one@example.org>',
      failures: [
        { recipient: 'anna@library.example', action: 'failed', status: '5.1.1' },
        { recipient: 'b@inner.example', action: 'delayed', status: '4.4.1' },
      ],
    });
  });

  it('without a status or action says of nobody that a mail failed', async () => {
    expect(
      await report('delivery-status', ['Reporting-MTA: dns; x', '', 'Final-Recipient: rfc822; a@b.example']),
    ).toEqual({
      kind: 'bounce',
      envelopeId: null,
      messageId: null,
      failures: [],
    });
  });

  it('is no report where the mail only speaks of one', async () => {
    const words = Buffer.from('Subject: Undelivered\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n');
    expect(reportIn(await readMailTree(words))).toBeNull();
  });

  it.each([
    ['failed', '5.1.1', 'dead'],
    ['failed', '5.1.10', 'dead'],
    ['failed', '5.1.100', 'hard'],
    ['failed', '5.7.1', 'hard'],
    ['failed', '4.2.2', 'soft'],
    ['delayed', '5.1.1', 'soft'],
    ['delivered', '2.0.0', null],
  ] as const)('%s with %s is %s [CD2]', (action, status, severity) => {
    expect(severityOf({ recipient: null, action, status })).toBe(severity);
  });
});

describe('a complaint (RFC 5965)', () => {
  it('names the mail that was called spam', async () => {
    expect(
      await report(
        'feedback-report',
        ['Feedback-Type: abuse', 'Version: 1', 'Original-Rcpt-To: <anna@library.example>'],
        ['Message-Id: <two@example.org>'],
      ),
    ).toEqual({ kind: 'complaint', recipient: 'anna@library.example', messageId: '<two@example.org>' });
  });
});

describe('a return path', () => {
  const key = createSecretKey(Buffer.alloc(32, 1));

  it('names its mail, in any case of letters, and only with our signature [CD6]', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(41), fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), (id, at, letter) => {
        const address = bounceAddress(key, 'bounces.example.org', id);
        expect(address).toMatch(/^b\.[a-z2-7]{42}@bounces\.example\.org$/);
        expect(mailOfBounceAddress(key, 'bounces.example.org', address.toUpperCase())).toBe(id);
        const forged = `b.${address.slice(2, 2 + at)}${letter}${address.slice(3 + at)}`;
        // The last letter carries two bits that mean nothing.
        if (forged !== address && at < 41) expect(mailOfBounceAddress(key, 'bounces.example.org', forged)).toBeNull();
      }),
    );
  });

  it('of another house or domain names nothing', () => {
    const address = bounceAddress(key, 'bounces.example.org', randomUUID());
    expect(mailOfBounceAddress(createSecretKey(Buffer.alloc(32, 2)), 'bounces.example.org', address)).toBeNull();
    expect(mailOfBounceAddress(key, 'other.example.org', address)).toBeNull();
    expect(mailOfBounceAddress(key, null, address)).toBeNull();
    for (const odd of ['', '@', 'b.@bounces.example.org', 'b.a@bounces.example.org', 'anna@bounces.example.org'])
      expect(mailOfBounceAddress(key, 'bounces.example.org', odd)).toBeNull();
  });
});
