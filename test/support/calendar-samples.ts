import type { CalendarEvent, CalendarHead } from '../../src/platform/calendar/index.js';

/** A session of an invented congress; every field that may be absent is absent. */
export function calendarEvent(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    uid: '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c11',
    sequence: 0,
    stamp: new Date('2027-03-01T09:00:00Z'),
    created: new Date('2027-02-01T09:00:00Z'),
    lastModified: new Date('2027-03-01T09:00:00Z'),
    when: { start: new Date('2027-05-20T07:00:00Z'), end: new Date('2027-05-20T08:30:00Z'), zone: 'Europe/Minsk' },
    summary: 'Круглы стол «Бібліятэка і памяць»',
    status: 'CONFIRMED',
    transparent: false,
    organizer: { name: 'Congress Secretariat', email: 'congress@example.org' },
    ...changes,
  };
}

/** The same as an invitation to one person. */
export function invitation(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return calendarEvent({
    attendee: {
      name: 'Ада Лавлейс',
      email: 'ada@example.org',
      role: 'REQ-PARTICIPANT',
      partstat: 'NEEDS-ACTION',
      rsvp: true,
    },
    ...changes,
  });
}

/** An event that uses every field of the model. */
export function fullEvent(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return invitation({
    description: 'Першы радок\nsecond line, with comma; and semicolon \\ backslash',
    location: 'Вялікая зала, 2 паверх',
    categories: ['Секцыя 1, гісторыя', 'Round tables'],
    url: 'https://congress.example.org/be/c/congress-2027/s/RT1',
    geo: { latitude: 53.931389, longitude: 27.646111 },
    color: 'steelblue',
    image: { url: 'https://congress.example.org/badge.png', type: 'image/png' },
    busyStatus: 'BUSY',
    classification: 'PRIVATE',
    conferences: [{ url: 'https://meet.example.org/rt1?a=1,2', label: 'Join, online', features: ['AUDIO', 'VIDEO'] }],
    alarmMinutes: 15,
    disallowCounter: true,
    ...changes,
  });
}

export function calendarHead(changes: Partial<CalendarHead> = {}): CalendarHead {
  return {
    uid: '6d1b8f60-0c4d-4c39-8a39-51f1f2b3a001',
    name: 'Кангрэс; 2027',
    lastModified: new Date('2027-03-01T09:00:00Z'),
    ...changes,
  };
}
