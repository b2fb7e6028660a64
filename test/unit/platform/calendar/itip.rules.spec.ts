import { describe, expect, it } from '@jest/globals';
import {
  advance,
  type CalendarEvent,
  fingerprint,
  methodProblems,
  partstatFor,
  personalUid,
  type Revision,
  staysInFeed,
} from '../../../../src/platform/calendar/index.js';
import { calendarEvent, fullEvent, invitation } from '../../../support/calendar-samples.js';

const now = new Date('2027-03-01T09:00:00Z');
const later = new Date('2027-03-02T09:00:00.700Z');

function told(event: CalendarEvent, at = now): Revision {
  return advance(undefined, fingerprint(event), at);
}

describe('the next revision of a calendar object', () => {
  it('[CR3] starts at 0', () => {
    expect(advance(undefined, fingerprint(calendarEvent()), now)).toMatchObject({
      kind: 'first',
      sequence: 0,
      stamp: now,
    });
  });

  it('[CR5] [CR7] [B27] is the same while nothing changed, a day later and with new row times', () => {
    const again = { ...calendarEvent(), lastModified: later, stamp: later, sequence: 4 };
    expect(advance(told(calendarEvent()), fingerprint(again), later)).toMatchObject({
      kind: 'unchanged',
      sequence: 0,
      stamp: now,
    });
  });

  const when = calendarEvent().when;
  it.each<[string, Partial<CalendarEvent>]>([
    ['the start', { when: { ...when, start: new Date('2027-05-20T07:30:00Z') } as typeof when }],
    ['the end', { when: { ...when, end: new Date('2027-05-20T09:00:00Z') } as typeof when }],
    ['the zone', { when: { ...when, zone: 'Europe/Vilnius' } as typeof when }],
    ['the room', { location: 'Room 205' }],
    ['the status', { status: 'TENTATIVE' }],
    ['the join address', { conferences: [{ url: 'https://meet.example.org/2', label: 'Join', features: [] }] }],
  ])('[CR3] grows SEQUENCE by one for %s', (_what, change) => {
    const step = advance(told(fullEvent()), fingerprint(fullEvent(change)), later);
    expect(step).toMatchObject({ kind: 'changed', sequence: 1, stamp: new Date('2027-03-02T09:00:00Z') });
  });

  it.each<[string, Partial<CalendarEvent>]>([
    ['a typo in the title', { summary: 'Round table' }],
    ['the description', { description: 'x' }],
    ['a name erased', { attendee: { ...invitation().attendee, name: '—' } as CalendarEvent['attendee'] }],
    ['an answer', { attendee: { ...invitation().attendee, partstat: 'ACCEPTED' } as CalendarEvent['attendee'] }],
    [
      'the label of a link',
      { conferences: [{ url: 'https://meet.example.org/rt1?a=1,2', label: 'Online', features: [] }] },
    ],
  ])('[CR3] [CR6] [CR8] [B21] [B22] keeps SEQUENCE and grows the stamp for %s', (_what, change) => {
    const step = advance(told(fullEvent()), fingerprint(fullEvent(change)), later);
    expect(step).toMatchObject({ kind: 'corrected', sequence: 0, stamp: new Date('2027-03-02T09:00:00Z') });
  });

  it('[CR4] [B02] grows SEQUENCE by one for cancelling and by one more for inviting again', () => {
    const cancelled = advance(told(invitation()), fingerprint(invitation({ status: 'CANCELLED' })), later);
    expect(cancelled).toMatchObject({ kind: 'changed', sequence: 1 });
    expect(advance(cancelled, fingerprint(invitation()), later)).toMatchObject({ kind: 'changed', sequence: 2 });
    expect(advance(cancelled, fingerprint(invitation({ status: 'CANCELLED' })), later)).toMatchObject({
      kind: 'unchanged',
    });
  });

  it('[CR6] is a second later than the last one when the clock ran back', () => {
    const step = advance(told(calendarEvent(), later), fingerprint(calendarEvent({ summary: 'x' })), now);
    expect(step.stamp).toEqual(new Date('2027-03-02T09:00:01Z'));
  });
});

