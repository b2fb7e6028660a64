import type { AnswerFacts } from './calendar-replies.js';

/**
 * Answers that are broken, odd or forged, each with what must become of it. Every one tries to decline an invitation that
 * was accepted. Written for these tests after what mailers and calendar programs are known to send, and what an attacker
 * would.
 */
export interface BadAnswer {
  readonly name: string;
  readonly raw: (facts: BadAnswerFacts) => Buffer;
  /** Of the mail: state and kind, and the last word of the remark where there is one. */
  readonly mail: readonly [state: 'open' | 'read', kind: string, remark?: string];
  /** Of the answers that were stored: fate, and what it waits for. */
  readonly fates?: readonly (readonly [fate: string, waitsFor?: string])[];
  /** Left out: the invitation stays accepted. */
  readonly becomes?: 'declined' | 'tentative';
}

export interface BadAnswerFacts extends Pick<AnswerFacts, 'uid' | 'attendee'> {
  /** DTSTAMP of an answer that is given now. */
  readonly stamp: string;
  /** Somebody else who was invited, and the UID of their entry. */
  readonly other: { readonly attendee: string; readonly uid: string };
}

type Facts = BadAnswerFacts;
type Lines = readonly string[];

const BROKEN = ['open', 'answer', 'brokenCalendar'] as const;
const UNUSABLE = ['open', 'answer', 'unusableAnswer'] as const;
const LETTER = ['open', 'letter'] as const;
const TAKEN = ['read', 'answer'] as const;
const COUNTS = { mail: TAKEN, fates: [['counted']], becomes: 'declined' } as const;
const waits = (why: string) => ({ mail: TAKEN, fates: [['waits', why]] }) as const;
const unreadable = (limit: string) => ({ mail: ['open', 'unreadable', limit] }) as const;

