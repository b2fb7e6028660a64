import { createTransport } from 'nodemailer';
import { MailRenderer } from '../src/platform/mail/mail-renderer.js';
import { MailWorker } from '../src/platform/mail/mail-worker.js';
import { MessageComposer } from '../src/platform/mail/mail-composer.js';
import type { MailMessage } from '../src/platform/mail/message.js';
import { Outbox } from '../src/platform/mail/outbox.js';
import { CONNECTIONS } from '../src/platform/mail/transports.js';
import { HelperProcess } from './helper-process.js';
import { openHouse } from './house.js';
import { alternating, rate, seconds, type Figure } from './measure.js';

const COUNT = 1000;
const BATCH = 100;
const ICS = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n${'X-TEXT:Секцыя пра кніжную спадчыну\r\n'.repeat(30)}END:VCALENDAR\r\n`;

/** 1,000 invitations: queued, rendered and sent by the outbox, and composed and sent by nodemailer's pool alone. */
export async function mails(): Promise<Figure[]> {
  const sink = await HelperProcess.start('smtp-server.mjs');
  const house = await openHouse({ MAIL_URL: `smtp://127.0.0.1:${sink.port}` });
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port: sink.port,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
  });
  try {
    let round = 0;
    const { from } = house.get(MessageComposer);
    const renderer = house.get(MailRenderer);
    const ours = async () => {
      const messages = invitations(++round);
      const took = await seconds(async () => {
        for (let at = 0; at < COUNT; at += BATCH) await house.get(Outbox).enqueueAll(messages.slice(at, at + BATCH));
        const sent = await house.get(MailWorker).drain();
        if (sent !== COUNT) throw new Error(`${sent} of ${COUNT} mails were sent`);
      });
      return COUNT / took;
    };
    const alone = async () => {
      const calendar = Buffer.from(ICS);
      const messages = invitations(++round).map((message) => ({
        from,
        to: { name: message.to.name ?? '', address: message.to.address },
        subject: message.subject,
        ...renderer.render(message),
        alternatives: [
          {
            content: calendar,
            contentType: 'text/calendar; charset=utf-8; method=REQUEST; component=VEVENT',
            contentTransferEncoding: 'base64' as const,
          },
        ],
        attachments: [
          {
            filename: 'invite.ics',
            content: calendar,
            contentType: 'application/ics',
            contentTransferEncoding: 'base64' as const,
          },
        ],
      }));
      const took = await seconds(() => Promise.all(messages.map((message) => pool.sendMail(message))));
      return COUNT / took;
    };
    return [rate('1,000 invitations through the outbox', 'mails/s', await alternating(ours, alone), 0.8)];
  } finally {
    pool.close();
    await house.close();
    await sink.end();
  }
}

/** Letters with a calendar part, as they are written to invited people. */
export function invitations(round: number, count = COUNT): MailMessage[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: 'bench',
    cause: `bench:${round}:${n}`,
    to: { address: `guest${n}@example.org`, name: `Госць ${n}` },
    locale: 'be',
    subject: `Запрашэнне на кангрэс, № ${n}`,
    blocks: [
      { kind: 'heading', text: 'Шаноўная спадарыня, шаноўны спадар!' },
      { kind: 'text', text: 'Запрашаем вас узяць удзел у міжнародным кангрэсе бібліятэк.' },
      {
        kind: 'facts',
        rows: [
          { label: 'Дата', value: '14 верасня' },
          { label: 'Месца', value: 'Вялікая зала' },
        ],
      },
      { kind: 'button', label: 'Адказаць', url: `https://example.org/be/link/${n}` },
    ],
    calendar: {
      method: 'REQUEST',
      text: ICS,
      thread: { uid: `0190f000-0000-7000-8000-${String(n).padStart(12, '0')}`, sequence: round, repetition: 0 },
    },
  }));
}
