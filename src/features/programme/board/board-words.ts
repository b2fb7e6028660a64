import { Overtaken } from '../../../kernel/errors.js';
import { pickText } from '../../../kernel/locale.js';
import { localDay, toLocal } from '../../../kernel/zones.js';
import { formatShortDay, formatTime } from '../../../platform/i18n/formats.js';
import { capitalized } from '../../../platform/web/view-helpers.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import type { Room } from '../../venues/index.js';
import type { FoundConflict } from '../conflicts/conflicts.service.js';
import { worded } from '../conflicts/finding-words.js';
import { SEVERITIES, type Severity } from '../conflicts/finding.rules.js';
import type { Session } from '../session.entity.js';
import { BoardRefusal } from './board-touches.js';
import type { BoardOperation } from './board-operation.entity.js';
import { unkept, type BoardPlace, type Change } from './board.rules.js';

/** What the sentences of the board are made with. */
export interface Wording {
  web: WebContext;
  zone: string;
  now: Date;
  rooms: ReadonlyMap<string, Room>;
}

type Named = Pick<Session, 'id' | 'title'>;

const MOST_CONFLICTS = 60;

/** Runs a step and words its refusal: which session, who wrote it and when, and where it is now. */
export async function inWords<T>(wording: () => Promise<Wording>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BoardRefusal) throw refused(await wording(), error);
    throw error;
  }
}

function refused(wording: Wording, { code, reason, session, touch }: BoardRefusal): Overtaken {
  const { web } = wording;
  const time = touch ? timeSince(wording, touch.at) : '';
  const name = touch?.by ?? web.t('programme.board.somebody');
  const current = session && currentOf(wording, session);
  return new Overtaken(
    session ? code : 'error.board.removedUnnamed',
    { title: session ? titleOf(wording, session) : '', name, time, place: current?.place ?? '' },
    { reason, current, by: touch?.by ?? null, at: touch?.at.toISOString() ?? null },
  );
}

function currentOf(wording: Wording, session: NonNullable<BoardRefusal['session']>) {
  const { id, version, status, startsAt, minutes, roomId } = session;
  return {
    id,
    version,
    status,
    startsAt: startsAt?.toISOString() ?? null,
    minutes,
    roomId,
    clock: clockText(session, wording.zone),
    lasts: wording.web.t('programme.minutes', { count: minutes }),
    place: placeText(wording, { start: startsAt, minutes, roomId }),
  };
}

/** "14:02", or with its day when that is not today. */
function timeSince({ web, zone, now }: Wording, at: Date): string {
  const time = formatTime(web.locale, at, zone);
  return localDay(at, zone) === localDay(now, zone) ? time : `${formatShortDay(web.locale, at, zone)}, ${time}`;
}

export function clockText({ startsAt, minutes }: Pick<Session, 'startsAt' | 'minutes'>, zone: string): string {
  if (startsAt === null) return '';
  return `${toLocal(startsAt, zone).slice(11)}–${toLocal(new Date(startsAt.getTime() + minutes * 60_000), zone).slice(11)}`;
}

/** "Tue 12 Oct, 11:30, Room 205", or that it waits in the tray. */
export function placeText({ web, zone, rooms }: Wording, { start, roomId }: BoardPlace, withDay = true): string {
  if (start === null) return web.t('programme.board.inTray');
  const time = formatTime(web.locale, start, zone);
  const room = roomId === null ? '' : pickText(rooms.get(roomId)?.name, web.locale).text;
  const day = withDay ? formatShortDay(web.locale, start, zone) : '';
  return [day, time, room].filter(Boolean).join(', ');
}

/** "Round table moved to 11:30, Room 205. 1 conflict."; without findings only what happened. */
export function operationText(
  wording: Wording,
  { kind, state, changes }: Pick<BoardOperation, 'kind' | 'state' | 'changes'>,
  sessions: ReadonlyMap<string, Named>,
  findings: readonly FoundConflict[] | null,
): string {
  const { web } = wording;
  const what = state === 'undone' ? undoneText(wording, changes, sessions) : doneText(wording, kind, changes, sessions);
  if (findings === null) return what;
  const touched = new Set(changes.map(({ session }) => session));
  const open = findings.filter(({ override, sessions: ids }) => !override && ids.some((id) => touched.has(id))).length;
  return `${what} ${open === 0 ? web.t('programme.board.noConflict') : web.t('programme.board.said.conflicts', { count: open })}`;
}

