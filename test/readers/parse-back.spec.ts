import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import {
  type Attendee,
  type CalendarEvent,
  type CalendarHead,
  type Method,
  type Organizer,
  writeCalendar,
} from '../../src/platform/calendar/index.js';
import {
  anyFeed,
  anyInvitation,
  cleanedLine,
  dayOf,
  descriptionOf,
  LOCAL_TIME,
  locationOf,
  propertiesOf,
  said,
} from '../support/calendar-models.js';
import {
  type FoundEvent,
  type FoundFile,
  type FoundMailbox,
  type Reader,
  READERS,
  readWith,
} from '../support/calendar-readers/readers.js';
import { calendarHead, fullEvent } from '../support/calendar-samples.js';
import { hostile } from '../support/hostile.js';

interface Written {
  readonly method: Method;
  readonly models: readonly CalendarEvent[];
  readonly head?: CalendarHead;
  readonly file: string;
}

const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const sample = <T>(of: fc.Arbitrary<T>, numRuns: number) => fc.sample(of, { seed: SEED, numRuns });
const write = (method: Method, models: readonly CalendarEvent[], head?: CalendarHead): Written => ({
  method,
  models,
  head,
  file: writeCalendar(method, models, head),
});

/** Every kind of file that leaves the system. */
const KINDS: Readonly<Record<string, () => Written[]>> = {
  'invitations with each hostile value in every text': () =>
    hostile().map(({ value }) => write('REQUEST', [everywhere(value)])),
  invitations: () => sample(anyInvitation, 150).map((model) => write('REQUEST', [model])),
  updates: () =>
    sample(fc.tuple(anyInvitation, anyInvitation), 100).map(([old, now]) => write('REQUEST', [moved(old, now)])),
  cancellations: () => sample(anyInvitation, 100).map((model) => write('CANCEL', [cancelled(model)])),
  receipts: () => sample(anyInvitation, 100).map((model) => write('PUBLISH', [{ ...model, attendee: undefined }])),
  'personal feeds': () =>
    sample(fc.tuple(anyFeed(anyInvitation, 6), said), 40).map(([models, name]) =>
      write('PUBLISH', models, calendarHead({ name })),
    ),
  'conference feeds': () =>
    sample(fc.tuple(anyFeed(anyInvitation, 25), said, said), 25).map(([models, name, description]) =>
      write(
        'PUBLISH',
        models.map((model) => ({ ...model, alarmMinutes: undefined })),
        calendarHead({ name, description, color: 'teal', refreshMinutes: 60, categories: [name] }),
      ),
    ),
};

function everywhere(value: string): CalendarEvent {
  const text = `x${value}`;
  const model = fullEvent({ summary: text, location: value, description: value, categories: [text, 'y'] });
  const conferences = [{ url: 'https://meet.example.org/', label: text, features: [] }];
  const organizer: Organizer = { ...model.organizer!, name: text };
  return { ...model, conferences, organizer, attendee: { ...model.attendee!, name: text } };
}

function moved(old: CalendarEvent, now: CalendarEvent): CalendarEvent {
  return { ...old, when: now.when, location: now.location, sequence: old.sequence + 1 };
}

function cancelled(model: CalendarEvent): CalendarEvent {
  return { ...model, status: 'CANCELLED', transparent: true, sequence: model.sequence + 1, alarmMinutes: undefined };
}

/** Where a reader leaves the standard. Whatever is not named here it must find as the model has it. */
interface Habits {
  /** How it shows a TEXT. */
  readonly text: (value: string) => string;
  /** How it shows a name of CN. */
  readonly name: (value: string) => string;
  /** Values that it spoils: not compared. */
  readonly spoils: { readonly text: RegExp; readonly name: RegExp };
  /** Lists that it divides otherwise: compared as divided at every comma. */
  readonly divides: RegExp;
  /** Names of properties that it counts by value. */
  readonly splits: readonly string[];
  /** Until when it knows the zones that it takes from a table. */
  readonly knows: number;
}

const NOTHING = /(?!)/;
/** It leaves RFC 6868 unread. */
const careted = (value: string) => value.replaceAll('^', '^^').replaceAll('"', "^'");
/** Zones that they know by name Python's programs take from a table, not from the file, and of the future no two tables say the same. */
const PRESENT = Date.UTC(2026, 0, 1);

const HABITS: Readonly<Record<Reader, Habits>> = {
  libical: {
    // It takes the spaces around a value for layout.
    text: (value) => value.replace(/^ +| +$/g, ''),
    name: (value) => value,
    // A backslash before the closing quote of a name escapes the quote: no such mailbox is found.
    spoils: { text: NOTHING, name: /\\$/ },
    // A comma between quotes, or with a backslash one or three octets before it, separates no items.
    divides: /"|\\.{0,2}$|[;,].$/u,
    splits: ['CATEGORIES'],
    knows: Infinity,
  },
  icalendar: {
    text: (value) => value,
    name: careted,
    // It undoes one kind of escape after another, the backslash last, and knows percent signs for them.
    spoils: { text: /\\|%(?:2C|3A|3B|5C)/, name: /\\|%(?:2C|3A|3B|5C)/ },
    // It undoes escapes before it divides.
    divides: /,/,
    splits: [],
    knows: PRESENT,
  },
  vobject: {
    text: (value) => value,
    name: careted,
    spoils: { text: NOTHING, name: NOTHING },
    divides: NOTHING,
    splits: [],
    // It does so only with a zone that has been like UTC for twenty years.
    knows: PRESENT,
  },
};

