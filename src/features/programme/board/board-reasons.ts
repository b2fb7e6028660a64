import { pickText } from '../../../kernel/locale.js';
import type { AssignmentRole } from '../assignment.rules.js';
import type { FoundConflict } from '../conflicts/conflicts.service.js';
import { worded } from '../conflicts/finding-words.js';
import { clockText, type Wording } from './board-words.js';

export type RolesThere = (sessionId: string, personId: string) => readonly AssignmentRole[];

export interface Around {
  readonly people: ReadonlyMap<string, string>;
  readonly roles: RolesThere;
  /** The sessions that are about to move: a reason names what they would meet, not them. */
  readonly moving: ReadonlySet<string>;
}

/** "Ashot Petrosyan: chair, “Opening”, Room B2, 10:00–11:00": what stands in the way, as the one who moves it wants it said. */
export function reasonText(wording: Wording, found: FoundConflict, { people, roles, moving }: Around): string {
  const { web, zone, rooms } = wording;
  const other = found.involved.find(({ id }) => !moving.has(id));
  const nameOf = (roomId: string | null) => pickText(rooms.get(roomId ?? '')?.name, web.locale).text;
  if (!other || !isAboutOther(found)) return worded(web, zone, found, { people, rooms }).text;
  const minutes = (other.endsAt.getTime() - other.startsAt.getTime()) / 60_000;
  const clock = clockText({ startsAt: other.startsAt, minutes }, zone);
  const session = pickText(other.title, web.locale).text;
  if (found.rule === 'person-double') {
    const [personId = ''] = found.people;
    const person = people.get(personId) ?? '';
    if (other.occupied) return web.t('programme.board.reason.personBusy', { person, clock });
    const does = roles(other.id, personId)
      .map((role) => web.t(`role.${role}`))
      .join(', ');
    const place = [nameOf(other.roomId), clock].filter(Boolean).join(', ');
    return does
      ? web.t('programme.board.reason.person', { person, role: does, session, place })
      : web.t('programme.board.reason.personIn', { person, session, place });
  }
  const room = found.rooms.map(nameOf).join(', ');
  if (other.occupied) return web.t('programme.board.reason.roomBusy', { room, clock });
  const key = found.rule === 'room-closed' ? 'roomClosed' : 'room';
  return web.t(`programme.board.reason.${key}`, { room, session, clock });
}

function isAboutOther({ rule }: FoundConflict): boolean {
  return rule === 'person-double' || rule === 'room-double' || rule === 'room-closed';
}
