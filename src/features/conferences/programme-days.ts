import type { ReleasedProgramme, ReleasedSession } from '../programme/index.js';
import { gridOf } from './programme-view.rules.js';
import { shownSession, type Words } from './programme-words.js';

/** More rooms than this are printed across the sheet. */
const NARROW = 6;

/** One day in words: its sessions in their order, and rooms beside each other where there are several. */
export function shownDay(words: Words, programme: ReleasedProgramme, released: readonly ReleasedSession[]) {
  const sessions = released.map((session) => shownSession(words, programme, session));
  const byId = new Map(sessions.map((session) => [session.id, session]));
  const { rooms, rows } = gridOf(released);
  const grid = {
    rooms,
    wide: rooms.length > NARROW,
    rows: rows.map(({ startsAt, cells }) => ({
      startsAt,
      cells: cells.flatMap((cell) =>
        cell ? [{ span: cell.span, sessions: cell.sessions.map(({ id }) => byId.get(id)!) }] : [],
      ),
    })),
  };
  return { sessions, grid: rooms.length > 1 ? grid : null };
}
