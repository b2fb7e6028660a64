import { foldForSearch } from '../../../kernel/search-text.js';
import { cleanText } from '../../../kernel/text.js';
import { isZone, toInstant, ZoneError } from '../../../kernel/zones.js';
import { MAX_SESSION_MINUTES, type SessionStatus } from '../session.rules.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { bodyOf, languagesOf, LONGEST_BODY } from './described.rules.js';
import { byPlace, type FileProblem } from '../../../platform/documents/file-problem.rules.js';
import { roomChoice, type ImportOptions } from './import.rules.js';
import { kindOf } from './kinds.rules.js';
import type { FoundEvent } from './read-file.js';
import type { ScheduleEvent, SchedulePerson } from './schedule.rules.js';
import { splitName, type SplitName } from './split-name.rules.js';

/** A session of the draft as an import compares it. */
export interface KnownSession {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly status: SessionStatus;
  /** As an export in the language of the file would say it now. */
  readonly described: ScheduleEvent;
  readonly start: Date | null;
  readonly roomId: string | null;
  /** Everybody on it or its talks, in whatever state. */
  readonly people: ReadonlySet<string>;
  /** Speakers of the session as a whole who have confirmed: those that a file may take off again. */
  readonly speakers: ReadonlyMap<string, { readonly id: string; readonly version: number }>;
}

export interface Named {
  readonly id: string;
  /** In every language, and the code. */
  readonly names: readonly string[];
}

/** What there is already. */
export interface KnownThings {
  readonly sessions: readonly KnownSession[];
  /** Guid of a file to id, for sessions and for people. */
  readonly sessionOf: ReadonlyMap<string, string>;
  readonly personOf: ReadonlyMap<string, string>;
  /** By folded name: who takes part in this programme and is the only one there of that name. */
  readonly personNamed: ReadonlyMap<string, string>;
  readonly rooms: readonly Named[];
  readonly strands: readonly Named[];
}

export const CHANGES = [
  'title',
  'abstract',
  'kind',
  'language',
  'track',
  'room',
  'start',
  'length',
  'people',
  'details',
] as const;
export type ChangeOfSession = (typeof CHANGES)[number];

/** Parts of a session that a file says something about; a table says nothing of columns that it has not. */
export type SaidParts = ReadonlySet<ChangeOfSession>;

export interface PlannedPerson {
  readonly key: string;
  readonly name: string;
  readonly split: SplitName;
  readonly number: number | null;
  /** Known to be this person, by an earlier import or export; null: to be made unless the page says otherwise. */
  readonly personId: string | null;
  readonly sessions: number;
}

export interface PlannedSession {
  readonly place: string;
  readonly what: 'added' | 'changed' | 'unchanged' | 'left';
  readonly known: KnownSession | null;
  readonly event: ScheduleEvent;
  readonly title: string;
  readonly body: string;
  readonly start: Date | null;
  readonly minutes: number;
  /** Names as the file has them; '' for none. */
  readonly room: string;
  readonly track: string;
  readonly people: readonly string[];
  readonly changes: readonly ChangeOfSession[];
}

export interface ImportPlan {
  readonly sessions: readonly PlannedSession[];
  readonly people: readonly PlannedPerson[];
  /** Names that no room has, with how many sessions want them. */
  readonly unknownRooms: readonly { readonly name: string; readonly sessions: number }[];
  readonly rooms: ReadonlyMap<string, string | null>;
  readonly newStrands: readonly string[];
  readonly strands: ReadonlyMap<string, string>;
  readonly problems: readonly FileProblem[];
}

export interface PlanInput {
  readonly source: string;
  readonly events: readonly FoundEvent[];
  readonly problems: readonly FileProblem[];
  readonly says: SaidParts;
  readonly options: ImportOptions;
  /** Zone of the programme, for times without an offset. */
  readonly zone: string;
  readonly languages: readonly string[];
}

