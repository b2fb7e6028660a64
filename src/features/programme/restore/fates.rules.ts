import { contentOf, type Surroundings } from '../release-content.rules.js';
import type { SessionContent } from '../release.rules.js';
import { same } from '../same.rules.js';
import type { DraftState, SessionRow } from './draft-state.rules.js';

export const FATES = ['back', 'tray', 'removed', 'cancelled', 'reinstated', 'moved', 'changed'] as const;
/** What becomes of a session: it comes back into the timetable, leaves it, is off, takes place after all, … */
export type FateKind = (typeof FATES)[number];

export interface Fate {
  readonly sessionId: string;
  readonly kind: FateKind;
  /** As a release would say it; where it has no time, the times mean nothing. */
  readonly before: SessionContent | null;
  readonly after: SessionContent;
  readonly scheduled: boolean;
}

/** Names of rooms, and the clock. */
export interface Around {
  readonly zone: string;
  readonly rooms: ReadonlyMap<string, NonNullable<Surroundings['room']>>;
}

const NO_TIME = '1970-01-01T00:00:00.000Z';

/** What each session comes to when one draft takes the place of another; those that stay as they are have no fate. */
export function fatesOf(before: DraftState, after: DraftState, around: Around): Fate[] {
  const [old, now] = [before, after].map((state) => parted(state));
  const was = new Map(before.sessions.map((row) => [row.id, row]));
  const fates = after.sessions.flatMap((row): Fate[] => {
    const previous = was.get(row.id);
    const unchanged = previous && sameRows(previous, row) && same(old!.inside(row.id), now!.inside(row.id));
    // A strand that is called otherwise is a change of all its sessions, though none of their rows differs.
    const [from, to] = [previous && old!.content(previous, around), now!.content(row, around)];
    if (unchanged && same(from, to)) return [];
    const scheduled = (row.startsAt ?? previous?.startsAt ?? null) !== null;
    return [{ sessionId: row.id, kind: kindOf(previous, row), before: from ?? null, after: to, scheduled }];
  });
  return fates.sort((a, b) => (a.after.startsAt < b.after.startsAt ? -1 : 1));
}

function kindOf(before: SessionRow | undefined, after: SessionRow): FateKind {
  const [was, is] = [before, after].map(
    (row) => row !== undefined && row.startsAt !== null && row.status !== 'removed',
  );
  if (after.status === 'removed' && before?.status !== 'removed') return 'removed';
  if (!was && is) return 'back';
  if (before === undefined || before.status === 'removed') return 'back';
  if (was && !is) return 'tray';
  if (after.status === 'cancelled' && before.status === 'planned') return 'cancelled';
  if (after.status === 'planned' && before.status === 'cancelled') return 'reinstated';
  const place = ({ startsAt, endsAt, roomId }: SessionRow) => [startsAt, endsAt, roomId];
  return same(place(before), place(after)) ? 'changed' : 'moved';
}

function sameRows(a: SessionRow, b: SessionRow): boolean {
  return same({ ...a, version: 0, revision: 0 }, { ...b, version: 0, revision: 0 });
}

/** A draft by session. */
function parted({ strands, talks, people }: DraftState) {
  const strandOf = new Map(strands.map((row) => [row.id, row]));
  const talksOf = Map.groupBy(talks, ({ sessionId }) => sessionId);
  const peopleOf = Map.groupBy(people, ({ sessionId }) => sessionId);
  const plain = (rows: readonly { readonly id: string }[]) =>
    rows.map((row) => ({ ...row, version: 0 })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    inside: (id: string) => [plain(talksOf.get(id) ?? []), plain(peopleOf.get(id) ?? [])],
    content: (row: SessionRow, { zone, rooms }: Around): SessionContent =>
      contentOf(
        { ...row, startsAt: row.startsAt ?? NO_TIME, endsAt: row.endsAt ?? NO_TIME },
        {
          zone,
          talks: talksOf.get(row.id) ?? [],
          people: peopleOf.get(row.id) ?? [],
          strand: strandOf.get(row.strandId ?? ''),
          room: rooms.get(row.roomId ?? ''),
        },
      ),
  };
}

/** Every session of a draft as a release would say it now, of those that it would show. */
export function contentsOf(
  state: DraftState,
  around: Around,
  shown: (row: SessionRow) => boolean,
): Map<string, SessionContent> {
  const { content } = parted(state);
  return new Map(state.sessions.filter(shown).map((row) => [row.id, content(row, around)]));
}