type Pair = readonly [found: unknown, wanted: unknown];
const UNCOMPARED: Pair = ['', ''];

/** What was found and what ought to be, field by field. */
function pairs({ models, method, head }: Written, found: FoundFile, habits: Habits): Record<string, Pair> {
  const file: Record<string, Pair> = {
    method: [found.method, method],
    name: head ? text(found.name, cleanedLine(head.name), habits) : [found.name, null],
    components: [found.components, models.length + found.zones],
    uids: [found.events.map(({ uid }) => uid).sort(), models.map(({ uid }) => uid).sort()],
  };
  for (const event of found.events) {
    const model = models.find(({ uid }) => uid === event.uid);
    for (const [name, pair] of Object.entries(model ? pairsOf(event, model, habits) : {}))
      file[`${event.uid} ${name}`] = pair;
  }
  return file;
}

function pairsOf(found: FoundEvent, model: CalendarEvent, habits: Habits): Record<string, Pair> {
  const local = 'zone' in model.when ? (LOCAL_TIME.exec(found.description ?? '')?.[0] ?? '') : '';
  return {
    ...times(found, model, habits),
    summary: text(found.summary, cleanedLine(model.summary), habits),
    location: text(found.location, locationOf(model), habits),
    description: text(found.description, descriptionOf(model) + local, habits),
    categories: list(found.categories, (model.categories ?? []).map(cleanedLine), habits),
    organizer: mailbox(found.organizer ?? undefined, model.organizer, habits),
    attendees: [found.attendees.length, model.attendee ? 1 : 0],
    attendee: mailbox(found.attendees[0], model.attendee, habits),
    sequence: [found.sequence, model.sequence],
    status: [found.status, model.status],
    alarms: [found.alarms, model.alarmMinutes === undefined ? 0 : 1],
    properties: [
      found.properties.filter((name, i, all) => name !== all[i - 1] || !habits.splits.includes(name)),
      propertiesOf(model, local !== '').sort(),
    ],
  };
}

function times({ start, end }: FoundEvent, { when }: CalendarEvent, habits: Habits): Record<string, Pair> {
  if ('firstDay' in when) {
    const behind = dayOf(Date.parse(when.lastDay) + 86_400_000);
    return { start: [start, when.firstDay], end: [end, behind] };
  }
  if (when.end.getTime() >= habits.knows) return { start: [typeof start, 'number'], end: [typeof end, 'number'] };
  return { start: [start, when.start.getTime() / 1000], end: [end, when.end.getTime() / 1000] };
}

function text(found: string | null, wanted: string, habits: Habits): Pair {
  return habits.spoils.text.test(wanted) ? UNCOMPARED : [found ?? '', habits.text(wanted)];
}

function list(found: readonly string[], wanted: readonly string[], habits: Habits): Pair {
  if (wanted.some((item) => habits.spoils.text.test(item))) return UNCOMPARED;
  const divided = (items: readonly string[]) => items.join().split(',').map(habits.text);
  return wanted.some((item) => habits.divides.test(item))
    ? [divided(found), divided(wanted)]
    : [found, wanted.map(habits.text)];
}

function mailbox(found: FoundMailbox | undefined, wanted: Organizer | Attendee | undefined, habits: Habits): Pair {
  if (!wanted) return [found, undefined];
  const name = cleanedLine(wanted.name);
  if (habits.spoils.name.test(name)) return UNCOMPARED;
  const words = 'rsvp' in wanted ? { role: wanted.role, partstat: wanted.partstat, rsvp: 'TRUE' } : NO_WORDS;
  return [found, { address: `mailto:${wanted.email}`, name: habits.name(name), ...words }];
}

const NO_WORDS = { role: null, partstat: null, rsvp: null };

describe.each(READERS)('%s', (reader) => {
  it.each(Object.keys(KINDS))('[X8] [B28] finds in %s what the models hold, and nothing else', async (kind) => {
    const written = KINDS[kind]!();
    const answers = await readWith(
      reader,
      written.map(({ file }) => file),
    );
    const differences = answers.flatMap((answer, i) => {
      const found: Record<string, Pair> =
        'problem' in answer ? { problem: [answer.problem, null] } : pairs(written[i]!, answer, HABITS[reader]);
      return Object.entries(found)
        .filter(([, pair]) => !isDeepStrictEqual(pair[0], pair[1]))
        .map(([field, [found, wanted]]) => ({ seed: SEED, i, field, found, wanted }));
    });
    expect(differences.slice(0, 3)).toEqual([]);
  });
});
