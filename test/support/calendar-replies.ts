/** Answers as calendar programs write them. Written for these tests in the shapes that those programs are known for. */
export interface AnswerFacts {
  readonly uid: string;
  readonly sequence?: number | null;
  readonly attendee: string;
  readonly partstat?: string;
  /** UTC, `20260914T083000Z`. */
  readonly stamp?: string | null;
  readonly organizer?: string;
  readonly start?: string;
  readonly end?: string;
  readonly comment?: string;
  readonly delegatedTo?: string;
  readonly from?: string;
}

export const ANSWERING_PROGRAMS = ['google', 'outlook', 'thunderbird', 'apple', 'bridge'] as const;
export type AnsweringProgram = (typeof ANSWERING_PROGRAMS)[number];

const crlf = (lines: readonly (string | null)[]) => lines.filter((line) => line !== null).join('\r\n') + '\r\n';

/** The calendar text of an answer. */
export function answerCalendar(program: AnsweringProgram, facts: AnswerFacts, method = 'REPLY'): string {
  const {
    uid,
    sequence = 0,
    attendee,
    partstat = 'ACCEPTED',
    stamp = '20260914T090000Z',
    organizer = 'conferences@example.org',
    start = '20261113T070000Z',
    end = '20261113T080000Z',
    comment,
    delegatedTo,
  } = facts;
  const delegated = delegatedTo ? `;DELEGATED-TO="mailto:${delegatedTo}"` : '';
  const event = {
    google: [
      `DTSTART:${start}`,
      `DTEND:${end}`,
      `DTSTAMP:${stamp}`,
      `ORGANIZER;CN=Library:mailto:${organizer}`,
      `UID:${uid}`,
      `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat}${delegated};CN=${attendee};X-NUM-GUESTS=0:mailto:${attendee}`,
      comment ? `X-RESPONSE-COMMENT:${comment}` : null,
      comment ? `COMMENT:${comment}` : null,
      'CREATED:20260901T000000Z',
      'LAST-MODIFIED:20260914T090000Z',
      sequence === null ? null : `SEQUENCE:${sequence}`,
      'STATUS:CONFIRMED',
      'SUMMARY:Round table',
      'TRANSP:OPAQUE',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:This is an event reminder',
      'TRIGGER:-P0DT0H10M0S',
      'END:VALARM',
    ],
    outlook: [
      `ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=${partstat}${delegated};RSVP=FALSE;CN="${attendee}":MAILTO:${attendee.toUpperCase()}`,
      comment ? `COMMENT;LANGUAGE=en-US:${comment}\\n` : 'COMMENT;LANGUAGE=en-US:\\n',
      `UID:${uid}`,
      'SUMMARY;LANGUAGE=en-US:Accepted: Round table',
      'DTSTART;TZID="Belarus Standard Time":20261113T100000',
      'DTEND;TZID="Belarus Standard Time":20261113T110000',
      'CLASS:PUBLIC',
      'PRIORITY:5',
      stamp === null ? null : `DTSTAMP:${stamp}`,
      'TRANSP:OPAQUE',
      'STATUS:CONFIRMED',
      sequence === null ? null : `SEQUENCE:${sequence}`,
      'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
    ],
    thunderbird: [
      'CREATED:20260914T085900Z',
      'LAST-MODIFIED:20260914T090000Z',
      `DTSTAMP:${stamp}`,
      `UID:${uid}`,
      'SUMMARY:Round table',
      `ORGANIZER;CN=Library:mailto:${organizer}`,
      `ATTENDEE;CN=Guest;PARTSTAT=${partstat}${delegated};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:${attendee}`,
      'DTSTART;TZID=Europe/Minsk:20261113T100000',
      'DTEND;TZID=Europe/Minsk:20261113T110000',
      sequence === null ? null : `SEQUENCE:${sequence}`,
      comment ? `COMMENT:${comment}` : null,
    ],
    apple: [
      comment ? `X-CALENDARSERVER-PRIVATE-COMMENT:${comment}` : null,
      `ATTENDEE;CUTYPE=INDIVIDUAL;PARTSTAT=${partstat}${delegated};EMAIL=${attendee}:mailto:${attendee}`,
      `DTEND:${end}`,
      `DTSTAMP:${stamp}`,
      `DTSTART:${start}`,
      `ORGANIZER:mailto:${organizer}`,
      sequence === null ? null : `SEQUENCE:${sequence}`,
      'SUMMARY:Round table',
      `UID:${uid.toUpperCase()}`,
    ],
    bridge: [
      `UID:${uid}`,
      `ATTENDEE;PARTSTAT=${partstat};EMAIL=${attendee}:/principals/users/7`,
      `DTSTAMP:${stamp}`,
      `DTSTART:${start}`,
    ],
  }[program];
  return crlf([
    'BEGIN:VCALENDAR',
    `PRODID:-//test//${program}//EN`,
    'VERSION:2.0',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

/** The mail around it. */
export function answerMail(program: AnsweringProgram, facts: AnswerFacts, method = 'REPLY'): Buffer {
  const text = answerCalendar(program, facts, method);
  const from = facts.from ?? facts.attendee;
  const inline = (calendar: string) => [
    '--b',
    `Content-Type: text/calendar; charset="UTF-8"; method=${method}`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(calendar).toString('base64').replace(/.{76}/g, '$&\r\n'),
  ];
  const file = [
    '--b',
    'Content-Type: application/ics; name="invite.ics"',
    'Content-Disposition: attachment; filename="invite.ics"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n'),
  ];
  return Buffer.from(
    crlf([
      `From: Somebody <${from}>`,
      program === 'google' ? 'Sender: Google Calendar <calendar-notification@google.com>' : null,
      program === 'google' ? 'Auto-Submitted: auto-replied' : null,
      'To: conferences@example.org',
      'Subject: =?utf-8?B?0J/RgNC40L3Rj9GC0L46IFJvdW5kIHRhYmxl?=',
      `Message-ID: <${facts.uid}.${facts.partstat ?? 'ACCEPTED'}.${facts.stamp ?? 'none'}@${program}.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Somebody has answered.',
      ...inline(text),
      ...(program === 'google' || program === 'thunderbird' ? file : []),
      '--b--',
    ]),
  );
}
