import { Injectable } from '@nestjs/common';
import { pickText, type Locale, type Localized } from '../../../kernel/locale.js';
import { Translator } from '../../../platform/i18n/translator.js';
import type { ReleasedPerson, ReleasedProgramme, ReleasedSession } from '../released-programmes.service.js';
import type { SessionKind } from '../session.rules.js';
import { describedEvent, type ExchangeIdentity } from './described.rules.js';
import { ExchangeIds } from './exchange-ids.service.js';
import { scheduleDays, type PlacedEvent } from './schedule-days.rules.js';
import { acronymOf, slugWords, type Schedule, type SchedulePerson } from './schedule.rules.js';

/** The conference that a schedule is of, as far as its programme does not know. */
export interface ScheduleFrame {
  readonly slug: string;
  readonly title: Localized;
  /** `YYYY-MM-DD`. */
  readonly startsOn: string;
  readonly endsOn: string;
}

const REMEMBERED = 20;

/** In which language, and where it lies. */
export interface ScheduleLanguage {
  readonly locale: Locale;
  readonly kindName: (kind: SessionKind) => string;
  readonly publicUrl: string;
  readonly url: string;
}

/** The released programme in the form of schedule.xml and schedule.json. Cancelled sessions are absent: no field says so. */
@Injectable()
export class ScheduleExport {
  private readonly kept = new Map<string, { release: string; identities: ReadonlyMap<string, ExchangeIdentity> }>();

  constructor(
    private readonly ids: ExchangeIds,
    private readonly translator: Translator,
  ) {}

  /** One statement per release. */
  async of(
    programme: ReleasedProgramme,
    frame: ScheduleFrame,
    as: Omit<ScheduleLanguage, 'kindName'>,
  ): Promise<Schedule> {
    const kindName = (kind: SessionKind): string => this.translator.t(as.locale, `sessionKind.${kind}`);
    return scheduleOf(programme, frame, await this.identities(programme), { ...as, kindName });
  }

  /** They change with a release only. */
  private async identities({
    programmeId,
    release,
  }: ReleasedProgramme): Promise<ReadonlyMap<string, ExchangeIdentity>> {
    const known = this.kept.get(programmeId);
    if (known?.release === release.id) return known.identities;
    const identities = await this.ids.asReleased(programmeId);
    this.kept.delete(programmeId);
    this.kept.set(programmeId, { release: release.id, identities });
    if (this.kept.size > REMEMBERED) this.kept.delete(this.kept.keys().next().value!);
    return identities;
  }
}

/** The schedule of a release, of what is known by heart: pure, for the bench. */
export function scheduleOf(
  programme: ReleasedProgramme,
  frame: ScheduleFrame,
  known: ReadonlyMap<string, ExchangeIdentity>,
  { locale, kindName, publicUrl, url }: ScheduleLanguage,
): Schedule {
  const { zone } = programme;
  const acronym = acronymOf(frame.slug);
  const conferencePage = `${publicUrl}/${locale}/c/${frame.slug}`;
  const around = { locale, zone, acronym, kindName, page: (code: string) => `${conferencePage}/s/${code}` };
  const shown = programme.sessions.filter(({ id, status }) => status === 'planned' && known.has(id));
  const roomName = roomNames(shown, locale);
  const events = shown.map((session): PlacedEvent => ({
    room: { name: roomName(session), guid: session.room?.id ?? null },
    event: describedEvent(
      {
        code: session.code,
        kind: session.kind,
        title: session.title,
        abstract: session.abstract,
        languages: session.languages,
        startsAt: session.startsAt,
        strand: session.strand?.name ?? null,
        minutes: Math.round((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000),
        persons: personsOf(session, known),
        talks: session.talks.map(({ title, minutes, people }) => ({ title, minutes, names: namesOf(people) })),
      },
      known.get(session.id)!,
      around,
    ),
  }));
  return {
    version: String(programme.release.number),
    url,
    generator: { name: 'Skaryna', version: '' },
    conference: {
      acronym,
      title: pickText(frame.title, locale).text,
      start: frame.startsOn,
      end: frame.endsOn,
      timeslot: '00:05',
      baseUrl: publicUrl,
      url: conferencePage,
      zone,
      tracks: programme.strands.map(({ name, code }) => ({
        name: pickText(name, locale).text,
        slug: slugWords(code) || null,
        color: null,
      })),
    },
    days: scheduleDays(withOwnSlugs(events), zone),
  };
}

/** Rooms of several houses may have one name, and apps know rooms by nothing else. */
function roomNames(sessions: readonly ReleasedSession[], locale: Locale): (session: ReleasedSession) => string {
  const text = (words: Localized): string => pickText(words, locale).text;
  const rooms = new Map(sessions.flatMap(({ room }) => (room ? [[room.id, room] as const] : [])));
  const count = Map.groupBy(rooms.values(), ({ name }) => text(name));
  return ({ room }) => {
    if (!room) return '';
    const name = text(room.name);
    return count.get(name)!.length === 1 ? name : `${name} (${text(room.venue)}, ${room.code})`;
  };
}

function namesOf(people: readonly ReleasedPerson[]): string[] {
  return people.flatMap(({ name }) => (name === null ? [] : [name]));
}

/** Everybody of the session and its talks, each once; whose name was erased is left out. */
function personsOf(session: ReleasedSession, known: ReadonlyMap<string, ExchangeIdentity>): SchedulePerson[] {
  const people = [session.people, ...session.talks.map((talk) => talk.people)].flat();
  if (people.length === 0) return [];
  const persons = people.flatMap(({ personId, name }) => {
    const { number = null, guid = null } = known.get(personId) ?? {};
    return name === null ? [] : [[personId, { id: number, guid, name }] as const];
  });
  return [...new Map(persons).values()];
}

/** A slug that came with an import may be that of another event by now: the schema wants each once. */
function withOwnSlugs(events: readonly PlacedEvent[]): PlacedEvent[] {
  const taken = new Set<string>();
  return events.map((placed) => {
    const { event } = placed;
    const slug = taken.has(event.slug) ? `${event.slug}-${event.id}` : event.slug;
    taken.add(slug);
    return slug === event.slug ? placed : { ...placed, event: { ...event, slug } };
  });
}
