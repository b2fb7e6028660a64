import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { MailWorker } from '../src/platform/mail/mail-worker.js';
import { Outbox } from '../src/platform/mail/outbox.js';
import { CONNECTIONS } from '../src/platform/mail/transports.js';
import { OwnPostfix } from '../test/support/mail-servers.js';
import { HelperProcess } from './helper-process.js';
import { openHouse } from './house.js';
import { invitations } from './mails.js';
import { alternating, CALENDAR_ROUNDS, rate, seconds, type Figure } from './measure.js';

const COUNT = 1500;
const BATCH = 100;
const SOURCE = '/usr/sbin/smtp-source';

/**
 * 1,500 stored invitations handed to a Postfix of the bench's own, beside the sender that Postfix brings for its own tests
 * ([CN8]). Left out, with a line, where Postfix is missing or may not be started.
 */
export async function relaying(): Promise<Figure[]> {
  if (!existsSync(SOURCE) || process.getuid?.() !== 0) {
    process.stderr.write('not measured: relaying, which needs Postfix and to be root\n');
    return [];
  }
  const sink = await HelperProcess.start('smtp-server.mjs');
  const postfix = await OwnPostfix.start({ 'example.org': { smtp: sink.port } });
  const house = await openHouse({ MAIL_URL: postfix.url });
  try {
    let round = 0;
    const ours = async () => {
      const messages = invitations(++round + 1000, COUNT);
      for (let at = 0; at < COUNT; at += BATCH) await house.get(Outbox).enqueueAll(messages.slice(at, at + BATCH));
      const took = await seconds(async () => {
        const sent = await house.get(MailWorker).drain();
        if (sent !== COUNT) throw new Error(`${sent} of ${COUNT} mails were taken`);
      });
      return COUNT / took;
    };
    const alone = async () => {
      const to = ['-t', 'guest@example.org', `127.0.0.1:${postfix.port}`];
      const options = [
        '-s',
        String(CONNECTIONS),
        '-m',
        String(COUNT),
        '-l',
        '9000',
        '-f',
        'conferences@example.org',
        '-d',
      ];
      const took = await seconds(() => promisify(execFile)(SOURCE, [...options, ...to]));
      return COUNT / took;
    };
    return [
      rate(
        '1,500 stored invitations through Postfix [CN8]',
        'mails/s',
        await alternating(ours, alone, CALENDAR_ROUNDS),
        0.6,
      ),
    ];
  } finally {
    await house.close();
    await postfix.stop();
    await sink.end();
  }
}
