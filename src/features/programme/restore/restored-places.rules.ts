import { activeKey, inPrintOrder, nextSeat, seatKey } from '../assignment.rules.js';
import { placeOf } from '../release-details.rules.js';
import type { ReleasedPlace } from '../release.rules.js';
import { same } from '../same.rules.js';
import type { DraftState, House, LeftOut, PlaceRow, ReleasedRow } from './draft-state.rules.js';

interface Places {
  readonly rows: PlaceRow[];
  readonly leftOut: LeftOut[];
}

/**
 * People as a release printed them. Who confirmed since is taken off, who is missing is put back; who has been asked or has
 * declined meanwhile keeps that answer, whatever the release said.
 */
export function placesAsReleased(rows: readonly PlaceRow[], release: readonly ReleasedRow[], house: House): Places {
  const shown = new Set(release.map(({ sessionId }) => sessionId));
  const bySession = Map.groupBy(rows, ({ sessionId }) => sessionId);
  const found = release.map(({ sessionId, content }) => {
    const current = bySession.get(sessionId) ?? [];
    const talks = new Set<string | null>([null, ...content.talks.map(({ id }) => id)]);
    return ofSession(
      sessionId,
      current.filter(({ talkId }) => talks.has(talkId)),
      content.people,
      house,
    );
  });
  return {
    rows: [...found.flatMap((one) => one.rows), ...rows.filter(({ sessionId }) => !shown.has(sessionId))],
    leftOut: found.flatMap((one) => one.leftOut),
  };
}

function ofSession(
  sessionId: string,
  current: readonly PlaceRow[],
  wanted: readonly ReleasedPlace[],
  house: House,
): Places {
  const leftOut: LeftOut[] = [];
  const known = answersOf(current);
  const back = wanted.flatMap(({ personId, role, talkId, seat }, at): PlaceRow[] => {
    const place = { sessionId, personId, role, talkId };
    const row = known.get(keyOf(place));
    if (row && row.state !== 'confirmed') leftOut.push({ what: 'answer', sessionId, personId });
    if (!row && !house.people.has(personId)) leftOut.push({ what: 'person', sessionId, personId });
    if (row) return row.state === 'confirmed' ? [seated(row, seat)] : [];
    if (!house.people.has(personId)) return [];
    const fresh = {
      id: house.newId(),
      ...place,
      state: 'confirmed' as const,
      position: at + 1,
      zone: null,
      version: 1,
    };
    return [seated({ ...fresh, seat, activeKey: activeKey(place, 'confirmed'), seatKey: null }, seat)];
  });
  const others = current.filter(({ state }) => state !== 'confirmed');
  return { rows: withSeats(inThisOrder(back, others)), leftOut };
}

/**
 * People as they were kept. Whoever has answered since keeps the answer; whoever was asked since, or has declined, stays as
 * well, but for those on talks that were not there. Sessions that were not kept stay as they are.
 */
export function placesAsKept(rows: readonly PlaceRow[], { people: kept, ...draft }: DraftState, house: House): Places {
  const leftOut: LeftOut[] = [];
  const sessions = new Set(draft.sessions.map(({ id }) => id));
  const talks = new Set<string | null>([null, ...draft.talks.map(({ id }) => id)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const known = answersOf(rows);
  const used = new Set<string>();
  const back = kept.flatMap((row): PlaceRow[] => {
    const { sessionId, personId } = row;
    const current = byId.get(row.id) ?? (row.state === 'declined' ? undefined : known.get(keyOf(row)));
    if (!current && !house.people.has(personId)) {
      leftOut.push({ what: 'person', sessionId, personId });
      return [];
    }
    if (!current) return [{ ...row, version: 1 }];
    used.add(current.id);
    if (row.state === 'confirmed' && current.state !== 'confirmed')
      leftOut.push({ what: 'answer', sessionId, personId });
    const { id, state, version } = current;
    return [seated({ ...row, id, state, version, activeKey: activeKey(row, state) }, row.seat)];
  });
  const others = rows.filter(
    (row) =>
      !used.has(row.id) && (!sessions.has(row.sessionId) || (row.state !== 'confirmed' && talks.has(row.talkId))),
  );
  const all = Map.groupBy([...back, ...others], ({ sessionId }) => sessionId);
  return { rows: [...all.values()].flatMap((list) => withSeats(withoutDoubles(list))), leftOut };
}

/** Of several rows of one person in one part, the one that counts. */
function answersOf(rows: readonly PlaceRow[]): Map<string, PlaceRow> {
  const found = new Map<string, PlaceRow>();
  for (const row of rows) if (row.state !== 'declined' || !found.has(keyOf(row))) found.set(keyOf(row), row);
  return found;
}

function keyOf(place: Pick<PlaceRow, 'sessionId' | 'personId' | 'role' | 'talkId'>): string {
  return `${place.sessionId} ${placeOf(place)}`;
}

/** Positions only where print would show another order. */
function inThisOrder(wanted: readonly PlaceRow[], others: readonly PlaceRow[]): PlaceRow[] {
  const ids = wanted.map(({ id }) => id);
  if (
    same(
      inPrintOrder(wanted).map(({ id }) => id),
      ids,
    )
  )
    return [...wanted, ...others];
  return [...wanted, ...others].map((row, at) => ({ ...row, position: at + 1 }));
}

/** Rows that stand first keep their seats; who finds theirs taken sits on the next free one. */
function withSeats(rows: readonly PlaceRow[]): PlaceRow[] {
  const settled: PlaceRow[] = [];
  for (const row of rows) {
    const taken = settled.some(({ seat, state }) => state !== 'declined' && seat === row.seat);
    const lost = row.seat !== null && row.state !== 'declined' && taken;
    settled.push(lost ? seated(row, nextSeat([...settled, ...rows])) : row);
  }
  return settled;
}

function withoutDoubles(rows: readonly PlaceRow[]): PlaceRow[] {
  const seen = new Set<string>();
  return rows.filter(({ activeKey: key }) => {
    if (key === null) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function seated(row: PlaceRow, seat: number | null): PlaceRow {
  return { ...row, seat, seatKey: seatKey(row.sessionId, seat, row.state) };
}
