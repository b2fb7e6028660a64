import { z } from 'zod';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { unreadable, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { readClock, readMinutes, readMoment, type ReadSchedule } from './found.rules.js';
import type { ScheduleDay, ScheduleEvent, ScheduleLink, SchedulePerson, ScheduleRoom } from './schedule.rules.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A text, whatever the file has in its place: a number is its digits, anything else is nothing. */
const loose = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''));
const list = <T extends z.ZodType>(of: T) => z.array(of).catch([]).default([]);
const linkShape = z.object({ title: loose, url: loose, type: loose });
const personShape = z.object({ id: loose, guid: loose, name: loose, public_name: loose });
const eventShape = z.object({
  id: loose,
  guid: loose,
  code: loose,
  title: loose,
  subtitle: loose,
  type: loose,
  track: loose,
  language: loose,
  abstract: loose,
  description: loose,
  slug: loose,
  date: loose,
  start: loose,
  duration: loose,
  recording_license: loose,
  do_not_record: z.boolean().nullish().catch(null),
  persons: list(personShape),
  links: list(linkShape),
  attachments: list(linkShape),
  logo: loose,
  url: loose,
  feedback_url: loose,
  origin_url: loose,
});
const scheduleShape = z.object({
  generator: z.object({ name: loose, version: loose }).nullish().catch(null),
  schedule: z.object({
    version: loose,
    url: loose,
    base_url: loose,
    conference: z.object({
      acronym: loose,
      title: loose,
      start: loose,
      end: loose,
      timeslot_duration: loose,
      url: loose,
      time_zone_name: loose,
      tracks: list(z.object({ name: loose, slug: loose, color: loose })),
      rooms: list(z.object({ name: loose, guid: loose })),
      days: z.array(
        z.object({
          index: z.number().optional().catch(undefined),
          date: loose,
          day_start: loose,
          day_end: loose,
          rooms: z.record(z.string(), z.array(z.unknown())),
        }),
      ),
    }),
  }),
});
type EventFields = z.output<typeof eventShape>;

/** One export of the EMF camp and others like it: a flat list, times on the clock of the venue. */
const flatShape = z.array(z.object({ title: z.string(), start_date: z.string(), end_date: z.string() }).loose()).min(1);

/**
 * Reads schedule.json leniently, or a flat list of events with `start_date` and `end_date`. Throws UnreadableFile, with the
 * line where it is not JSON at all; what is wrong with single events is told among the problems.
 */
export function readScheduleJson(text: string): ReadSchedule {
  const content = parsed(text);
  const flat = flatShape.safeParse(content);
  if (flat.success) return readFlat(flat.data);
  const whole = scheduleShape.safeParse(content);
  if (!whole.success) {
    return unreadable('exchange.problem.notScheduleJson', whole.error.issues[0]?.path.join('.') ?? '');
  }
  const { generator, schedule } = whole.data;
  const { conference } = schedule;
  const reader = new JsonEvents(conference.acronym);
  const order = new Map(conference.rooms.map(({ name }, at) => [name, at]));
  const guids = new Map(conference.rooms.map(({ name, guid }) => [name, guidOf(guid)]));
  const days = conference.days.map((day, at): ScheduleDay => {
    const rooms = Object.entries(day.rooms).map(([name, events]): ScheduleRoom => ({
      name,
      guid: guids.get(name) ?? null,
      events: events.flatMap((event, nth) => reader.read(event, `days[${at}].rooms["${name}"][${nth}]`, day.date)),
    }));
    return {
      index: day.index ?? at + 1,
      date: day.date,
      start: day.day_start,
      end: day.day_end,
      // Names that look like numbers come first in an object, whatever the file says: the list of rooms knows better.
      rooms: rooms.sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0)),
    };
  });
  return {
    places: reader.places,
    problems: reader.problems,
    schedule: {
      version: schedule.version,
      url: schedule.url || null,
      generator: generator ?? null,
      conference: {
        acronym: conference.acronym,
        title: conference.title,
        start: conference.start || null,
        end: conference.end || null,
        timeslot: conference.timeslot_duration,
        baseUrl: schedule.base_url || null,
        url: conference.url || null,
        zone: conference.time_zone_name || null,
        tracks: conference.tracks.map(({ name, slug, color }) => ({ name, slug: slug || null, color: color || null })),
      },
      days,
    },
  };
}

class JsonEvents {
  readonly problems: FileProblem[] = [];
  readonly places = new Map<ScheduleEvent, string>();
  private readonly seen = new Map<string, string>();

  constructor(private readonly acronym: string) {}

