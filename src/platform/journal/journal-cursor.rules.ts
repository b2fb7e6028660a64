/** How long a transaction may take to commit, and clocks of processes may differ, without an entry being missed. */
export const LATE_MS = 10_000;

/** A place in the journal: everything up to `at` minus LATE_MS was given, and of what is younger exactly `given`. */
export interface JournalCursor {
  /** Milliseconds. */
  readonly at: number;
  /** Short ids of the young entries, with their milliseconds. */
  readonly given: ReadonlyMap<string, number>;
}

/** The milliseconds that a UUIDv7 carries (RFC 9562 section 5.7). */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** The least UUIDv7 of a millisecond: where a read by the primary key begins. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** The id from which the journal is read again after `cursor`. */
export function readAgainFrom({ at }: JournalCursor): string {
  return firstIdAt(at - LATE_MS);
}

export function wasGiven({ given }: JournalCursor, id: string): boolean {
  return given.has(shortId(id));
}

/**
 * The cursor after the entries with these ids were given too. It never runs ahead of `now` (milliseconds): an entry of a
 * process whose clock is fast must not hide those that others write meanwhile.
 */
export function advanced(cursor: JournalCursor, ids: readonly string[], now: number): JournalCursor {
  const at = ids.reduce((latest, id) => Math.max(latest, Math.min(timeOfId(id), now)), cursor.at);
  const given = new Map<string, number>();
  for (const [id, ms] of cursor.given) if (ms >= at - LATE_MS) given.set(id, ms);
  for (const id of ids) if (timeOfId(id) >= at - LATE_MS) given.set(shortId(id), timeOfId(id));
  return { at, given };
}

/** One word, fit for the id of an event: the time in base 36, and the random end of each young id. */
export function writeCursor({ at, given }: JournalCursor): string {
  return [at.toString(36), ...given.keys()].join('.');
}

const WRITTEN = /^[0-9a-z]{1,9}(?:\.[0-9a-f]{16})*$/;

/** Reads what `writeCursor` wrote; undefined for anything else. */
export function readCursor(word: string): JournalCursor | undefined {
  if (!WRITTEN.test(word)) return undefined;
  const [time = '', ...given] = word.split('.');
  const at = Number.parseInt(time, 36);
  return { at, given: new Map(given.map((id) => [id, at])) };
}

/** What a cursor keeps of an id: its 62 random bits. */
function shortId(id: string): string {
  return id.slice(19, 23) + id.slice(24);
}
