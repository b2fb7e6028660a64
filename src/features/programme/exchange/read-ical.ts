import { CalendarReadError, linesOfEvents, readCalendar, type ReadEvent } from '../../../platform/calendar/index.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { plainFileText } from '../../../platform/documents/file-text.js';
import { unreadable, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import type { ReadSchedule } from './found.rules.js';
import type { ScheduleEvent } from './schedule.rules.js';

/**
 * Reads the events of an iCalendar file as a schedule. Folded lines are joined as bytes, because some writers cut letters in
 * two; a zone that the file names without declaring it is taken from the zone database. Throws UnreadableFile.
 */
export function readIcal(bytes: Buffer): ReadSchedule {
  const text = plainFileText(Buffer.from(bytes.toString('latin1').replace(/\r?\n[ \t]/g, ''), 'latin1'));
  const lines = linesOfEvents(bytes);
  const problems: FileProblem[] = [];
  const places = new Map<ScheduleEvent, string>();
  const seen = new Map<string, string>();
  const byRoom = new Map<string, ScheduleEvent[]>();
  const { events, properties } = calendarOf(text);
  events.forEach((found, at) => {
    const place = String(lines[at] ?? '');
    const event = eventOf(found, (code, params = {}) => {
      problems.push({ place, code, params });
      return undefined;
    });
    if (!event) return;
    const before = seen.get(event.guid);
    if (before !== undefined) {
      problems.push({ place, code: 'exchange.problem.twice', params: { before } });
      return;
    }
    seen.set(event.guid, place);
    places.set(event, place);
    const room = found.location?.trim() ?? '';
    byRoom.set(room, [...(byRoom.get(room) ?? []), event]);
  });
  const title = properties.find(({ name }) => name === 'NAME' || name === 'X-WR-CALNAME')?.values[0] ?? '';
  const conference = { acronym: '', title, start: null, end: null, timeslot: '', baseUrl: null, url: null, zone: null };
  const rooms = [...byRoom].map(([name, list]) => ({ name, guid: null, events: list }));
  return {
    problems,
    places,
    schedule: {
      version: '',
      url: null,
      generator: null,
      conference: { ...conference, tracks: [] },
      days: [{ index: 1, date: '', start: '', end: '', rooms }],
    },
  };
}

function calendarOf(text: string): ReturnType<typeof readCalendar> {
  try {
    return readCalendar(text);
  } catch (error) {
    if (!(error instanceof CalendarReadError)) throw error;
    return unreadable('exchange.problem.ical', /line (\d+)/i.exec(error.message)?.[1] ?? '');
  }
}

type Refuse = (code: string, params?: Record<string, unknown>) => undefined;

function eventOf(found: ReadEvent, refuse: Refuse): ScheduleEvent | undefined {
  const title = found.summary?.trim() ?? '';
  if (found.status === 'CANCELLED') return undefined;
  if (title === '') return refuse('exchange.problem.noTitle');
  const start = momentOf(found, 'DTSTART');
  if (!start || found.start?.day !== undefined) return refuse('exchange.problem.wholeDay');
  if (found.properties.some(({ name }) => name === 'RRULE' || name === 'RDATE')) {
    return refuse('exchange.problem.repeats');
  }
  const minutes = minutesOf(found, start);
  if (minutes === undefined) return refuse('exchange.problem.duration', { value: '' });
  return {
    id: 0,
    guid: derivedGuid('uid', found.uid ?? `${title} ${start.date}`),
    code: null,
    title,
    subtitle: '',
    type: found.categories[0] ?? '',
    track: '',
    language: '',
    abstract: found.description?.trim() ?? '',
    description: '',
    slug: '',
    date: start.date,
    minutes,
    persons: [],
    recording: null,
    links: [],
    attachments: [],
    logo: null,
    url: found.properties.find(({ name }) => name === 'URL')?.values[0] ?? null,
    feedbackUrl: null,
    originUrl: null,
    videoUrl: null,
  };
}

/** `date` as schedules have it: with an offset where the file is sure of the instant, else local, in a zone or none. */
function momentOf(found: ReadEvent, name: 'DTSTART' | 'DTEND'): { date: string; local: number } | undefined {
  const property = found.properties.find((one) => one.name === name);
  const value = property?.values[0] ?? '';
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?(Z?)$/.exec(value);
  if (!match) return undefined;
  const local = Date.parse(`${match[1]}T${match[2]}:00Z`);
  const zone = property?.parameters['tzid'];
  const shown = `${match[1]}T${match[2]}:00`;
  if (match[3] === 'Z') return { date: `${shown}+00:00`, local };
  return { date: typeof zone === 'string' ? `${shown}[${zone}]` : shown, local };
}

function minutesOf(found: ReadEvent, start: { local: number }): number | undefined {
  const instants = [found.start?.instant, found.end?.instant];
  if (instants[0] && instants[1]) return wholeMinutes(instants[1].getTime() - instants[0].getTime());
  const end = momentOf(found, 'DTEND');
  if (end) return wholeMinutes(end.local - start.local);
  const length = found.properties.find(({ name }) => name === 'DURATION')?.values[0] ?? '';
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/.exec(length);
  if (!match) return undefined;
  const [weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
}

function wholeMinutes(ms: number): number | undefined {
  return ms < 0 ? undefined : Math.round(ms / 60_000);
}
