import type { Localized } from '../../../kernel/locale.js';
import { inTalkOrder } from '../release-content.rules.js';
import type { SessionContent } from '../release.rules.js';
import { same } from '../same.rules.js';
import type {
  DraftState,
  House,
  LeftOut,
  ReleasedRow,
  Restored,
  SessionRow,
  StrandRow,
  TalkRow,
} from './draft-state.rules.js';
import { placesAsKept, placesAsReleased } from './restored-places.rules.js';

/**
 * The draft as a release showed it. What the release does not say stays: expected people, layouts, people who have not
 * confirmed. Sessions that it did not show go out of sight: those that were never public into the tray.
 */
export function restoredFromRelease(state: DraftState, release: readonly ReleasedRow[], house: House): Restored {
  const shown = new Map(release.map(({ sessionId, content }) => [sessionId, content]));
  const leftOut: LeftOut[] = [];
  const zone = release.map(({ content }) => content.zone).find((one) => one !== house.zone);
  if (zone !== undefined) leftOut.push({ what: 'zone', zone });
  const present = new Set(state.sessions.map(({ id }) => id));
  for (const { sessionId, content } of release)
    if (!present.has(sessionId)) leftOut.push({ what: 'session', sessionId, name: content.title });
  const strands = withStrands(
    state.strands,
    release.flatMap(({ content: { strand } }) => (strand ? [strand] : [])),
  );
  const sessions = state.sessions.map((row) => {
    const content = shown.get(row.id);
    return content ? asReleased(row, content, house, strands, leftOut) : setAside(row);
  });
  const places = placesAsReleased(
    state.people,
    release.filter(({ sessionId }) => present.has(sessionId)),
    house,
  );
  return {
    state: {
      strands: strands.rows,
      sessions,
      talks: talksAsReleased(state.talks, shown, present),
      people: places.rows,
    },
    leftOut: [...leftOut, ...places.leftOut],
  };
}

/** The draft as it was kept, whole. Sessions that were added since go out of sight, as above. */
export function restoredFromKept(state: DraftState, kept: DraftState, house: House): Restored {
  const leftOut: LeftOut[] = [];
  const strands = withStrands(state.strands, kept.strands);
  const now = new Map(state.sessions.map((row) => [row.id, row]));
  const ids = new Set(kept.sessions.map(({ id }) => id));
  const back = kept.sessions.map((row): SessionRow => {
    const current = now.get(row.id);
    const { version, revision } = current ?? { version: 1, revision: row.revision };
    return { ...row, ...referencesOf(row, house, strands, leftOut), version, revision };
  });
  const talks = new Map(state.talks.map((row) => [row.id, row]));
  const places = placesAsKept(state.people, kept, house);
  return {
    state: {
      strands: strands.rows,
      sessions: [...back, ...state.sessions.filter(({ id }) => !ids.has(id)).map(setAside)],
      talks: [
        ...kept.talks.map((row) => ({ ...row, version: talks.get(row.id)?.version ?? 1 })),
        ...state.talks.filter(({ sessionId }) => !ids.has(sessionId)),
      ],
      people: places.rows,
    },
    leftOut: [...leftOut, ...places.leftOut],
  };
}

/** Public once: removed, so that the next release says so. Never public: nobody's news, it waits in the tray. */
function setAside(row: SessionRow): SessionRow {
  if (row.startsAt === null || row.status === 'removed') return row;
  if (row.revision > 0) return { ...row, status: 'removed' };
  return row.status === 'planned' ? { ...row, startsAt: null, endsAt: null } : row;
}

function asReleased(
  row: SessionRow,
  content: SessionContent,
  house: House,
  strands: Strands,
  leftOut: LeftOut[],
): SessionRow {
  const { kind, title, abstract, startsAt, endsAt, onlineUrl, languages, interpretation, capacity, status } = content;
  const { room, strand, restricted } = content;
  const wished = { id: row.id, title, roomId: room?.id ?? null, strandId: strand?.id ?? null };
  return {
    ...row,
    ...{ kind, title, abstract, startsAt, endsAt, onlineUrl, languages, interpretation, capacity, status, restricted },
    minutes: Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000),
    ...referencesOf(wished, house, strands, leftOut, room?.name),
  };
}

/** Room and strand, as far as they are there. */
function referencesOf(
  row: Pick<SessionRow, 'id' | 'title' | 'roomId' | 'strandId'>,
  { rooms }: House,
  strands: Strands,
  leftOut: LeftOut[],
  roomName: Localized = row.title,
): { roomId: string | null; strandId: string | null } {
  const room = row.roomId === null || rooms.has(row.roomId);
  const strand = row.strandId === null || strands.rows.some(({ id }) => id === row.strandId);
  if (!room) leftOut.push({ what: 'room', sessionId: row.id, name: roomName });
  if (!strand || strands.otherwise.has(row.strandId ?? ''))
    leftOut.push({ what: 'strand', sessionId: row.id, name: row.title });
  return { roomId: room ? row.roomId : null, strandId: strand ? row.strandId : null };
}

interface Strands {
  readonly rows: readonly StrandRow[];
  /** Those that keep another code than they had, because a newer strand has theirs. */
  readonly otherwise: ReadonlySet<string>;
}

type WantedStrand = Pick<StrandRow, 'id' | 'code' | 'name' | 'colour'> & Partial<Pick<StrandRow, 'position'>>;

/** Strands as they are wanted; others stay as they are, and their codes are theirs. */
function withStrands(rows: readonly StrandRow[], wishes: readonly WantedStrand[]): Strands {
  const wanted = new Map(wishes.map((strand) => [strand.id, strand]));
  const current = new Map(rows.map((row) => [row.id, row]));
  const refused = new Set<string>();
  for (let settled = false; !settled;) {
    const taken = new Set(rows.filter(({ id }) => !wanted.has(id) || refused.has(id)).map(({ code }) => code));
    const clash = [...wanted.values()].find(({ id, code }) => !refused.has(id) && taken.has(code));
    if (clash) refused.add(clash.id);
    settled = clash === undefined;
  }
  const last = Math.max(0, ...rows.map(({ position }) => position));
  const fresh = [...wanted.values()].filter(({ id }) => !current.has(id) && !refused.has(id));
  return {
    rows: [
      ...rows.map((row) => {
        const { code, ...words } = wanted.get(row.id) ?? row;
        return { ...row, ...words, version: row.version, ...(refused.has(row.id) ? {} : { code }) };
      }),
      ...fresh.map((strand, at) => ({ position: last + 1 + at, ...strand, version: 1 })),
    ],
    otherwise: refused,
  };
}

function talksAsReleased(
  rows: readonly TalkRow[],
  shown: ReadonlyMap<string, SessionContent>,
  present: ReadonlySet<string>,
): TalkRow[] {
  const current = new Map(rows.map((row) => [row.id, row]));
  const back = [...shown].flatMap(([sessionId, { talks }]) => {
    if (!present.has(sessionId)) return [];
    const list = talks.map((talk, at): TalkRow => {
      const row = current.get(talk.id) ?? { position: at + 1, sessionId, version: 1 };
      return { ...row, ...talk };
    });
    const ordered = same(
      inTalkOrder(list).map(({ id }) => id),
      talks.map(({ id }) => id),
    );
    return ordered ? list : list.map((row, at) => ({ ...row, position: at + 1 }));
  });
  return [...back, ...rows.filter(({ sessionId }) => !shown.has(sessionId))];
}