const LONGEST_TITLE = 300;
const LONGEST_NAME = 128;

/** What an import would do: nothing is written, and the same input gives the same plan. */
export function planImport(input: PlanInput, known: KnownThings): ImportPlan {
  const problems = [...input.problems];
  const byId = new Map(known.sessions.map((session) => [session.id, session]));
  const byCode = new Map(known.sessions.map((session) => [session.code.toLowerCase(), session]));
  const roomIds = idsByName(known.rooms);
  const strandIds = idsByName(known.strands);
  const people = new PeopleOfFile(input.source, input.events, known);
  const rooms = new Map<string, string | null>();
  const unknownRooms = new Map<string, number>();
  const strands = new Map<string, string>();
  const newStrands = new Map<string, string>();
  const taken = new Set<string>();

  const sessions = input.events.flatMap(({ place, room, event }): PlannedSession[] => {
    const read = readEvent(event, input.zone);
    if ('code' in read) {
      problems.push({ place, ...read });
      return [];
    }
    const trackName = line(event.track);
    const roomName = line(room);
    const persons = people.keysOf(event.persons);
    const wrong = [...persons.problems, ...tooLong([roomName, trackName])];
    if (wrong.length > 0) {
      problems.push(...wrong.map((problem) => ({ place, ...problem })));
      return [];
    }
    if (roomName !== '') {
      const id = roomIds(roomName);
      rooms.set(roomName, id ?? null);
      if (id === undefined) unknownRooms.set(roomName, (unknownRooms.get(roomName) ?? 0) + 1);
    }
    if (trackName !== '') {
      const id = strandIds(trackName);
      if (id !== undefined) strands.set(trackName, id);
      else newStrands.set(foldForSearch(trackName), newStrands.get(foldForSearch(trackName)) ?? trackName);
    }
    const found =
      byId.get(known.sessionOf.get(event.guid) ?? '') ?? byCode.get(event.code?.toLowerCase() ?? '') ?? null;
    if (found && taken.has(found.id)) {
      problems.push({ place, code: 'exchange.problem.sameSession', params: { code: found.code } });
      return [];
    }
    if (found) taken.add(found.id);
    const session = { place, known: found, event, room: roomName, track: trackName, people: persons.keys, ...read };
    if (!found) return [{ ...session, what: 'added', changes: [] }];
    // What staff have cancelled or taken out stays so, whatever a file says.
    if (found.status !== 'planned') return [{ ...session, what: 'left', changes: [] }];
    const resolved = resolvedIn(input.options, roomIds, people);
    const changes = changesOf(found, session, resolved, input.languages).filter((part) => input.says.has(part));
    return [{ ...session, what: changes.length > 0 ? 'changed' : 'unchanged', changes }];
  });
  return {
    sessions,
    people: people.all(),
    unknownRooms: [...unknownRooms].map(([name, count]) => ({ name, sessions: count })),
    rooms,
    newStrands: [...newStrands.values()],
    strands,
    problems: problems.toSorted(byPlace),
  };
}

/** Equal for equal plans: what somebody has seen before saying yes. */
export function planKey(plan: ImportPlan): string {
  const { sessions, people, unknownRooms, newStrands } = plan;
  return derivedGuid(
    JSON.stringify([
      sessions.map(({ what, known, event, changes }) => [what, known?.id, known?.version, event.guid, changes]),
      people.map(({ key, personId }) => [key, personId]),
      unknownRooms,
      newStrands,
    ]),
  );
}

type Refusal = Omit<FileProblem, 'place'>;
type ReadEvent = Pick<PlannedSession, 'title' | 'body' | 'start' | 'minutes'>;

