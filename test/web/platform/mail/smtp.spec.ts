import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DeliveryError,
  mailTransport,
  type Delivery,
  type MailTransport,
} from '../../../../src/platform/mail/transports.js';
import { SmtpSink } from '../../../support/smtp-sink.js';

const mail: Delivery = {
  id: '1',
  from: 'conferences@example.org',
  to: 'guest@example.org',
  envelopeId: null,
  mime: Buffer.from(
    'From: conferences@example.org\r\nTo: guest@example.org\r\nSubject: Welcome\r\n\r\n.a line that starts with a dot\r\n',
  ),
};

describe('delivery over SMTP', () => {
  let sink: SmtpSink;
  let transport: MailTransport;
  const outcome = () =>
    transport.deliver(mail).then(
      () => 'taken',
      (error: unknown) => error,
    );

  beforeEach(async () => {
    sink = await SmtpSink.start();
    transport = mailTransport(sink.url);
  });
  afterEach(async () => {
    await transport.close();
    await sink.down();
  });

  it('hands over exactly the stored bytes', async () => {
    expect(await outcome()).toBe('taken');
    expect(sink.received).toEqual([{ from: 'conferences@example.org', to: ['guest@example.org'], raw: mail.mime }]);
  });

  it('tries a 4xx again and gives a 5xx up, wherever it comes [R2]', async () => {
    for (const at of ['recipient', 'message'] as const) {
      sink.behave({ code: 451, at });
      expect(await outcome()).toMatchObject({ outcome: 'temporary', doubtful: false });
      sink.behave({ code: 550, at });
      expect(await outcome()).toMatchObject({ outcome: 'permanent', doubtful: false });
    }
    expect(sink.received).toEqual([]);
  });

  it('marks a message as doubtful when the connection breaks after the final dot [R2] [R3]', async () => {
    sink.behave('cut');
    expect(await outcome()).toMatchObject({ outcome: 'temporary', doubtful: true });
    expect(sink.received).toHaveLength(1);
  });

  it('says that the server is away, and delivers once it is back', async () => {
    await sink.down();
    const error = await outcome();
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ outcome: 'temporary', doubtful: false });
    await sink.up();
    expect(await outcome()).toBe('taken');
    expect(await sink.waitFor(1)).toHaveLength(1);
  });
});
