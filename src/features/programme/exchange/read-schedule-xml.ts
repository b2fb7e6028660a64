import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { unreadable, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { readClock, readMinutes, readMoment, type ReadSchedule } from './found.rules.js';
import {
  type ScheduleDay,
  type ScheduleEvent,
  type ScheduleLink,
  type SchedulePerson,
  type ScheduleTrack,
} from './schedule.rules.js';
import { readXml, type XmlElement } from './xml-tree.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Reads schedule.xml leniently, because no published file is valid: attributes may be missing, times stand without an
 * offset, events without a guid. Throws UnreadableFile where it is not such a file; what is wrong with single events is
 * told among the problems, and those events are left out.
 */
export function readScheduleXml(text: string): ReadSchedule {
  const root = readXml(text);
  if (root.name !== 'schedule') unreadable('exchange.problem.notSchedule', String(root.line), { name: root.name });
  const conference = child(root, 'conference') ?? root;
  const acronym = value(conference, 'acronym');
  const problems: FileProblem[] = [];
  const places = new Map<ScheduleEvent, string>();
  const reader = new EventReader(acronym, problems);
  const days = root.children
    .filter(({ name }) => name === 'day')
    .map((day, at): ScheduleDay => {
      const date = day.attributes['date'] ?? '';
      return {
        index: Number(day.attributes['index'] ?? at + 1) || at + 1,
        date,
        start: day.attributes['start'] ?? '',
        end: day.attributes['end'] ?? '',
        rooms: day.children
          .filter(({ name }) => name === 'room')
          .map((room) => ({
            name: room.attributes['name'] ?? '',
            guid: guidOf(room.attributes['guid']),
            events: room.children
              .filter(({ name }) => name === 'event')
              .flatMap((element) => {
                const event = reader.read(element, date);
                if (event) places.set(event, String(element.line));
                return event ? [event] : [];
              }),
          })),
      };
    });
  const generator = child(root, 'generator');
  return {
    places,
    problems,
    schedule: {
      version: value(root, 'version'),
      url: given(root, 'url'),
      generator: generator
        ? { name: generator.attributes['name'] ?? '', version: generator.attributes['version'] ?? '' }
        : null,
      conference: {
        acronym,
        title: value(conference, 'title'),
        start: given(conference, 'start'),
        end: given(conference, 'end'),
        timeslot: value(conference, 'timeslot_duration'),
        baseUrl: given(conference, 'base_url'),
        url: given(conference, 'url'),
        zone: given(conference, 'time_zone_name'),
        tracks: tracksOf(root, conference),
      },
      days,
    },
  };
}

class EventReader {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly acronym: string,
    private readonly problems: FileProblem[],
  ) {}

  read(element: XmlElement, day: string): ScheduleEvent | undefined {
    const fields = new Map(element.children.map((field) => [field.name, field]));
    const plain = (name: string): string => fields.get(name)?.text ?? '';
    const line = String(element.line);
    const refuse = (code: string, params: Record<string, unknown> = {}): undefined => {
      this.problems.push({ place: line, code, params });
      return undefined;
    };
    const title = plain('title');
    if (title.trim() === '') return refuse('exchange.problem.noTitle');
    const date = dateOf(plain('date'), day, plain('start'));
    if (date === undefined) return refuse('exchange.problem.time', { value: plain('date') || plain('start') });
    const minutes = readMinutes(plain('duration'));
    if (minutes === undefined) return refuse('exchange.problem.duration', { value: plain('duration') });
    const number = element.attributes['id'] ?? '';
    const guid = guidOf(element.attributes['guid']) ?? derivedGuid('event', this.acronym, number || `${title} ${date}`);
    const before = this.seen.get(guid);
    if (before !== undefined) return refuse('exchange.problem.twice', { before });
    this.seen.set(guid, element.line);
    const recording = fields.get('recording');
    const address = (name: string): string | null => plain(name).trim() || null;
    return {
      id: positive(number),
      guid,
      code: element.attributes['code'] ?? null,
      title,
      subtitle: plain('subtitle'),
      type: plain('type'),
      track: plain('track'),
      language: plain('language'),
      abstract: plain('abstract'),
      description: plain('description'),
      slug: plain('slug'),
      date,
      minutes,
      persons: (fields.get('persons')?.children ?? []).flatMap(personOf),
      recording: recording
        ? { license: value(recording, 'license'), optout: value(recording, 'optout').trim() === 'true' }
        : null,
      links: (fields.get('links')?.children ?? []).map(linkOf),
      attachments: (fields.get('attachments')?.children ?? []).map(linkOf),
      logo: address('logo'),
      url: address('url'),
      feedbackUrl: address('feedback_url'),
      originUrl: address('origin_url'),
      videoUrl: address('video_download_url'),
    };
  }
}

/** The date with its offset; a local one, where the file gives no offset; of the day and the clock, where there is no date. */
function dateOf(date: string, day: string, start: string): string | undefined {
  const moment = readMoment(date);
  if (moment) return `${moment.local}:00${moment.offset ?? ''}`;
  const clock = readClock(start);
  return date.trim() === '' && clock !== undefined && readMoment(`${day}T${clock}`) ? `${day}T${clock}:00` : undefined;
}

function personOf({ text, attributes }: XmlElement): SchedulePerson[] {
  if (text.trim() === '') return [];
  return [{ id: positive(attributes['id'] ?? '') || null, guid: guidOf(attributes['guid']), name: text }];
}

function linkOf({ text, attributes }: XmlElement): ScheduleLink {
  return { title: text, url: attributes['href'] ?? '', type: attributes['type'] ?? null };
}

/** Tracks of the schema stand in the conference and have a name; those of one known planner are texts beside it. */
function tracksOf(root: XmlElement, conference: XmlElement): ScheduleTrack[] {
  const elements = [...conference.children, ...(child(root, 'tracks')?.children ?? [])];
  return elements
    .filter(({ name }) => name === 'track')
    .map(({ attributes, text }) => ({
      name: attributes['name'] ?? text.trim(),
      slug: attributes['slug'] ?? null,
      color: attributes['color'] ?? null,
    }));
}

function guidOf(text: string | undefined): string | null {
  const guid = text?.trim().toLowerCase() ?? '';
  return GUID.test(guid) ? guid : null;
}

/** 0 for what is no positive whole number. */
function positive(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : 0;
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

function value(element: XmlElement, name: string): string {
  return child(element, name)?.text ?? '';
}

function given(element: XmlElement, name: string): string | null {
  return value(element, name).trim() || null;
}
