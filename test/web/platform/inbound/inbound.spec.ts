import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { InboundReaders } from '../../../../src/platform/inbound/inbound-readers.js';
import { InboundStore } from '../../../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../../../src/platform/inbound/inbound-worker.js';
import { LmtpDoor } from '../../../../src/platform/inbound/lmtp-door.js';
import { AddressState } from '../../../../src/platform/mail/address-state.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { ReturnPaths } from '../../../../src/platform/mail/return-paths.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { LmtpClient } from '../../../support/lmtp-client.js';

const OURS = 'conferences@example.org';
let world: TestApp;
let mta: LmtpClient;
let serial = 0;

beforeAll(async () => {
  world = await startApp({ BOUNCE_DOMAIN: 'bounces.example.org' });
  mta = await LmtpClient.open(await world.get(LmtpDoor).open(0));
  world.get(InboundReaders).add(async ({ subject }) => {
    if (subject === 'poison') throw new Error('cannot be read');
    return null;
  });
});
afterAll(async () => {
  mta.close();
  await world.close();
});

const letter = (subject: string, ...more: string[]) =>
  Buffer.from(
    [`From: Anna <Anna@Library.example>`, `Subject: ${subject}`, ...more, '', `Words ${++serial}.`, ''].join('\r\n'),
  );
const drain = () => world.get(InboundWorker).drain();
const stored = () => world.db.repository(InboundMail).find({ order: { receivedAt: 'ASC', id: 'ASC' } });
const latest = async () => (await stored()).at(-1)!;

describe('the door for the mail server (LMTP)', () => {
  it('takes mail for our mailbox and its details, and refuses every other recipient one by one', async () => {
    const to = [OURS, 'CONFERENCES+congress@Example.org', 'someone@example.org', 'b.forged@bounces.example.org'];
    const replies = await mta.deliver('anna@library.example', to, letter('Question'));
    expect(replies.map((reply) => reply.slice(0, 9))).toEqual(['550 5.1.1', '550 5.1.1', '250 2.0.0', '250 2.0.0']);
    expect(await latest()).toMatchObject({ door: 'lmtp', envelopeFrom: 'anna@library.example', state: 'stored' });
  });

  it('keeps one row of the same bytes, however often they come', async () => {
    const before = (await stored()).length;
    const raw = letter('Again');
    for (let n = 0; n < 3; n++) expect((await mta.deliver('', [OURS], raw))[0]).toMatch(/^250/);
    expect(await stored()).toHaveLength(before + 1);
  });

  it('refuses what is too big, and listens on [CQ1]', async () => {
    const before = (await stored()).length;
    const [refused] = await mta.deliver(
      '',
      [OURS],
      Buffer.from(`Subject: big\r\n\r\n${'x'.repeat(76).concat('\r\n').repeat(27_000)}`),
    );
    expect(refused).toMatch(/^552/);
    expect(await stored()).toHaveLength(before);
    expect((await mta.deliver('', [OURS], letter('small')))[0]).toMatch(/^250/);
  });
});

describe('the worker', () => {
  it('shows letters to a person, and puts what programs write aside [CD5]', async () => {
    await mta.deliver('anna@library.example', [OURS], letter('=?utf-8?B?0J/Ri9GC0LDQvdC90LU=?='));
    await drain();
    expect(await latest()).toMatchObject({
      state: 'open',
      kind: 'letter',
      sender: 'anna@library.example',
      subject: 'Пытанне',
    });
    for (const field of [
      'Auto-Submitted: auto-replied',
      'X-Auto-Response-Suppress: All',
      'List-Id: <x>',
      'Precedence: bulk',
    ]) {
      await mta.deliver('anna@library.example', [OURS], letter('Out of office', field));
      await drain();
      expect(await latest()).toMatchObject({ state: 'read', kind: 'automatic' });
    }
    expect(await world.mails()).toEqual([]);
  });

  it('tries three times what it cannot read, then asks a person, and reads on meanwhile', async () => {
    await mta.deliver('', [OURS], letter('poison'));
    const { id } = await latest();
    await mta.deliver('anna@library.example', [OURS], letter('healthy'));
    for (let attempt = 1; attempt <= 3; attempt++) {
      await drain();
      world.clock.advance({ minutes: 10 });
    }
    const row = await world.db.repository(InboundMail).findOneByOrFail({ id });
    expect(row).toMatchObject({ state: 'open', kind: 'unreadable', attempts: 3, remark: 'inbound.remark.failed' });
    expect(await latest()).toMatchObject({ kind: 'letter' });
  });

  it('gives each mail one effect, however many workers read', async () => {
    let effects = 0;
    world.get(InboundReaders).add(async ({ subject }) => {
      if (subject !== 'once') return null;
      effects++;
      return { kind: 'letter', open: false };
    });
    for (let n = 0; n < 8; n++)
      await world.get(InboundStore).keep({ door: 'lmtp', from: '', to: [OURS], raw: letter('once') });
    const counts = await Promise.all([drain(), drain(), drain()]);
    expect(counts.reduce((a, b) => a + b)).toBe(8);
    expect(await world.db.repository(InboundMail).countBy({ state: 'read', subject: 'once' })).toBe(8);
    expect(effects).toBeGreaterThanOrEqual(8); // an attempt that lost is taken back by the database
  });
});