function readEvent(event: ScheduleEvent, zone: string): ReadEvent | Refusal {
  const title = cleanText(event.title, { multiline: false, max: LONGEST_TITLE });
  if (!title.ok) return { code: title.problem, params: title.params };
  const body = cleanText(bodyOf(event), { multiline: true, max: LONGEST_BODY, min: 0 });
  if (!body.ok) return { code: body.problem, params: body.params };
  const start = startOf(event.date, zone);
  if (start !== null && 'code' in start) return start;
  const minutes = Math.max(1, event.minutes);
  if (minutes > MAX_SESSION_MINUTES) return { code: 'exchange.problem.duration', params: { value: `${minutes} min` } };
  return { title: title.value, body: body.value, start, minutes };
}

/** An instant of `…+03:00`, `…[Europe/Paris]` or a local time of the programme; null of nothing: the session waits in the tray. */
function startOf(date: string, programmeZone: string): Date | Refusal | null {
  if (date === '') return null;
  const params = { value: date.slice(0, 16).replace('T', ' ') };
  if (/[+-]\d\d:\d\d$/.test(date)) {
    const instant = new Date(date);
    const year = instant.getUTCFullYear();
    return year >= 1971 && year <= 9998 ? instant : { code: 'exchange.problem.time', params };
  }
  const zone = /\[(.+)\]$/.exec(date)?.[1] ?? programmeZone;
  if (!isZone(zone)) return { code: 'exchange.problem.zone', params: { zone: zone.slice(0, 60) } };
  try {
    return toInstant(date.slice(0, 16), zone).instant;
  } catch (error) {
    if (!(error instanceof ZoneError)) throw error;
    return { code: error.code === 'time.skipped' ? 'exchange.problem.skipped' : 'exchange.problem.time', params };
  }
}

interface Resolved {
  /** null: no room, or one that is still to be made. */
  readonly room: (name: string) => string | null | undefined;
  readonly person: (key: string) => string | undefined;
}

function resolvedIn(options: ImportOptions, roomIds: ByName, people: PeopleOfFile): Resolved {
  return {
    room: (name) => {
      if (name === '') return null;
      const choice = roomIds(name) ?? roomChoice(options, name);
      return choice === 'none' ? null : choice === 'new' ? undefined : choice;
    },
    person: (key) => people.known(key) ?? (options.people[key] === 'new' ? undefined : options.people[key]),
  };
}

function changesOf(
  known: KnownSession,
  now: Omit<PlannedSession, 'what' | 'changes'>,
  resolved: Resolved,
  languages: readonly string[],
): ChangeOfSession[] {
  const { described } = known;
  const { event } = now;
  const spoken = (language: string): string =>
    languagesOf(language)
      .filter((code) => languages.includes(code))
      .join();
  const people = now.people.map((key) => resolved.person(key));
  const off = [...known.speakers.keys()].some((id) => !people.includes(id));
  const differs: Record<ChangeOfSession, boolean> = {
    title: now.title !== described.title,
    abstract: now.body !== bodyOf(described),
    kind: kindOf(event.type) !== kindOf(described.type),
    language: spoken(event.language) !== spoken(described.language),
    track: foldForSearch(now.track) !== foldForSearch(described.track),
    room: resolved.room(now.room) !== known.roomId,
    start: now.start?.getTime() !== known.start?.getTime(),
    length: now.minutes !== described.minutes,
    people: off || people.some((id) => id === undefined || !known.people.has(id)),
    details: detailsOf(event) !== detailsOf(described),
  };
  return CHANGES.filter((part) => differs[part]);
}

/** What only the file keeps; addresses of pages are every system's own. */
function detailsOf(event: ScheduleEvent): string {
  const { subtitle, recording, links, attachments, logo, feedbackUrl, videoUrl } = event;
  return JSON.stringify([subtitle, recording, links, attachments, logo, feedbackUrl, videoUrl]);
}

/**
 * Everybody in a file, each once: by guid, else by number, else by name. Some planners print several names under one number,
 * such as those of two who speak together: the usual name has the number, each other one is somebody else.
 */
