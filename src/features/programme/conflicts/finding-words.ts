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

/** Where the sessions and people of a conflict have their pages; empty: they have none. */
export interface FindingLinks {
  readonly session: (id: string) => string;
  readonly person: (id: string) => string;
}

/** Words a conflict in the reader's language; everything in it is text. `links` are those of the conference unless given. */
export function worded(
  web: WebContext,
  zone: string,
  conflict: FoundConflict,
  { people, rooms }: Names,
  links: FindingLinks = inConference(web),
): WordedConflict {
  const { rule, severity, minutes, key, override, involved } = conflict;
  const inTime = [...involved].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1));
  const sessions = inTime.map((session) => ({
    title: titleOf(web, session),
    when: when(web.locale, session, zone),
    href: session.own ? links.session(session.id) : '',
  }));
  const params = {
    // Of a visit that meets this programme: its title, or only that there is one.
    visit: visitText(web, conflict),
    room: conflict.rooms.map((id) => pickText(rooms.get(id)?.name, web.locale).text).join(', '),
    person: conflict.people.map((id) => people.get(id) ?? '').join(', '),
    session: sessions[0]?.title ?? '',
    other: sessions[1]?.title ?? '',
    count: minutes,
  };
  const text = web.t(`programme.finding.${conflict.visit ? `elsewhere.${rule}` : rule}`, params);
  return {
    key,
    severity,
    override,
    text,
    detail: sessions.map((session) => session.when).join(' · '),
    href: sessions.find(({ href }) => href)?.href ?? '',
    sessions,
    times: timesOf(links, conflict, people),
  };
}

const ABOUT_TIMES: readonly string[] = ['outside-presence', 'outside-availability', 'journey-short'];

function timesOf(
  links: FindingLinks,
  { rule, people }: FoundConflict,
  names: Names['people'],
): WordedConflict['times'] {
  const [id] = people;
  const href = id === undefined || !ABOUT_TIMES.includes(rule) ? '' : links.person(id);
  return href ? { name: names.get(id!) ?? '', href } : null;
}

function inConference(web: WebContext): FindingLinks {
  const base = `/org/c/${web.conference.slug}`;
  return { session: (id) => `${base}/sessions/${id}`, person: (id) => `${base}/people/${id}` };
}

function visitText(web: WebContext, { visit }: FoundConflict): string {
  if (!visit) return '';
  return visit.title
    ? web.t('programme.delegationOf', { title: pickText(visit.title, web.locale).text })
    : web.t('programme.heldByVisit');
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
