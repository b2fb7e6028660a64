import ICalCalendar from 'ical-generator';
import { createTransport } from 'nodemailer';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CalendarBlock,
  type CalendarEvent,
  composeFile,
  readCalendar,
  renderEvent,
  writeCalendar,
} from '../src/platform/calendar/index.js';
import { CALENDAR_LIMITS } from '../src/platform/inbound/calendar-parts.js';
import { MessageComposer } from '../src/platform/mail/mail-composer.js';
import { CONNECTIONS } from '../src/platform/mail/transports.js';
import { Ids } from '../src/platform/runtime/ids.js';
import { calendarEvent, calendarHead } from '../test/support/calendar-samples.js';
import { HelperProcess } from './helper-process.js';
import { openHouse, type House } from './house.js';
import { invitations } from './mails.js';
import { alternating, CALENDAR_ROUNDS, rate, seconds, type Figure } from './measure.js';

const EVENTS = 1000;
const MAILS = 300;
const HEAD = calendarHead({ refreshMinutes: 60 });

/** The figures CN1–CN3, CN6, CN7 and CN9 of the calendar rules; CN4 and CN5 are in `serving`, CN8 in `relaying`. */
export async function calendars(): Promise<Figure[]> {
  return [...(await feeds()), await worstFile(), ...(await letters())];
}

/** A feed of 1,000 sessions with Cyrillic text, 1.8 MB. */
async function feeds(): Promise<Figure[]> {
  const events = Array.from({ length: EVENTS }, (_, n) => session(n));
  const kept = events.map((event) => renderEvent(event, 'PUBLISH'));
  let changes = 0;
  const cold = () => file(events.map((event) => renderEvent(event, 'PUBLISH')));
  const allKept = () => file(kept);
  const oneChanged = () => {
    const n = ++changes % EVENTS;
    const changed = renderEvent({ ...events[n]!, sequence: changes }, 'PUBLISH');
    return file(kept.map((block, at) => (at === n ? changed : block)));
  };
  const compare = async (name: string, ours: () => unknown, reference: () => unknown, target: number) =>
    rate(name, 'feeds/s', await alternating(perSecond(ours), perSecond(reference), CALENDAR_ROUNDS), target);
  return [
    await compare(`whole feed beside the library alone [CN1], ${cold().length} bytes`, cold, () => alone(events), 0.5),
    await compare('feed from kept events beside nothing kept [CN2]', allKept, cold, 40),
    await compare('feed with one event changed beside nothing kept [CN3]', oneChanged, cold, 30),
  ];
}

function session(n: number): CalendarEvent {
  const start = new Date(Date.UTC(2027, 4, 20 + (n % 5), 6 + (n % 10)));
  return calendarEvent({
    uid: `0f7c3c1e-6a3f-4f0e-9d0a-${String(n).padStart(12, '0')}`,
    when: { start, end: new Date(start.getTime() + 3_600_000), zone: 'Europe/Minsk' },
    summary: `Секцыя ${n}: кніжная спадчына, «Бібліятэка і памяць»; доступ да калекцый`,
    description: `Кіраўнік секцыі запрашае ўдзельнікаў, даклады па-беларуску.\n${'Тэзісы даклада пра кнігі і чытачоў. '.repeat(15)}`,
    location: `Вялікая зала, ${n % 9} паверх`,
    categories: ['Секцыя, гісторыя кнігі', 'Доклады'],
    url: `https://congress.example.org/be/c/congress-2027/s/S${n}`,
    geo: { latitude: 53.931389, longitude: 27.646111 },
    color: 'steelblue',
  });
}

/** With its ETag, as it is answered. */
function file(blocks: readonly CalendarBlock[]): Buffer {
  return composeFile(HEAD, 'PUBLISH', blocks).bytes;
}

/** What ical-generator makes of the same events with native dates, unchecked. */
function alone(events: readonly CalendarEvent[]): string {
  const calendar = ICalCalendar({ prodId: '-//Bench//EN', name: HEAD.name });
  for (const {
    uid,
    sequence,
    stamp,
    created,
    lastModified,
    when,
    summary,
    description,
    location,
    categories,
    url,
  } of events)
    if ('zone' in when)
      calendar.createEvent({
        id: uid,
        sequence,
        stamp,
        created,
        lastModified,
        start: when.start,
        end: when.end,
        timezone: when.zone,
        summary,
        description,
        location,
        url,
        categories: (categories ?? []).map((name) => ({ name })),
        organizer: { name: 'Congress Secretariat', email: 'congress@example.org' },
      });
  return calendar.toString();
}