function doneText(
  wording: Wording,
  kind: BoardOperation['kind'],
  changes: readonly Change[],
  sessions: ReadonlyMap<string, Named>,
): string {
  const { web } = wording;
  const count = changes.length;
  if (kind === 'shift') return web.t('programme.board.said.shifted', { count });
  if (kind === 'copy-day') return web.t('programme.board.said.copied', { count });
  if (kind === 'swap') return web.t('programme.board.said.swapped', pair(wording, changes, sessions));
  if (count > 1) return web.t('programme.board.said.several', { count });
  const [{ session, from, to }] = changes as [Change];
  const title = titleOf(wording, sessions.get(session));
  if (to.start === null) return web.t('programme.board.said.toTray', { title });
  if (from?.start === to.start && from.roomId === to.roomId)
    return web.t('programme.board.said.resized', { title, length: web.t('programme.minutes', { count: to.minutes }) });
  return web.t('programme.board.said.moved', { title, place: placeText(wording, unkept(to), false) });
}

function undoneText(wording: Wording, changes: readonly Change[], sessions: ReadonlyMap<string, Named>): string {
  const { web } = wording;
  const [{ session, from }] = changes as [Change];
  if (changes.length > 1 || from === null) return web.t('programme.board.said.severalBack', { count: changes.length });
  const place = placeText(wording, unkept(from), false);
  return web.t('programme.board.said.back', { title: titleOf(wording, sessions.get(session)), place });
}

function pair(wording: Wording, changes: readonly Change[], sessions: ReadonlyMap<string, Named>) {
  const [one = '', other = ''] = changes.map(({ session }) => titleOf(wording, sessions.get(session)));
  return { one, other };
}

/** Beside the undo button: what it would take back. */
export function stepText(
  wording: Wording,
  operation: BoardOperation | null,
  sessions: ReadonlyMap<string, Named>,
): string | null {
  if (!operation) return null;
  const { web } = wording;
  const { kind, changes } = operation;
  const one = changes.length === 1 ? sessions.get(changes[0]!.session) : undefined;
  return one ? titleOf(wording, one) : web.t(`programme.board.step.${kind}`, { count: changes.length });
}

export function titleOf({ web }: Wording, session: Named | undefined): string {
  return pickText(session?.title, web.locale).text || web.t('programme.board.untitled');
}

export interface Badge {
  severity: Severity;
  count: number;
  text: string;
}

/** The worst severity among a session's open conflicts, and how many there are. */
export function badgeOf(web: WebContext, conflicts: readonly { severity: Severity }[]): Badge | null {
  const severity = SEVERITIES.find((one) => conflicts.some((conflict) => conflict.severity === one));
  return severity
    ? {
        severity,
        count: conflicts.length,
        text: web.t('programme.board.badge', {
          severity: capitalized(web.t(`severity.${severity}`)),
          count: conflicts.length,
        }),
      }
    : null;
}

export interface ShownConflict {
  severity: Severity;
  label: string;
  text: string;
  sessions: string[];
  /** The day of the first of them, for a board that shows another. */
  day: string;
}

/** The open conflicts, worst first, as many as somebody reads. */
export function conflictsShown(
  { web, zone, rooms }: Wording,
  findings: readonly FoundConflict[],
  people: ReadonlyMap<string, string>,
): ShownConflict[] {
  return openOf(findings)
    .slice(0, MOST_CONFLICTS)
    .map((found) => {
      const own = found.involved.filter((session) => session.own);
      return {
        severity: found.severity,
        label: capitalized(web.t(`severity.${found.severity}`)),
        text: worded(web, zone, found, { people, rooms }).text,
        sessions: own.map(({ id }) => id),
        day: own[0] ? localDay(own[0].startsAt, zone) : '',
      };
    });
}

export function openOf(findings: readonly FoundConflict[]): FoundConflict[] {
  return findings.filter(({ override }) => !override);
}