describe('the UID of a personal object', () => {
  const key = Buffer.alloc(32, 7);
  const uid = personalUid(key, 'p1', 'session', 's1');

  it('[CR1] [CR2] is a lower-case UUID of version 8 that depends on person, kind, id and key alone', () => {
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(personalUid(key, 'p1', 'session', 's1')).toBe(uid);
    const others = [
      personalUid(key, 'p2', 'session', 's1'),
      personalUid(key, 'p1', 'conference', 's1'),
      personalUid(key, 'p1', 'session', 's2'),
      personalUid(Buffer.alloc(32, 8), 'p1', 'session', 's1'),
    ];
    expect(new Set([uid, ...others]).size).toBe(5);
  });

  it('[CR2] is the HMAC of the words the design names', () => {
    // printf 'person:p1:session:s1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…, with the two UUID fields set.
    expect(uid).toBe('a5662e92-a313-85ba-a2ba-5aff89dfff03');
  });
});

describe('a method', () => {
  const facts = { status: 'CONFIRMED', organizer: { email: 'congress@example.org' }, hasAlarm: false } as const;
  const attendee = { email: 'ada@example.org', rsvp: true };
  const fields = (...args: Parameters<typeof methodProblems>) => methodProblems(...args).map(({ field }) => field);

  it('[CM1] [CM7] PUBLISH wants an organizer and nobody invited', () => {
    expect(fields('PUBLISH', facts)).toEqual([]);
    expect(fields('PUBLISH', { ...facts, organizer: undefined, attendee })).toEqual(['organizer', 'attendee']);
  });

  it('[CM3] [CM5] [CM7] [B05] REQUEST wants the person to answer, and never a cancelled event', () => {
    expect(fields('REQUEST', { ...facts, attendee })).toEqual([]);
    expect(fields('REQUEST', facts)).toEqual(['attendee']);
    expect(fields('REQUEST', { ...facts, attendee: { ...attendee, rsvp: false }, status: 'CANCELLED' })).toEqual([
      'attendee.rsvp',
      'status',
    ]);
  });

  it('[CM5] [CM7] CANCEL wants a cancelled event without an alarm', () => {
    expect(fields('CANCEL', { ...facts, attendee, status: 'CANCELLED' })).toEqual([]);
    expect(fields('CANCEL', { ...facts, attendee, hasAlarm: true })).toEqual(['status', 'alarmMinutes']);
  });

  it('[CM4] [B04] refuses an organizer that nobody reads, or that is invited', () => {
    for (const email of [
      'noreply@example.org',
      'No-Reply@example.org',
      'do-not-reply@example.org',
      'no_reply+1@example.org',
    ]) {
      expect(fields('PUBLISH', { ...facts, organizer: { email } })).toEqual(['organizer.email']);
    }
    expect(fields('REQUEST', { ...facts, attendee: { email: 'Congress@Example.org', rsvp: true } })).toEqual([
      'attendee.email',
    ]);
    expect(fields('PUBLISH', { ...facts, organizer: { email: 'noreplyov@example.org' } })).toEqual([]);
  });

  it('[CM1] none, for CalDAV, wants nothing', () => {
    expect(fields(undefined, { status: 'CONFIRMED', hasAlarm: true })).toEqual([]);
  });
});

describe('what is told again', () => {
  it('[CM3] asks anew after a higher SEQUENCE, and keeps the answer else', () => {
    expect(partstatFor(0, { partstat: 'ACCEPTED', sequence: 0 })).toBe('ACCEPTED');
    expect(partstatFor(1, { partstat: 'ACCEPTED', sequence: 0 })).toBe('NEEDS-ACTION');
    expect(partstatFor(0)).toBe('NEEDS-ACTION');
  });

  it('[CR10] keeps a cancelled session in feeds for 30 days', () => {
    expect(staysInFeed(now, new Date('2027-03-31T08:59:59Z'))).toBe(true);
    expect(staysInFeed(now, new Date('2027-03-31T09:00:00Z'))).toBe(false);
  });
});
