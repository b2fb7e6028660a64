import { pickText, type Locale } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import { formatShortDay, formatTime } from '../../../platform/i18n/formats.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import type { Room } from '../../venues/index.js';
import type { FoundConflict, SessionInConflict } from './conflicts.service.js';

export interface WordedConflict {
  key: string;
  severity: FoundConflict['severity'];
  text: string;
  detail: string;
  /** To the first session of this programme. */
  href: string;
  sessions: { title: string; when: string; href: string }[];
  /** Where the times stand that it is about. */
  times: { name: string; href: string } | null;
  override: FoundConflict['override'];
}

interface Names {
  people: ReadonlyMap<string, string>;
  rooms: ReadonlyMap<string, Room>;
}

/** Words a conflict in the reader's language; everything in it is text. */
export function worded(
  web: WebContext,
  zone: string,
  conflict: FoundConflict,
  { people, rooms }: Names,
): WordedConflict {
  const { rule, severity, minutes, key, override, involved } = conflict;
  const inTime = [...involved].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1));
  const sessions = inTime.map((session) => ({
    title: titleOf(web, session),
    when: when(web.locale, session, zone),
    href: session.own ? `/org/c/${web.conference.slug}/sessions/${session.id}` : '',
  }));
  const text = web.t(`programme.finding.${rule}`, {
    room: conflict.rooms.map((id) => pickText(rooms.get(id)?.name, web.locale).text).join(', '),
    person: conflict.people.map((id) => people.get(id) ?? '').join(', '),
    session: sessions[0]?.title ?? '',
    other: sessions[1]?.title ?? '',
    count: minutes,
  });
  return {
    key,
    severity,
    override,
    text,
    detail: sessions.map((session) => session.when).join(' · '),
    href: sessions.find(({ href }) => href)?.href ?? '',
    sessions,
    times: timesOf(web, conflict, people),
  };
}

const ABOUT_TIMES: readonly string[] = ['outside-presence', 'outside-availability', 'journey-short'];

function timesOf(web: WebContext, { rule, people }: FoundConflict, names: Names['people']): WordedConflict['times'] {
  const [id] = people;
  if (id === undefined || !ABOUT_TIMES.includes(rule)) return null;
  return { name: names.get(id) ?? '', href: `/org/c/${web.conference.slug}/people/${id}` };
}

function titleOf(web: WebContext, session: SessionInConflict): string {
  if (session.occupied) return web.t('programme.occupied');
  return pickText(session.title, web.locale).text;
}

function when(locale: Locale, { startsAt, endsAt }: SessionInConflict, zone: string): string {
  const same = localDay(startsAt, zone) === localDay(endsAt, zone);
  const end = `${same ? '' : `${formatShortDay(locale, endsAt, zone)} `}${formatTime(locale, endsAt, zone)}`;
  return `${formatShortDay(locale, startsAt, zone)} ${formatTime(locale, startsAt, zone)}–${end}`;
}
