import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repliesIn } from '../../../../../src/features/invitations/replies/calendar-reply.js';
import {
  authenticationOf,
  believed,
  REPLY_PARTSTATS,
  type CalendarReply,
  verdictOf,
  type KnownObject,
  type MailOrigin,
} from '../../../../../src/features/invitations/replies/reply-verdict.rules.js';
import { readCalendar } from '../../../../../src/platform/calendar/index.js';
import { answerCalendar, ANSWERING_PROGRAMS, type AnswerFacts } from '../../../../support/calendar-replies.js';

const UID = '0b0e8a52-5c4f-8d1e-9a76-3f2b1c0d9e8f';
const GUEST = 'anna@library.example';
const facts: AnswerFacts = { uid: UID, attendee: GUEST };
const read = (text: string) => (repliesIn(readCalendar(text)) ?? [])[0] as CalendarReply;
const lines = (...body: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...body, 'END:VCALENDAR', ''].join('\r\n');

describe('an answer of a calendar program', () => {
  it.each(ANSWERING_PROGRAMS)(
    'of the kind of %s is read with uid, attendee, state and time [B14] [B15] [B16] [B20]',
    (program) => {
      expect(read(answerCalendar(program, { ...facts, sequence: program === 'bridge' ? null : 2 }))).toMatchObject({
        method: 'REPLY',
        uid: UID,
        sequence: program === 'bridge' ? null : 2,
        stamp: new Date('2026-09-14T09:00:00Z'),
        attendee: { addresses: expect.arrayContaining([GUEST]), partstat: 'ACCEPTED', delegatedTo: [] },
        comment: '',
        proposal: null,
      });
    },
  );

  it.each(['google', 'outlook', 'thunderbird', 'apple'] as const)('of the kind of %s keeps the comment', (program) => {
    expect(read(answerCalendar(program, { ...facts, comment: 'З радасцю\\, прыеду' })).comment).toBe(
      'З радасцю, прыеду',
    );
  });

  it('names the substitute of a delegation', () => {
    const { attendee } = read(
      answerCalendar('outlook', { ...facts, partstat: 'DELEGATED', delegatedTo: 'Boris@library.example' }),
    );
    expect(attendee).toMatchObject({ partstat: 'DELEGATED', delegatedTo: ['boris@library.example'] });
  });

  it('takes the method of the calendar, whatever the mail says [CQ4] [B17]', () => {
    expect(read(answerCalendar('google', facts, 'COUNTER'))).toMatchObject({
      method: 'COUNTER',
      proposal: { start: new Date('2026-11-13T07:00:00Z'), end: new Date('2026-11-13T08:00:00Z') },
    });
    expect(repliesIn(readCalendar(answerCalendar('google', facts, 'REQUEST')))).toBeNull();
    expect(repliesIn(readCalendar(answerCalendar('google', facts, 'PUBLISH')))).toBeNull();
  });

  it('of iOS that proposes another time is a proposal, not a perhaps [B18]', () => {
    const asked = (attendee: string, ...more: string[]) =>
      read(
        lines(
          'METHOD:REPLY',
          'BEGIN:VEVENT',
          `UID:${UID}`,
          'DTSTART:20261113T090000Z',
          ...more,
          `ATTENDEE;PARTSTAT=TENTATIVE${attendee}:mailto:${GUEST}`,
          'END:VEVENT',
        ),
      ).proposal;
    const proposal = { start: new Date('2026-11-13T09:00:00Z'), end: null };
    expect(asked(';X-CALENDARSERVER-TO-ALL-PROPOSED-NEW-TIME=TRUE')).toEqual(proposal);
    expect(asked('', 'X-APPLE-TO-ALL-PROPOSED-NEW-TIME:TRUE')).toEqual(proposal);
    expect(asked('')).toBeNull();
  });

  it('that asks for a time which cannot be read is a proposal all the same [B18]', () => {
    for (const start of [
      'DTSTART;TZID=Nowhere:20261113T090000',
      'DTSTART;VALUE=DATE:20261113',
      'DTSTART:20261113T090000',
    ])
      expect(
        read(
          lines(
            'METHOD:COUNTER',
            'BEGIN:VEVENT',
            `UID:${UID}`,
            start,
            `ATTENDEE;PARTSTAT=TENTATIVE:mailto:${GUEST}`,
            'END:VEVENT',
          ),
        ).proposal,
      ).toEqual({ start: null, end: null });
  });

  it('of several methods is none', () => {
    const text = answerCalendar('google', facts).replace('METHOD:REPLY', 'METHOD:REPLY\r\nMETHOD:REQUEST');
    expect(repliesIn(readCalendar(text))).toBeNull();
  });

  it.each([
    ['no UID', ['ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example'], 'no-uid'],
    ['no attendee', [`UID:${UID}`], 'no-attendee'],
    [
      'two attendees',
      [`UID:${UID}`, 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example', 'ATTENDEE;PARTSTAT=DECLINED:mailto:c@d.example'],
      'several-attendees',
    ],
    ['a state that nobody knows', [`UID:${UID}`, 'ATTENDEE;PARTSTAT=MAYBE:mailto:a@b.example'], 'unknown-partstat'],
    ['no state', [`UID:${UID}`, 'ATTENDEE:mailto:a@b.example'], 'unknown-partstat'],
    [
      'one day of several',
      [`UID:${UID}`, 'RECURRENCE-ID:20261113T070000Z', 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example'],
      'one-of-several-days',
    ],
    ['two UIDs', ['UID:other', `UID:${UID}`, 'ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example'], 'no-uid'],
  ])('with %s is of no use, and says so', (_name, properties, unusable) => {
    const calendar = readCalendar(lines('METHOD:REPLY', 'BEGIN:VEVENT', ...properties, 'END:VEVENT'));
    expect(repliesIn(calendar)).toEqual([{ unusable }]);
  });

  it('gives a comment without control characters, cut at its length', () => {
    const { comment } = read(answerCalendar('google', { ...facts, comment: `a\u0007b\\n${'x'.repeat(3_000)}` }));
    expect(comment.startsWith('ab\nx')).toBe(true);
    expect(comment).toHaveLength(2_000);
  });
});

const known: KnownObject = {
  invitedAddresses: [GUEST],
  state: 'accepted',
  sequence: 1,
  stamp: new Date('2026-09-01T00:00:00Z'),
  newestStamp: null,
};
const origin: MailOrigin = { from: GUEST, sender: null, dkimDomains: [], vouched: false, automatic: false };
const reply = (
  changes: Partial<CalendarReply> = {},
  attendee: Partial<CalendarReply['attendee']> = {},
): CalendarReply => ({
  method: 'REPLY',
  uid: UID,
  sequence: 1,
  stamp: new Date('2026-09-14T09:00:00Z'),
  attendee: { addresses: [GUEST], partstat: 'ACCEPTED', delegatedTo: [], ...attendee },
  comment: '',
  proposal: null,
  ...changes,
});
const verdict = (r = reply(), k: Partial<KnownObject> | null = {}, o: Partial<MailOrigin> = {}) =>
  verdictOf(r, k && { ...known, ...k }, { ...origin, ...o });

describe('the verdict on an answer', () => {
  it('counts where the invited person answers what they were told last', () => {
    expect(verdict()).toEqual({ kind: 'counts', answer: 'accepted', trust: 'B' });
    expect(verdict(reply({}, { partstat: 'DECLINED' }))).toMatchObject({ kind: 'counts', answer: 'declined' });
    expect(verdict(reply({}, { addresses: ['other@library.example', GUEST] }))).toMatchObject({ kind: 'counts' });
  });

  it('waits for an unknown UID, another attendee, or another sender [CQ5] [CQ6]', () => {
    expect(verdict(reply(), null)).toMatchObject({ kind: 'waits', why: 'unknown-uid' });
    expect(verdict(reply({}, { addresses: ['crasher@else.example'] }))).toMatchObject({
      kind: 'waits',
      why: 'other-attendee',
    });
    expect(verdict(reply(), {}, { from: 'crasher@else.example' })).toMatchObject({
      kind: 'waits',
      why: 'other-sender',
    });
  });

  it('waits where From names nobody, or two [CQ6]', () => {
    expect(verdict(reply(), {}, { from: '' })).toMatchObject({ kind: 'waits', why: 'other-sender' });
  });

  it('has no time where a clock runs wrong by more than a day', () => {
    const receivedAt = new Date('2026-09-14T09:00:00Z');
    const stamped = (stamp: string) => believed(reply({ stamp: new Date(stamp) }), receivedAt).stamp?.toISOString();
    expect(stamped('2026-09-15T09:00:00Z')).toBe('2026-09-15T09:00:00.000Z');
    expect(stamped('2026-09-15T09:00:01Z')).toBeUndefined();
  });

  it('takes the word of the calendar that answers for its users', () => {
    const google = { from: 'anna.private@mail.example', sender: 'calendar-notification@google.com' };
    expect(verdict(reply(), {}, google)).toEqual({ kind: 'counts', answer: 'accepted', trust: 'A' });
    expect(verdict(reply(), {}, { ...google, from: GUEST })).toMatchObject({ trust: 'B' });
  });

  it('trusts most what our own server vouches for', () => {
    expect(verdict(reply(), {}, { vouched: true })).toMatchObject({ trust: 'C' });
    expect(verdict(reply(), {}, { from: null })).toMatchObject({ trust: 'A' });
  });

  it('does not count an answer to an older version [CQ7] [B30]', () => {
    expect(verdict(reply({ sequence: 0 }))).toEqual({ kind: 'older-version' });
    expect(verdict(reply({ sequence: 0, method: 'COUNTER', proposal: { start: new Date(), end: null } }))).toEqual({
      kind: 'older-version',
    });
    expect(verdict(reply({ sequence: 2 }))).toMatchObject({ kind: 'counts' });
    expect(verdict(reply({ sequence: null, stamp: new Date('2026-08-31T00:00:00Z') }))).toEqual({
      kind: 'older-version',
    });
    expect(verdict(reply({ sequence: null, stamp: null }))).toMatchObject({ kind: 'counts' });
  });

  it('lets the newest answer stand when mails overtake each other [CQ7]', () => {
    const newestStamp = new Date('2026-09-14T10:00:00Z');
    expect(verdict(reply(), { newestStamp })).toEqual({ kind: 'overtaken' });
    expect(verdict(reply({ stamp: newestStamp }), { newestStamp })).toMatchObject({ kind: 'counts' });
  });

  it('leaves substitutes, proposals and withdrawn invitations to the organizer [CQ8]', () => {
    expect(verdict(reply({}, { partstat: 'DELEGATED' }))).toMatchObject({ why: 'substitute' });
    expect(verdict(reply({ method: 'COUNTER', proposal: { start: new Date(), end: null } }))).toMatchObject({
      why: 'proposal',
    });
    expect(verdict(reply(), { state: 'withdrawn' })).toMatchObject({ why: 'withdrawn' });
    expect(verdict(reply(), { state: null })).toMatchObject({ why: 'no-invitation' });
    expect(verdict(reply({}, { partstat: 'NEEDS-ACTION' }))).toEqual({ kind: 'nothing' });
    expect(verdict(reply({ method: 'REFRESH', sequence: 0 }))).toMatchObject({ kind: 'refresh' });
  });

  it('counts only for somebody invited, in the newest version, by a sender who fits (property)', () => {
    const address = fc.constantFrom(GUEST, 'b@else.example', 'c@third.example');
    fc.assert(
      fc.property(
        fc.record({
          addresses: fc.array(address, { minLength: 1, maxLength: 2 }),
          partstat: fc.constantFrom(...REPLY_PARTSTATS),
        }),
        fc.option(fc.nat(3)),
        fc.option(address),
        fc.option(fc.constantFrom('calendar-notification@google.com', GUEST, 'b@else.example')),
        (attendee, sequence, from, sender) => {
          const result = verdict(reply({ sequence }, attendee), {}, { from, sender });
          if (result.kind !== 'counts') return;
          expect(attendee.addresses).toContain(GUEST);
          expect(sequence === null || sequence >= 1).toBe(true);
          expect(
            from === null || from === GUEST || sender === GUEST || sender === 'calendar-notification@google.com',
          ).toBe(true);
          expect(result.answer.toUpperCase()).toBe(attendee.partstat);
        },
      ),
    );
  });
});

describe('what a mail server vouches for (RFC 8601)', () => {
  const field = (value: string, name = 'authentication-results') => ({ name, value });
  const ours =
    'mx.library.example; dkim=pass (2048-bit) header.d=library.example header.s=s1; dmarc=pass (p=reject) header.from=library.example';

  it('is believed of our own server only', () => {
    expect(authenticationOf([field(ours)], 'mx.library.example')).toEqual({
      dkimDomains: ['library.example'],
      vouched: true,
    });
    expect(authenticationOf([field(ours)], 'mx.other.example')).toEqual({ dkimDomains: [], vouched: false });
    expect(authenticationOf([field(ours)], null)).toEqual({ dkimDomains: [], vouched: false });
    const suffix = ours.replace('mx.library.example', 'mx.library.example.evil.example');
    expect(authenticationOf([field(suffix)], 'mx.library.example')).toEqual({ dkimDomains: [], vouched: false });
  });

  it('is believed above the first Received only: what stands below came with the mail', () => {
    const fails = 'mx.library.example; dkim=fail header.d=library.example; dmarc=fail';
    expect(authenticationOf([field(fails), field('by x', 'received'), field(ours)], 'mx.library.example')).toEqual({
      dkimDomains: [],
      vouched: false,
    });
  });

  it('is not read out of a comment', () => {
    const text = 'mx.library.example; dkim=none (dkim=pass header.d=library.example; dmarc=pass)';
    expect(authenticationOf([field(text)], 'mx.library.example')).toEqual({ dkimDomains: [], vouched: false });
  });
});
