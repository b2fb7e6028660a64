import { toInstant, toLocal } from '../../src/kernel/zones.js';
import { readCalendar, writeCalendar } from '../../src/platform/calendar/index.js';
import { calendarEvent, fullEvent } from './calendar-samples.js';

// Run by server-zone.spec.ts in processes with different TZ: prints what must not depend on it.
const summer = { start: new Date('2027-07-01T00:30:00Z'), end: new Date('2027-07-01T05:00:00Z'), zone: 'Europe/Paris' };
const download = writeCalendar('PUBLISH', [calendarEvent({ when: summer })]);
const files = [
  writeCalendar('REQUEST', [fullEvent()]),
  download,
  writeCalendar('PUBLISH', [calendarEvent({ when: { firstDay: '2027-05-20', lastDay: '2027-05-20' } })]),
  toLocal(summer.start, 'Asia/Tokyo'),
  toInstant('2027-03-28T03:00', 'Europe/Paris').instant.toISOString(),
  readCalendar(download).events[0]?.start?.instant?.toISOString(),
];
process.stdout.write(JSON.stringify({ hour: summer.start.getHours(), files }));