  read(given: unknown, place: string, day: string): ScheduleEvent[] {
    const fields = eventShape.safeParse(given);
    if (!fields.success) return this.refuse(place, 'exchange.problem.noTitle');
    const { id, guid: key, title, date, start, duration, recording_license: license, ...rest } = fields.data;
    if (title.trim() === '') return this.refuse(place, 'exchange.problem.noTitle');
    const moment = readMoment(date) ?? momentOf(day, start);
    if (!moment) return this.refuse(place, 'exchange.problem.time', { value: date || start });
    const minutes = readMinutes(duration);
    if (minutes === undefined) return this.refuse(place, 'exchange.problem.duration', { value: duration });
    const guid = guidOf(key) ?? derivedGuid('event', this.acronym, id || `${title} ${moment.local}`);
    const before = this.seen.get(guid);
    if (before !== undefined) return this.refuse(place, 'exchange.problem.twice', { before });
    this.seen.set(guid, place);
    const event: ScheduleEvent = {
      id: positive(id),
      guid,
      code: rest.code || null,
      title,
      subtitle: rest.subtitle,
      type: rest.type,
      track: rest.track,
      language: rest.language,
      abstract: rest.abstract,
      description: rest.description,
      slug: rest.slug,
      date: `${moment.local}:00${moment.offset ?? ''}`,
      minutes,
      persons: rest.persons.flatMap(personOf),
      recording:
        license !== '' || typeof rest.do_not_record === 'boolean'
          ? { license, optout: rest.do_not_record === true }
          : null,
      links: rest.links.map(linkOf),
      attachments: rest.attachments.map(linkOf),
      logo: rest.logo || null,
      url: rest.url || null,
      feedbackUrl: rest.feedback_url || null,
      originUrl: rest.origin_url || null,
      videoUrl: null,
    };
    this.places.set(event, place);
    return [event];
  }

  private refuse(place: string, code: string, params: Record<string, unknown> = {}): [] {
    this.problems.push({ place, code, params });
    return [];
  }
}

function readFlat(rows: z.output<typeof flatShape>): ReadSchedule {
  const reader = new JsonEvents('');
  const byRoom = new Map<string, ScheduleEvent[]>();
  rows.forEach((row, nth) => {
    const [start, end] = [readMoment(row.start_date), readMoment(row.end_date)];
    const minutes = start && end ? (Date.parse(`${end.local}Z`) - Date.parse(`${start.local}Z`)) / 60_000 : 0;
    const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '');
    const read = reader.read(
      {
        id: row['id'],
        title: row.title,
        type: row['type'],
        description: row['description'],
        date: start ? `${start.local}:00${start.offset ?? ''}` : row.start_date,
        duration: `${Math.floor(minutes / 60)}:${minutes % 60}`,
        url: text('link'),
        persons: text('speaker') === '' ? [] : [{ name: text('speaker') }],
      },
      `[${nth}]`,
      '',
    );
    const room = text('venue');
    for (const event of read) byRoom.set(room, [...(byRoom.get(room) ?? []), event]);
  });
  const rooms = [...byRoom].map(([name, events]) => ({ name, guid: null, events }));
  const conference = { acronym: '', title: '', start: null, end: null, timeslot: '', baseUrl: null, url: null };
  return {
    places: reader.places,
    problems: reader.problems,
    schedule: {
      version: '',
      url: null,
      generator: null,
      conference: { ...conference, zone: null, tracks: [] },
      days: [{ index: 1, date: '', start: '', end: '', rooms }],
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return unreadable('exchange.problem.json', /line (\d+)/.exec(error.message)?.[1] ?? String(lineOfBadToken(text)));
  }
}

/** The engine says of a wrong token what it is, not where: the shortest beginning of the text that holds it does. */
function lineOfBadToken(text: string): number {
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (holdsBadToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return text.slice(0, bad).split('\n').length;
}

function holdsBadToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token');
  }
}

function momentOf(day: string, start: string): { local: string; offset: null } | undefined {
  const clock = readClock(start);
  const moment = clock === undefined ? undefined : readMoment(`${day}T${clock}`);
  return moment && { local: moment.local, offset: null };
}

function personOf({ id, guid, name, public_name }: EventFields['persons'][number]): SchedulePerson[] {
  const shown = name || public_name;
  return shown.trim() === '' ? [] : [{ id: positive(id) || null, guid: guidOf(guid), name: shown }];
}

function linkOf({ title, url, type }: EventFields['links'][number]): ScheduleLink {
  return { title, url, type: type || null };
}

function guidOf(text: string): string | null {
  const guid = text.trim().toLowerCase();
  return GUID.test(guid) ? guid : null;
}

function positive(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
}
