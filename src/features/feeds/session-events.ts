import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { nearestColor, COLORS, type CalendarEvent, type ColorName, type Organizer } from '../../platform/calendar/index.js';
import { shownSession, titled, type ShownPerson, type ShownSession, type Words } from '../conferences/index.js';
import type { CalendarStamp, ReleasedProgramme, ReleasedSession } from '../programme/index.js';

/** What an event says beside the session itself. */
export interface EventFrame {
  readonly words: Words;
  readonly programme: ReleasedProgramme;
  /** Address of the session's page. */
  readonly url: string;
  readonly organizer: Organizer;
}

/** A released session as an event that everybody may read: no join address, no people to answer, no alarm. */
export function publicEvent(frame: EventFrame, session: ReleasedSession): CalendarEvent {
  return sessionEvent(frame, session, session.calendar, session.status === 'cancelled');
}

/** The same session under the identity of `stamp`. */
export function sessionEvent({ words, programme, url, organizer }: EventFrame, session: ReleasedSession, stamp: CalendarStamp, cancelled: boolean): CalendarEvent {
  const shown = shownSession(words, programme, session);
  const { strand, room } = session;
  const description = describe(words, shown);
  const color = strand ? colorOf(strand.colour) : undefined;
  return {
    uid: stamp.uid,
    sequence: stamp.sequence,
    stamp: stamp.stamp,
    created: stamp.created,
    lastModified: stamp.stamp,
    when: { start: session.startsAt, end: session.endsAt, zone: session.zone },
    summary: summaryOf(words, session),
    ...(description === '' ? {} : { description }),
    ...(room ? { location: [room.name, room.venue].map((name) => picked(words, name)).filter(visible).join(', ') } : {}),
    categories: [capitalised(words.locale, words.t(`sessionKind.${session.kind}`)), ...(strand ? [picked(words, strand.name)] : [])].filter(visible),
    ...(color ? { color } : {}),
    url,
    organizer,
    status: cancelled ? 'CANCELLED' : 'CONFIRMED',
    transparent: cancelled,
  };
}

/** A strand's colour is a CSS name, or was typed as `#rrggbb`. */
export function colorOf(colour: string): ColorName | undefined {
  return Object.hasOwn(COLORS, colour) ? (colour as ColorName) : nearestColor(colour);
}

/** A title that shows nothing (old imports) gives way to the kind, so that the session does not disappear. */
function summaryOf(words: Words, session: ReleasedSession): string {
  const title = picked(words, session.title);
  return visible(title) ? title : picked(words, titled(words, { title: {}, kind: session.kind }));
}

function describe(words: Words, shown: ShownSession): string {
  const people = [...shown.roles.map(({ role, people: group }) => ({ role, group })), ...(shown.seats.length > 0 ? [{ role: 'panelist', group: shown.seats }] : [])];
  const parts = [
    shown.languages,
    picked(words, shown.abstract),
    people.map(({ role, group }) => `${capitalised(words.locale, words.t(`role.${role}`))}: ${namesOf(group)}`).join('\n'),
    shown.talks.map((talk) => [`• ${picked(words, talk.title)}`, namesOf(talk.people)].filter(visible).join('\n  ')).join('\n'),
  ];
  return parts.filter(visible).join('\n\n');
}

function namesOf(people: readonly ShownPerson[]): string {
  return people
    .map(({ name, affiliation, country }) => {
      const from = [affiliation, country].filter(visible).join(', ');
      return from === '' ? name : `${name} (${from})`;
    })
    .join('; ');
}

function picked(words: Words, text: Localized): string {
  return pickText(text, words.locale).text;
}

export function visible(text: string): boolean {
  return /[^\s\p{C}]/u.test(text);
}

function capitalised(locale: Locale, text: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