/** The event of an honest answer; `changes` replace its lines by their names, or add some. */
function event({ uid, attendee, stamp }: Facts, changes: Readonly<Record<string, string | null>> = {}): string[] {
  const honest: Record<string, string | null> = {
    UID: `UID:${uid}`,
    DTSTAMP: `DTSTAMP:${stamp}`,
    SEQUENCE: 'SEQUENCE:0',
    ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:mailto:${attendee}`,
    ORGANIZER: 'ORGANIZER:mailto:conferences@example.org',
    SUMMARY: 'SUMMARY:Round table',
    ...changes,
  };
  return ['BEGIN:VEVENT', ...Object.values(honest).filter((line) => line !== null), 'END:VEVENT'];
}

const calendar = (inside: Lines, method: string | null = 'METHOD:REPLY') =>
  ['BEGIN:VCALENDAR', 'PRODID:-//test//EN', 'VERSION:2.0', method, ...inside, 'END:VCALENDAR', '']
    .filter((line) => line !== null)
    .join('\r\n');

interface Wrapping {
  type?: string;
  encoding?: string;
  head?: Lines;
  disposition?: string;
}

const base64 = (content: Buffer | string) => Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');

function part(
  content: Buffer | string,
  { type = 'text/calendar; charset=utf-8; method=REPLY', encoding = 'base64', disposition }: Wrapping = {},
): string[] {
  const body = encoding === 'base64' ? base64(content) : Buffer.from(content).toString('latin1');
  return [
    `Content-Type: ${type}`,
    `Content-Transfer-Encoding: ${encoding}`,
    ...(disposition ? [`Content-Disposition: ${disposition}`] : []),
    '',
    body,
  ];
}

const bytes = (lines: Lines) => Buffer.from(lines.join('\r\n'), 'latin1');

/** A mail from the invited person with these parts. */
function mail({ attendee, uid }: Facts, parts: readonly Lines[], head: Lines = [`From: ${attendee}`]): Buffer {
  return bytes([
    ...head,
    `Message-ID: <${uid}@test.example>`,
    'Subject: Declined',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    ...parts.flatMap((one) => ['--b', ...one]),
    '--b--',
    '',
  ]);
}

/** An answer as one part. */
const one = (facts: Facts, changes: Readonly<Record<string, string | null>>, wrapping?: Wrapping, head?: Lines) =>
  mail(facts, [part(calendar(event(facts, changes)), wrapping)], head ?? [`From: ${facts.attendee}`]);
const zone = (...rule: Lines) => [
  'BEGIN:VTIMEZONE',
  'TZID:Here',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0300',
  ...rule,
  'END:STANDARD',
  'END:VTIMEZONE',
];
const nested = (depth: number, inside: Lines): string[] =>
  depth === 0
    ? [...inside]
    : [
        `Content-Type: multipart/mixed; boundary=n${depth}`,
        '',
        `--n${depth}`,
        ...nested(depth - 1, inside),
        `--n${depth}--`,
      ];
const repeated = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n));

const MIME: BadAnswer[] = [
  { name: 'nothing at all', raw: () => Buffer.alloc(0), mail: LETTER },
  {
    name: 'a head without a body',
    raw: ({ attendee }) => bytes([`From: ${attendee}`, 'Content-Type: text/calendar; method=REPLY']),
    mail: LETTER,
  },
  { name: 'a body without a head', raw: (f) => bytes(['', calendar(event(f))]), mail: LETTER },
  {
    name: 'a multipart that names no boundary',
    raw: (f) =>
      bytes([
        `From: ${f.attendee}`,
        'Content-Type: multipart/mixed',
        '',
        '--b',
        ...part(calendar(event(f))),
        '--b--',
        '',
      ]),
    mail: LETTER,
  },
  {
    name: 'a boundary that never comes',
    raw: (f) =>
      bytes([
        `From: ${f.attendee}`,
        'Content-Type: multipart/mixed; boundary=other',
        '',
        '--b',
        ...part(calendar(event(f))),
        '--b--',
        '',
      ]),
    mail: LETTER,
  },
  {
    name: 'a multipart that is not closed',
    raw: (f) => Buffer.from(one(f, {}).toString('latin1').replace('--b--', ''), 'latin1'),
    ...COUNTS,
  },
  {
    name: 'parts twenty deep',
    raw: (f) => bytes([`From: ${f.attendee}`, ...nested(20, part(calendar(event(f)))), '']),
    ...unreadable('too-deep'),
  },
  {
    name: 'parts nineteen deep',
    raw: (f) => bytes([`From: ${f.attendee}`, ...nested(19, part(calendar(event(f)))), '']),
    ...COUNTS,
  },
  {
    name: 'fifty parts',
    raw: (f) => mail(f, [...repeated(49, () => '').map(() => ['', 'x']), part(calendar(event(f)))]),
    ...unreadable('too-many-parts'),
  },
  {
    name: 'a head of a megabyte',
    raw: (f) => one(f, {}, {}, [`From: ${f.attendee}`, `X-Long: ${'x'.repeat(1_000_000)}`]),
    ...unreadable('head-too-large'),
  },
  {
    name: 'more than two megabytes',
    raw: (f) => Buffer.concat([one(f, {}), Buffer.alloc(2_000_000, 'x')]),
    ...unreadable('too-large'),
  },
  {
    name: 'base64 that lacks lines',
    raw: (f) =>
      Buffer.from(
        one(f, {})
          .toString()
          .replace(/[A-Za-z0-9+/]{76}\r\n/g, ''),
      ),
    mail: BROKEN,
  },
  {
    name: 'base64 with foreign letters between',
    raw: (f) =>
      Buffer.from(
        one(f, {})
          .toString()
          .replace(/([A-Za-z0-9+/]{38})([A-Za-z0-9+/]{38})\r\n/g, '$1 !\r\n$2\r\n'),
      ),
    ...COUNTS,
  },
  {
    name: 'an encoding that nobody knows',
    raw: (f) => one(f, {}, { encoding: 'x-secret' }),
    ...COUNTS,
  },
  {
    name: 'quoted-printable with broken escapes',
    raw: (f) => one(f, { SUMMARY: 'SUMMARY:=ZZ =4 = x' }, { encoding: 'quoted-printable' }),
    mail: BROKEN,
  },
  {
    name: 'letters of UTF-8 declared as seven bits',
    raw: (f) => one(f, { COMMENT: 'COMMENT:Шкада' }, { encoding: '7bit' }),
    ...COUNTS,
  },
  {
    name: 'the answer inside a message that was forwarded',
    raw: (f) =>
      mail(f, [
        [
          'Content-Type: message/rfc822',
          '',
          one(f, {}).toString('latin1').replace('boundary=b', 'boundary=inner').replaceAll('--b', '--inner'),
        ],
      ]),
    mail: LETTER,
  },
  { name: 'the answer as plain words', raw: (f) => one(f, {}, { type: 'text/plain; method=REPLY' }), mail: LETTER },
  { name: 'the answer as a page', raw: (f) => one(f, {}, { type: 'text/html; method=REPLY' }), mail: LETTER },
  {
    name: 'an answer in a winmail.dat',
    raw: (f) => one(f, {}, { type: 'application/ms-tnef; name=winmail.dat' }),
    mail: LETTER,
  },
  {
    name: 'an octet-stream called reply.ics',
    raw: (f) => one(f, {}, { type: 'application/octet-stream; name="reply.ics"' }),
    ...COUNTS,
  },
  {
    name: 'a file name in RFC 2231',
    raw: (f) =>
      one(f, {}, { type: 'application/octet-stream', disposition: "attachment; filename*=utf-8''%D0%B0.ics" }),
    ...COUNTS,
  },
  {
    name: 'a file name that climbs',
    raw: (f) =>
      one(f, {}, { type: 'application/octet-stream', disposition: 'attachment; filename="../../etc/reply.ICS"' }),
    ...COUNTS,
  },
  {
    name: 'a program called reply.ics.exe',
    raw: (f) => one(f, {}, { type: 'application/octet-stream; name="reply.ics.exe"' }),
    mail: LETTER,
  },
  {
    name: 'the same answer in two parts',
    raw: (f) =>
      mail(f, [
        part(calendar(event(f))),
        part(calendar(event(f)).replaceAll('\r\n', '\n'), { type: 'application/ics; name=a.ics' }),
      ]),
    ...COUNTS,
  },
  {
    name: 'two parts that say different things',
    raw: (f) =>
      mail(f, [
        part(calendar(event(f))),
        part(calendar(event(f, { ATTENDEE: `ATTENDEE;PARTSTAT=TENTATIVE:mailto:${f.attendee}` }))),
      ]),
    mail: UNUSABLE,
  },
  {
    name: 'a subject of five thousand encoded words',
    raw: (f) => one(f, {}, {}, [`From: ${f.attendee}`, `Subject: ${'=?utf-8?B?0YQ=?= '.repeat(3_000)}`]),
    ...COUNTS,
  },
  {
    name: 'a From of ten thousand brackets',
    raw: (f) => one(f, {}, {}, [`From: ${'('.repeat(10_000)} ${f.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'a bounce that carries the answer',
    raw: (f) =>
      bytes([
        `From: ${f.attendee}`,
        'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
        '',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; x.example',
        '',
        `Final-Recipient: rfc822; ${f.attendee}`,
        'Action: failed',
        'Status: 5.1.1',
        '',
        '--b',
        ...part(calendar(event(f))),
        '--b--',
        '',
      ]),
    mail: ['read', 'bounce', 'unknownMail'],
  },
  {
    name: 'a note of absence that quotes our invitation',
    raw: (f) =>
      mail(
        f,
        [part(calendar(event(f), 'METHOD:REQUEST'), { type: 'text/calendar; method=REQUEST' })],
        [`From: ${f.attendee}`, 'Auto-Submitted: auto-replied'],
      ),
    mail: ['read', 'automatic'],
  },
  {
    name: 'an answer by way of a mailing list',
    raw: (f) => one(f, {}, {}, [`From: ${f.attendee}`, 'List-Id: <staff.library.example>', 'Precedence: list']),
    ...COUNTS,
  },
];

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const windows1251 = (text: string) =>
  Buffer.from(
    [...text].map((letter) => (letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x350 : letter.charCodeAt(0))),
  );

const CHARSETS: BadAnswer[] = [
  {
    name: 'a charset that nobody knows',
    raw: (f) => one(f, {}, { type: 'text/calendar; charset=x-none; method=REPLY' }),
    ...COUNTS,
  },
  {
    name: 'UTF-8 declared as UTF-16',
    raw: (f) => one(f, {}, { type: 'text/calendar; charset=utf-16le; method=REPLY' }),
    mail: BROKEN,
  },
  {
    name: 'UTF-16',
    raw: (f) => mail(f, [part(utf16(calendar(event(f))), { type: 'text/calendar; charset=utf-16le; method=REPLY' })]),
    ...COUNTS,
  },
  {
    name: 'Windows-1251',
    raw: (f) =>
      mail(f, [
        part(windows1251(calendar(event(f, { COMMENT: 'COMMENT:Шкада' }))), {
          type: 'text/calendar; charset=windows-1251; method=REPLY',
        }),
      ]),
    ...COUNTS,
  },
  { name: 'a byte order mark', raw: (f) => mail(f, [part(`\uFEFF${calendar(event(f))}`)]), ...COUNTS },
  {
    name: 'bytes that are no UTF-8',
    raw: (f) =>
      mail(f, [
        part(
          Buffer.concat([
            Buffer.from(calendar(event(f)).replace('Round table', '\u0001')),
            Buffer.from([0xff, 0xfe, 0xc0]),
          ]),
        ),
      ]),
    mail: BROKEN,
  },
  { name: 'NUL in the summary', raw: (f) => one(f, { SUMMARY: 'SUMMARY:a\u0000b' }), ...COUNTS },
  { name: 'lines that end in CR', raw: (f) => mail(f, [part(calendar(event(f)).replaceAll('\r\n', '\r'))]), ...COUNTS },
  {
    name: 'blank lines between',
    raw: (f) => mail(f, [part(calendar(event(f)).replaceAll('\r\n', '\r\n\r\n'))]),
    ...COUNTS,
  },
];

const CALENDARS: BadAnswer[] = [
  { name: 'MIME that says REQUEST', raw: (f) => one(f, {}, { type: 'text/calendar; method=REQUEST' }), ...COUNTS },
  {
    name: 'MIME that says REPLY around a request',
    raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:REQUEST'))]),
    mail: LETTER,
  },
  { name: 'a method in small letters', raw: (f) => mail(f, [part(calendar(event(f), 'method:reply'))]), ...COUNTS },
  { name: 'no method', raw: (f) => mail(f, [part(calendar(event(f), null))]), mail: LETTER },
  { name: 'an empty method', raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:'))]), mail: LETTER },
  {
    name: 'two methods',
    raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:REPLY\r\nMETHOD:PUBLISH'))]),
    mail: LETTER,
  },
  {
    name: 'a method behind the event',
    raw: (f) => mail(f, [part(calendar([...event(f), 'METHOD:REPLY'], null))]),
    ...COUNTS,
  },
  {
    name: 'a cancellation by the guest',
    raw: (f) => mail(f, [part(calendar(event(f, { STATUS: 'STATUS:CANCELLED' }), 'METHOD:CANCEL'))]),
    mail: LETTER,
  },
  { name: 'an addition', raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:ADD'))]), mail: LETTER },
  {
    name: 'a refusal of a proposal that nobody made',
    raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:DECLINECOUNTER'))]),
    mail: LETTER,
  },
  {
    name: 'a calendar that is not closed',
    raw: (f) => mail(f, [part(calendar(event(f)).replace('END:VCALENDAR\r\n', ''))]),
    mail: BROKEN,
  },
  {
    name: 'two calendars in one part',
    raw: (f) => mail(f, [part(calendar(event(f)) + calendar(event(f)))]),
    mail: BROKEN,
  },
  { name: 'words before the calendar', raw: (f) => mail(f, [part(`Hello\r\n${calendar(event(f))}`)]), mail: BROKEN },
  {
    name: 'a broken file without a word of MIME',
    raw: (f) =>
      mail(f, [
        part(calendar(event(f)).replace('END:VCALENDAR\r\n', ''), { type: 'application/octet-stream; name=a.ics' }),
      ]),
    mail: BROKEN,
  },
  {
    name: 'a task instead of an event',
    raw: (f) => mail(f, [part(calendar(event(f)).replaceAll('VEVENT', 'VTODO'))]),
    mail: LETTER,
  },
  { name: 'no event', raw: (f) => mail(f, [part(calendar([]))]), mail: LETTER },
  {
    name: 'an event inside an event',
    raw: (f) => mail(f, [part(calendar(['BEGIN:VEVENT', 'UID:outer', ...event(f), 'END:VEVENT']))]),
    mail: UNUSABLE,
  },
  {
    name: 'an event inside an alarm',
    raw: (f) => one(f, { SUMMARY: ['BEGIN:VALARM', ...event(f), 'TRIGGER:x', 'END:VALARM'].join('\r\n') }),
    ...COUNTS,
  },
  {
    name: 'a line of more than 100,000 characters',
    raw: (f) => one(f, { COMMENT: `COMMENT:${'x'.repeat(100_001)}` }),
    mail: BROKEN,
  },
  {
    name: 'a folded line of more than 100,000 characters',
    raw: (f) => one(f, { COMMENT: `COMMENT:${'x'.repeat(70).concat('\r\n ').repeat(1_500)}` }),
    mail: BROKEN,
  },
  {
    name: 'twenty thousand parameters',
    raw: (f) => one(f, { X: `X-A${repeated(20_000, () => ';A=1').join('')}:x` }),
    ...COUNTS,
  },
  {
    name: 'more than a megabyte of calendar',
    raw: (f) => mail(f, [part(calendar(event(f)) + 'x'.repeat(1_000_000))]),
    mail: BROKEN,
  },
  {
    name: 'forty thousand properties',
    raw: (f) => one(f, { X: repeated(40_000, (n) => `X-${n}:1`).join('\r\n') }),
    ...COUNTS,
  },
];

const EVENTS: BadAnswer[] = [
  { name: 'no UID', raw: (f) => one(f, { UID: null }), mail: UNUSABLE },
  { name: 'an empty UID', raw: (f) => one(f, { UID: 'UID:  ' }), mail: UNUSABLE },
  { name: 'two UIDs', raw: (f) => one(f, { UID: `UID:${f.other.uid}\r\nUID:${f.uid}` }), mail: UNUSABLE },
  { name: 'a UID in capitals, with spaces', raw: (f) => one(f, { UID: `UID: ${f.uid.toUpperCase()} ` }), ...COUNTS },
  {
    name: 'a UID that is folded',
    raw: (f) => one(f, { UID: `UID:${f.uid.slice(0, 9)}\r\n ${f.uid.slice(9)}` }),
    ...COUNTS,
  },
  {
    name: 'a UID of ninety thousand letters',
    raw: (f) => one(f, { UID: `UID:${'u'.repeat(90_000)}` }),
    mail: ['open', 'answer', 'unknownUid'],
    fates: [['waits', 'unknown-uid']],
  },
  {
    name: 'a UID that asks the database',
    raw: (f) => one(f, { UID: `UID:${f.uid}' OR '1'='1` }),
    mail: ['open', 'answer', 'unknownUid'],
    fates: [['waits', 'unknown-uid']],
  },
  { name: 'one of several days', raw: (f) => one(f, { R: 'RECURRENCE-ID:20261113T070000Z' }), mail: UNUSABLE },
  {
    name: 'a rule that never ends',
    raw: (f) => one(f, { R: 'DTSTART:19700101T000000Z\r\nRRULE:FREQ=SECONDLY' }),
    ...COUNTS,
  },
  {
    name: 'a zone that changes every second',
    raw: (f) =>
      mail(f, [
        part(calendar([...zone('RRULE:FREQ=SECONDLY'), ...event(f, { S: 'DTSTART;TZID=Here:20261113T100000' })])),
      ]),
    ...COUNTS,
  },
  {
    name: 'a proposal in a zone that changes every second',
    raw: (f) =>
      mail(f, [
        part(
          calendar(
            [...zone('RRULE:FREQ=SECONDLY'), ...event(f, { S: 'DTSTART;TZID=Here:20261113T100000' })],
            'METHOD:COUNTER',
          ),
        ),
      ]),
    ...waits('proposal'),
  },
  {
    name: 'a proposal in a zone that is not declared',
    raw: (f) => mail(f, [part(calendar(event(f, { S: 'DTSTART;TZID=Nowhere:20261113T100000' }), 'METHOD:COUNTER'))]),
    ...waits('proposal'),
  },
  {
    name: 'a proposal without a time',
    raw: (f) => mail(f, [part(calendar(event(f), 'METHOD:COUNTER'))]),
    ...waits('proposal'),
  },
  {
    name: 'a proposal of a whole day',
    raw: (f) => mail(f, [part(calendar(event(f, { S: 'DTSTART;VALUE=DATE:20261113' }), 'METHOD:COUNTER'))]),
    ...waits('proposal'),
  },
  {
    name: 'a proposal in the year 9999',
    raw: (f) => mail(f, [part(calendar(event(f, { S: 'DTSTART:99991113T100000Z' }), 'METHOD:COUNTER'))]),
    ...waits('proposal'),
  },
  {
    name: 'a proposal that ends before it begins',
    raw: (f) =>
      mail(f, [
        part(calendar(event(f, { S: 'DTSTART:20261113T100000Z\r\nDTEND:20261113T090000Z' }), 'METHOD:COUNTER')),
      ]),
    ...waits('proposal'),
  },
  {
    name: 'two events that say different things',
    raw: (f) =>
      mail(f, [
        part(calendar([...event(f), ...event(f, { ATTENDEE: `ATTENDEE;PARTSTAT=ACCEPTED:mailto:${f.attendee}` })])),
      ]),
    mail: UNUSABLE,
  },
  { name: 'the same event twice', raw: (f) => mail(f, [part(calendar([...event(f), ...event(f)]))]), ...COUNTS },
  {
    name: 'a thousand events',
    raw: (f) => mail(f, [part(calendar(repeated(1_000, () => event(f).join('\r\n'))))]),
    mail: ['open', 'answer', 'tooManyAnswers'],
  },
  {
    name: 'an event of somebody else beside it',
    raw: (f) =>
      mail(f, [
        part(
          calendar(
            event(f, { UID: `UID:${f.other.uid}`, ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:mailto:${f.other.attendee}` }),
          ),
        ),
      ]),
    ...waits('other-sender'),
  },
  { name: 'a SEQUENCE below zero', raw: (f) => one(f, { SEQUENCE: 'SEQUENCE:-1' }), ...COUNTS },
  { name: 'a SEQUENCE of a million million', raw: (f) => one(f, { SEQUENCE: 'SEQUENCE:1000000000000' }), ...COUNTS },
  { name: 'a SEQUENCE that is a word', raw: (f) => one(f, { SEQUENCE: 'SEQUENCE:many' }), ...COUNTS },
  { name: 'no DTSTAMP', raw: (f) => one(f, { DTSTAMP: null }), ...COUNTS },
  { name: 'a DTSTAMP that is no time', raw: (f) => one(f, { DTSTAMP: 'DTSTAMP:yesterday' }), ...COUNTS },
  { name: 'a DTSTAMP of the year 9999', raw: (f) => one(f, { DTSTAMP: 'DTSTAMP:99991231T235959Z' }), ...COUNTS },
  { name: 'a DTSTAMP of the year 0000', raw: (f) => one(f, { DTSTAMP: 'DTSTAMP:00000101T000000Z' }), ...COUNTS },
];

const ATTENDEES: BadAnswer[] = [
  { name: 'no attendee', raw: (f) => one(f, { ATTENDEE: null }), mail: UNUSABLE },
  {
    name: 'two attendees',
    raw: (f) =>
      one(f, {
        ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:mailto:${f.attendee}\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:${f.other.attendee}`,
      }),
    mail: UNUSABLE,
  },
  {
    name: 'an attendee without an address',
    raw: (f) => one(f, { ATTENDEE: 'ATTENDEE;PARTSTAT=DECLINED:' }),
    ...waits('other-attendee'),
  },
  {
    name: 'an attendee called like the invited one',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED;CN="${f.attendee}":mailto:${f.other.attendee}` }),
    ...waits('other-attendee'),
  },
  {
    name: 'an attendee whose address goes on',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:mailto:${f.attendee}.evil.example` }),
    ...waits('other-attendee'),
  },
  {
    name: 'two addresses in one',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:mailto:${f.attendee},${f.other.attendee}` }),
    ...waits('other-attendee'),
  },
  {
    name: 'an address in brackets and quotes',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:"MAILTO:<${f.attendee.toUpperCase()}>"` }),
    ...COUNTS,
  },
  {
    name: 'an address in brackets',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED:MAILTO:<${f.attendee.toUpperCase()}>` }),
    ...COUNTS,
  },
  { name: 'no state', raw: (f) => one(f, { ATTENDEE: `ATTENDEE:mailto:${f.attendee}` }), mail: UNUSABLE },
  {
    name: 'an empty state',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=:mailto:${f.attendee}` }),
    mail: UNUSABLE,
  },
  {
    name: 'a state that nobody knows',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=COMPLETED:mailto:${f.attendee}` }),
    mail: UNUSABLE,
  },
  {
    name: 'two states, of which the last one stands',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DECLINED;PARTSTAT=ACCEPTED:mailto:${f.attendee}` }),
    mail: TAKEN,
    fates: [['counted']],
  },
  {
    name: 'a state in small letters and quotes',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;partstat="declined":mailto:${f.attendee}` }),
    ...COUNTS,
  },
  {
    name: 'a state that says nothing',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:${f.attendee}` }),
    mail: TAKEN,
    fates: [['nothing']],
  },
  {
    name: 'a quotation mark that stays open',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;CN="Anna;PARTSTAT=DECLINED:mailto:${f.attendee}` }),
    mail: BROKEN,
  },
  {
    name: 'a substitute without a name',
    raw: (f) => one(f, { ATTENDEE: `ATTENDEE;PARTSTAT=DELEGATED:mailto:${f.attendee}` }),
    ...waits('substitute'),
  },
  {
    name: 'three substitutes',
    raw: (f) =>
      one(f, {
        ATTENDEE: `ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=${repeated(3, (n) => `"mailto:s${n}@x.example"`).join()}:mailto:${f.attendee}`,
      }),
    ...waits('substitute'),
  },
  {
    name: 'a comment of fifty thousand letters',
    raw: (f) => one(f, { C: `COMMENT:${'я'.repeat(50_000)}` }),
    ...COUNTS,
  },
  {
    name: 'a comment that is a program',
    raw: (f) => one(f, { C: 'COMMENT:<script>alert(1)</script>\\n{{constructor}}\\n\u202Egpj.exe' }),
    ...COUNTS,
  },
];

