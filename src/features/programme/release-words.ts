import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { localDay } from '../../kernel/zones.js';
import { formatShortDay, formatTime, listOf } from '../../platform/i18n/formats.js';
import { detailsOf, type Detail } from './release-details.rules.js';
import type { PersonNews } from './release-people.rules.js';
import type { ReleasedPlace, SessionContent, ShownChange } from './release.rules.js';
import type { SessionKind } from './session.rules.js';

/** In which language differences are told, on which clock, and with whose names. */
export interface DifferenceWords {
  readonly locale: Locale;
  readonly t: (key: string, params?: Record<string, unknown>) => string;
  readonly zone: string;
  /** By person; who is missing had the name removed. */
  readonly names: ReadonlyMap<string, string>;
}

/** What is different inside a session, one text for each thing that is `wanted`. */
export function detailTexts(
  words: DifferenceWords,
  change: Pick<ShownChange, 'before' | 'after'>,
  wanted: (detail: Detail) => boolean = () => true,
): string[] {
  const kind = (change.after ?? change.before)?.kind ?? 'section';
  return detailsOf(change)
    .filter(wanted)
    .map((detail) => detailText(words, kind, detail));
}

function detailText(words: DifferenceWords, kind: SessionKind, detail: Detail): string {
  const { t } = words;
  const say = (params: Record<string, unknown>): string => t(`programme.diff.${detail.part}`, params);
  switch (detail.part) {
    case 'title':
      return say({ from: titleText(words, detail.from, kind), to: titleText(words, detail.to, kind) });
    case 'talk-title':
      return say({ from: talkText(words, detail.from), to: talkText(words, detail.to) });
    case 'talk-added':
    case 'talk-removed':
      return say({ title: talkText(words, detail.title) });
    case 'kind':
      return say({ from: t(`sessionKind.${detail.from}`), to: t(`sessionKind.${detail.to}`) });
    case 'strand': {
      const strand = (name: Localized | null) => (name ? text(words, name) : t('programme.diff.noStrand'));
      return say({ from: strand(detail.from), to: strand(detail.to) });
    }
    case 'room-name':
      return say(renamed(words, detail.from, detail.to));
    case 'joins':
    case 'leaves':
      return say({ name: nameOf(words, detail.personId), role: t(`role.${detail.role}`) });
    case 'other':
      return t(`programme.diff.other.${detail.what}`);
  }
}

/** What a difference is to one person, in one sentence that needs neither "he" nor "she". */
export function newsText(words: DifferenceWords, news: PersonNews): string {
  const { t } = words;
  const { kind, before, after, places, had, titles } = news;
  const session = (after ?? before)!;
  const say = (params: Record<string, unknown>): string => t(`programme.diff.news.${kind}`, params);
  const what = whatText(words, session, places);
  if (kind === 'moved') return t('programme.diff.news.stands', { what, where: moveText(words, before!, after!) });
  if (kind === 'role') return say({ what: titled(words, session), from: roles(words, had), to: roles(words, places) });
  if (kind === 'place') return say({ what, ...renamed(words, roomNames(before!), roomNames(after!)) });
  if (kind === 'retitled')
    return say({ from: titleText(words, titles!.from, session.kind), to: titleText(words, titles!.to, session.kind) });
  return say({ what, where: placeText(words, session) });
}

/** 'Tue 12 Oct 10:00–11:30, Great Hall'. */
export function placeText(words: DifferenceWords, { startsAt, endsAt, room }: SessionContent): string {
  const time = timeText(words, new Date(startsAt), new Date(endsAt));
  return room ? `${time}, ${text(words, room.name)}` : time;
}

/** 'Tue 12 Oct 10:00–11:30 → 11:30–13:00, Great Hall': of the new place what differs, and where it is the room. */
export function moveText(words: DifferenceWords, before: SessionContent, after: SessionContent): string {
  const [from, to] = [before, after].map(({ startsAt, endsAt, room }) => ({
    day: localDay(new Date(startsAt), words.zone),
    time: timeText(words, new Date(startsAt), new Date(endsAt)),
    clock: clockText(words, new Date(startsAt), new Date(endsAt)),
    room: room ? text(words, room.name) : words.t('programme.diff.noRoom'),
  }));
  const sameRoom = before.room?.id === after.room?.id;
  const old = sameRoom ? from!.time : `${from!.time}, ${from!.room}`;
  const time = from!.day === to!.day ? to!.clock : to!.time;
  const now = from!.time === to!.time ? to!.room : after.room || !sameRoom ? `${time}, ${to!.room}` : time;
  return from!.time === to!.time && sameRoom ? placeText(words, after) : `${old} → ${now}`;
}

/** 'Tue 12 Oct 10:00–11:30', with the day of the end where that is another one. */
function timeText(words: DifferenceWords, start: Date, end: Date): string {
  return `${formatShortDay(words.locale, start, words.zone)} ${clockText(words, start, end)}`;
}

function clockText({ locale, zone }: DifferenceWords, start: Date, end: Date): string {
  const sameDay = localDay(start, zone) === localDay(end, zone);
  const until = `${sameDay ? '' : `${formatShortDay(locale, end, zone)} `}${formatTime(locale, end, zone)}`;
  return `${formatTime(locale, start, zone)}–${until}`;
}

/** The title of a session, or its kind where it has none. */
export function titled(words: DifferenceWords, { title, kind }: { title: Localized; kind: SessionKind }): string {
  return titleText(words, title, kind);
}

/** The name as printed, or that it was removed. */
export function nameOf({ names, t }: DifferenceWords, personId: string): string {
  return names.get(personId) ?? t('programme.diff.nameRemoved');
}

/** Their talk, where they have one, else the session; and what they do in it. */
function whatText(words: DifferenceWords, session: SessionContent, places: readonly ReleasedPlace[]): string {
  const talk = places.map(({ talkId }) => session.talks.find(({ id }) => id === talkId)).find(Boolean);
  const title = talk ? talkText(words, talk.title) : titled(words, session);
  return places.length === 0
    ? words.t('programme.diff.whatAlone', { title })
    : words.t('programme.diff.what', { title, roles: roles(words, places) });
}

function roles({ locale, t }: DifferenceWords, places: readonly ReleasedPlace[]): string {
  return listOf(locale, [...new Set(places.map(({ role }) => t(`role.${role}`)))]);
}

function titleText(words: DifferenceWords, title: Localized, kind: SessionKind): string {
  return text(words, title) || words.t(`sessionKind.${kind}`);
}

function talkText(words: DifferenceWords, title: Localized): string {
  return text(words, title) || words.t('programme.diff.untitledTalk');
}

/** Of the names of a room and its house those that differ. */
function renamed(words: DifferenceWords, before: readonly Localized[], after: readonly Localized[]) {
  const [from, to] = [before, after].map((names) => names.map((name) => text(words, name)));
  const differing = (names: readonly string[]) => names.filter((_, at) => from![at] !== to![at]);
  const shown = (names: readonly string[]) => (differing(names).length > 0 ? differing(names) : names).filter(Boolean);
  return { from: shown(from!).join(', '), to: shown(to!).join(', ') };
}

function roomNames({ room }: SessionContent): Localized[] {
  return room ? [room.name, room.venue] : [];
}

function text({ locale }: DifferenceWords, localized: Localized): string {
  return pickText(localized, locale).text;
}