describe('a mail that comes back', () => {
  async function sent(to: string, bulk = false): Promise<OutgoingMail> {
    const id = await world.get(Outbox).enqueue({
      kind: 'test',
      cause: `test:${++serial}`,
      to: { address: to },
      locale: 'en',
      subject: 'Welcome',
      blocks: [{ kind: 'text', text: 'We wait for you.' }],
      ...(bulk ? { bulk: { list: 'news' } } : {}),
    });
    await world.mails();
    return world.db.repository(OutgoingMail).findOneByOrFail({ id: id! });
  }

  const bounce = (status: string, action = 'failed', messageId = '<other@example.org>') =>
    Buffer.from(
      [
        'From: MAILER-DAEMON@mx.example',
        'Subject: Undelivered',
        'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
        '',
        '--r',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Final-Recipient: rfc822; x@y.example',
        `Action: ${action}`,
        `Status: ${status}`,
        '',
        '--r',
        'Content-Type: text/rfc822-headers',
        '',
        `Message-ID: ${messageId}`,
        `X-Serial: ${++serial}`,
        '',
        '--r--',
        '',
      ].join('\r\n'),
    );
  const back = async (mail: OutgoingMail, raw: Buffer) => {
    expect((await mta.deliver('', [world.get(ReturnPaths).of(mail.id)], raw))[0]).toMatch(/^250/);
    await drain();
  };
  const stateOf = (address: string) => world.db.repository(AddressState).findOneBy({ address });
  const mailRow = ({ id }: OutgoingMail) => world.db.repository(OutgoingMail).findOneByOrFail({ id });

  it('leaves with a return path of its own, and an order for reports [CI5]', async () => {
    const mail = await sent('path@library.example');
    const delivery = world.transport.deliveries.find(({ id }) => id === mail.id)!;
    expect(delivery.from).toBe(world.get(ReturnPaths).of(mail.id));
    expect(delivery.envelopeId).toBe(delivery.from);
  });

  it('from a mailbox that does not exist is shown as failed, and nothing more is sent there [CD1] [CD2]', async () => {
    const mail = await sent('Gone@library.example');
    await back(mail, bounce('5.1.1'));
    expect(await mailRow(mail)).toMatchObject({ state: 'failed', problem: 'returned 5.1.1' });
    expect(await stateOf('gone@library.example')).toMatchObject({ suppressed: 'all', status: '5.1.1' });
    const next = await sent('gone@library.example');
    expect(await mailRow(next)).toMatchObject({ state: 'failed', problem: 'suppressed after 5.1.1' });
    expect(world.transport.deliveries.filter(({ id }) => id === next.id)).toEqual([]);
  });

  it('for another reason for good counts, and the third mail is the last; a report twice is one [CD2]', async () => {
    const address = 'refusing@library.example';
    for (let n = 1; n <= 3; n++) {
      const mail = await sent(address);
      await back(mail, bounce('5.7.1'));
      await back(mail, bounce('5.7.1'));
      expect(await stateOf(address)).toMatchObject({ strikes: n, suppressed: n === 3 ? 'all' : null });
    }
  });

  it('late, or from a full mailbox, suppresses nobody', async () => {
    const late = await sent('late@library.example');
    await back(late, bounce('4.4.1', 'delayed'));
    expect(await mailRow(late)).toMatchObject({ state: 'sent' });
    const full = await sent('full@library.example');
    await back(full, bounce('4.2.2'));
    expect(await mailRow(full)).toMatchObject({ state: 'failed' });
    expect([await stateOf('late@library.example'), await stateOf('full@library.example')]).toEqual([null, null]);
  });

  it('is found by the Message-ID inside when the report came to our mailbox, and by nothing that can be guessed [CD6]', async () => {
    const mail = await sent('inside@library.example');
    await mta.deliver('', [OURS], bounce('5.1.1', 'failed', mail.messageId));
    const forged = await sent('target@library.example');
    await mta.deliver('', [OURS], bounce('5.1.1', 'failed', '<guessed@example.org>'));
    await drain();
    expect(await stateOf('inside@library.example')).toMatchObject({ suppressed: 'all' });
    expect(await mailRow(forged)).toMatchObject({ state: 'sent' });
    expect(await stateOf('target@library.example')).toBeNull();
  });

  it('as spam stops what nobody needs, and only that [CD3]', async () => {
    const address = 'annoyed@library.example';
    const mail = await sent(address, true);
    const complaint = Buffer.from(
      bounce('0', 'x', mail.messageId)
        .toString()
        .replace('report-type=delivery-status', 'report-type=feedback-report')
        .replace('message/delivery-status', 'message/feedback-report'),
    );
    await back(mail, complaint);
    expect(await stateOf(address)).toMatchObject({ suppressed: 'bulk', status: 'complaint' });
    expect(await mailRow(await sent(address, true))).toMatchObject({ state: 'failed' });
    expect(await mailRow(await sent(address))).toMatchObject({ state: 'sent' });
  });
});