const AR = (f: Facts) =>
  `Authentication-Results: mx.library.example; dkim=pass header.d=${f.attendee.split('@')[1]}; dmarc=pass`;

const SENDERS: BadAnswer[] = [
  {
    name: 'somebody else who writes',
    raw: (f) => one(f, {}, {}, [`From: ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'somebody else called like the invited one',
    raw: (f) => one(f, {}, {}, [`From: "${f.attendee}" <${f.other.attendee}>`]),
    ...waits('other-sender'),
  },
  {
    name: 'two senders in one field',
    raw: (f) => one(f, {}, {}, [`From: ${f.attendee}, ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'two fields of senders',
    raw: (f) => one(f, {}, {}, [`From: ${f.attendee}`, `From: ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'a sender that cannot be read',
    raw: (f) => one(f, {}, {}, ['From: undisclosed:;']),
    ...waits('other-sender'),
  },
  {
    name: 'forged results of a mail server below the first hop',
    raw: (f) => one(f, {}, {}, ['Received: from x by mx.library.example', AR(f), `From: ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'results of a mail server that is not ours',
    raw: (f) => one(f, {}, {}, [AR(f).replace('mx.', 'mx.evil.'), `From: ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
  {
    name: 'good results for somebody else',
    raw: (f) => one(f, {}, {}, [AR(f), `From: ${f.other.attendee}`]),
    ...waits('other-sender'),
  },
];

export const BAD_ANSWERS: readonly BadAnswer[] = [
  ...MIME,
  ...CHARSETS,
  ...CALENDARS,
  ...EVENTS,
  ...ATTENDEES,
  ...SENDERS,
];