/** The worst file that the limits of answers let through, beside as much of ordinary events. */
async function worstFile(): Promise<Figure> {
  const line = `ATTENDEE${';X-A="b"'.repeat(CALENDAR_LIMITS.line / 8 - 3)}:x`;
  const worst = answer(Array.from({ length: 9 }, () => line));
  const events = Array.from({ length: 590 }, (_, n) => session(n));
  const usual = writeCalendar('PUBLISH', events, HEAD).slice(0, CALENDAR_LIMITS.characters);
  const whole = `${usual.slice(0, usual.lastIndexOf('BEGIN:VEVENT'))}END:VCALENDAR\r\n`;
  const perMegabyte = (text: string) => async () => {
    const took = await seconds(async () => void readCalendar(text));
    return text.length / 1_000_000 / took;
  };
  const measured = await alternating(perMegabyte(worst), perMegabyte(whole), CALENDAR_ROUNDS);
  return rate('worst calendar of an answer beside ordinary events [CN9]', 'MB/s', measured, 0.17);
}

function answer(lines: readonly string[]): string {
  const event = ['BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20270301T090000Z', ...lines, 'END:VEVENT'];
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'METHOD:REPLY', ...event, 'END:VCALENDAR', ''].join('\r\n');
}

/** Letters through one pool: stored beside composed by nodemailer, and composed by us with a signature beside without. */
async function letters(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'skaryna-dkim-'));
  const key = join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const sink = await HelperProcess.start('smtp-server.mjs');
  const pool = createTransport({
    pool: true,
    host: '127.0.0.1',
    port: sink.port,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
  });
  const house = await openHouse();
  const signing = await openHouse({ DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 's1', DKIM_KEY_FILE: key });
  const envelope = { from: 'conferences@example.org', to: ['guest@example.org'] };
  const perMail = (send: () => Promise<unknown>[] | Promise<unknown[]>) => async () =>
    MAILS / (await seconds(async () => Promise.all(await send())));
  const composed = ({ get }: House) =>
    Promise.all(
      invitations(1, MAILS).map((message) => get(MessageComposer).compose(get(Ids).next(), new Date(), message)),
    );
  try {
    const stored = await composed(house);
    const data = stored.map(({ messageId }, n) => letter(messageId, n));
    const kept = await alternating(
      perMail(() => stored.map(({ mime }) => pool.sendMail({ envelope, raw: mime }))),
      perMail(() => data.map((one) => pool.sendMail({ envelope, ...one }))),
      CALENDAR_ROUNDS,
    );
    const send = (from: House) =>
      perMail(async () => (await composed(from)).map(({ mime }) => pool.sendMail({ envelope, raw: mime })));
    const signed = await alternating(send(signing), send(house), CALENDAR_ROUNDS);
    return [
      rate('stored letters beside composing and sending them [CN6]', 'mails/s', kept, 1.8),
      { ...rate('letters composed with DKIM beside without [CN7]', 'mails/s', signed, 0), target: 'reported' },
    ];
  } finally {
    pool.close();
    await house.close();
    await signing.close();
    await sink.end();
    rmSync(folder, { recursive: true });
  }
}

function letter(messageId: string, n: number) {
  const calendar = Buffer.from(writeCalendar('PUBLISH', [session(n)]));
  const contentTransferEncoding = 'base64' as const;
  return {
    messageId,
    from: 'conferences@example.org',
    to: `guest${n}@example.org`,
    subject: `Запрашэнне на кангрэс, № ${n}`,
    text: 'Запрашаем вас узяць удзел у міжнародным кангрэсе бібліятэк. '.repeat(8),
    html: `<p>${'Запрашаем вас узяць удзел у міжнародным кангрэсе бібліятэк. '.repeat(20)}</p>`,
    alternatives: [{ content: calendar, contentType: 'text/calendar; charset=utf-8', contentTransferEncoding }],
    attachments: [
      { filename: 'invite.ics', content: calendar, contentType: 'application/ics', contentTransferEncoding },
    ],
  };
}

const perSecond = (work: () => unknown) => async () => 1 / (await seconds(async () => void work()));