class PeopleOfFile {
  private readonly found = new Map<string, { -readonly [K in keyof PlannedPerson]: PlannedPerson[K] }>();
  private readonly usual: ReadonlyMap<string, string>;
  private readonly foldedNames = new Map<string, string>();

  constructor(
    private readonly source: string,
    events: readonly FoundEvent[],
    private readonly knownPeople: Pick<KnownThings, 'personOf' | 'personNamed'>,
  ) {
    this.usual = usualNames(events, (name) => this.folded(name));
  }

  keysOf(persons: readonly SchedulePerson[]): { keys: string[]; problems: Refusal[] } {
    const problems: Refusal[] = [];
    const keys = persons.flatMap((person) => {
      const cleaned = cleanText(person.name, { multiline: false, max: LONGEST_NAME });
      if (!cleaned.ok) {
        problems.push({ code: cleaned.problem, params: cleaned.params });
        return [];
      }
      const name = cleaned.value.replace(/\s+/g, ' ');
      const folded = this.folded(name);
      const { key, number, byName } = this.identified(person, folded);
      const known = this.found.get(key);
      if (known) known.sessions++;
      else {
        const { personOf, personNamed } = this.knownPeople;
        const personId = personOf.get(key) ?? (byName ? personNamed.get(folded) : undefined) ?? null;
        this.found.set(key, { key, name, split: splitName(name), number, personId, sessions: 1 });
      }
      return [key];
    });
    return { keys: [...new Set(keys)], problems };
  }

  /** Folding takes a name apart letter by letter, and most names stand in a file several times. */
  private folded(name: string): string {
    const known = this.foldedNames.get(name) ?? foldForSearch(name);
    this.foldedNames.set(name, known);
    return known;
  }

  private identified(
    { id, guid }: SchedulePerson,
    folded: string,
  ): { key: string; number: number | null; byName: boolean } {
    const mark = guid ?? (id === null ? null : String(id));
    if (mark === null) return { key: derivedGuid('person name', folded), number: null, byName: true };
    if (this.usual.get(mark) !== folded)
      return { key: derivedGuid('person', this.source, mark, folded), number: null, byName: false };
    return { key: guid ?? derivedGuid('person', this.source, mark), number: id, byName: false };
  }

  known(key: string): string | undefined {
    return this.found.get(key)?.personId ?? undefined;
  }

  all(): PlannedPerson[] {
    return [...this.found.values()];
  }
}

/** The name that stands most often under each guid or number. */
function usualNames(events: readonly FoundEvent[], fold: (name: string) => string): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { event } of events) {
    for (const { id, guid, name } of event.persons) {
      const mark = guid ?? String(id);
      const names = counts.get(mark) ?? new Map<string, number>();
      const folded = fold(name);
      names.set(folded, (names.get(folded) ?? 0) + 1);
      counts.set(mark, names);
    }
  }
  return new Map([...counts].map(([mark, names]) => [mark, [...names].toSorted(([, a], [, b]) => b - a)[0]![0]]));
}

type ByName = (name: string) => string | undefined;

/** By the very name, else by one that differs in accents or case only: two halls may be called `Amphithéâtre` and `Amphitheatre`. */
function idsByName(things: readonly Named[]): ByName {
  const pairs = things.toReversed().flatMap(({ id, names }) => names.map((name) => [name, id] as const));
  const exact = new Map(pairs);
  const folded = new Map(pairs.map(([name, id]) => [foldForSearch(name), id]));
  return (name) => exact.get(name) ?? folded.get(foldForSearch(name));
}

function line(text: string): string {
  const cleaned = cleanText(text, { multiline: false, max: Number.MAX_SAFE_INTEGER, min: 0 });
  return cleaned.ok ? cleaned.value : '';
}

function tooLong(names: readonly string[]): Refusal[] {
  return names
    .filter((name) => name.length > LONGEST_NAME)
    .map((name) => ({ code: 'error.text.long', params: { max: LONGEST_NAME, length: name.length } }));
}
