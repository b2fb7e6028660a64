/** A conflict as data: pages word it, releases count it, overrides name it by its key. */
export const FINDING_RULES = [
  'room-double',
  'person-double',
  'outside-presence',
  'outside-availability',
  'capacity-below-signups',
  'room-below-expected',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

export const SEVERITIES = ['error', 'warning', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const SEVERITY_OF: Readonly<Record<FindingRule, Severity>> = {
  'room-double': 'error',
  'person-double': 'error',
  'outside-presence': 'error',
  'outside-availability': 'warning',
  'capacity-below-signups': 'warning',
  'room-below-expected': 'hint',
};

export interface Finding {
  readonly rule: FindingRule;
  readonly severity: Severity;
  /** Sorted by id. */
  readonly sessions: readonly string[];
  readonly people: readonly string[];
  readonly rooms: readonly string[];
  /** How much overlaps or is missing; for capacity rules the number of places. */
  readonly minutes: number;
}

export function finding(
  rule: FindingRule,
  involved: { sessions: readonly string[]; people?: readonly string[]; rooms?: readonly string[]; minutes: number },
): Finding {
  const { sessions, people = [], rooms = [], minutes } = involved;
  return { rule, severity: SEVERITY_OF[rule], sessions: [...sessions].sort(), people, rooms, minutes };
}

/** Names a conflict by what it is between, not by when: an override holds while both sessions move together. */
export function findingKey({ rule, sessions, people, rooms }: Finding): string {
  return [rule, ...sessions, ...people, ...rooms].join('|');
}

const RANK: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** Worst first, then by rule and key, so that two runs list the same. */
export function byWeight(a: Finding, b: Finding): number {
  return RANK[a.severity] - RANK[b.severity] || (findingKey(a) < findingKey(b) ? -1 : 1);
}

/** A scheduled session, as far as it can be in conflict. Milliseconds; `end` after `start`. */
export interface PlacedSession {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly roomId: string | null;
  /** Everybody who takes part, in whatever role; each once. */
  readonly people: readonly string[];
  /** May share its room with others that may too. */
  readonly parallel: boolean;
}

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What is known of one person's time, in one programme. */
export interface PersonTime {
  readonly present: readonly Interval[];
  readonly available: readonly Interval[];
  readonly unavailable: readonly Interval[];
}

/** Minutes of `of` that lie inside the union of `intervals`. */
export function coveredMinutes(of: Interval, intervals: readonly Interval[]): number {
  const sorted = intervals
    .map(({ start, end }) => ({ start: Math.max(start, of.start), end: Math.min(end, of.end) }))
    .filter(({ start, end }) => start < end);
  sorted.sort((a, b) => a.start - b.start);
  let covered = 0;
  let reached = of.start;
  for (const { start, end } of sorted) {
    if (end <= reached) continue;
    covered += end - Math.max(start, reached);
    reached = end;
  }
  return covered / 60_000;
}

/** What a person's arrival, departure and stated times say against one session. Nothing stated is no conflict. */
export function timeFindings(session: PlacedSession, personId: string, time: PersonTime): Finding[] {
  const length = (session.end - session.start) / 60_000;
  const found: Finding[] = [];
  const involved = { sessions: [session.id], people: [personId] };
  const away = time.present.length === 0 ? 0 : length - coveredMinutes(session, time.present);
  if (away > 0) found.push(finding('outside-presence', { ...involved, minutes: away }));
  const outside = time.available.length === 0 ? 0 : length - coveredMinutes(session, time.available);
  const missing = Math.max(outside, coveredMinutes(session, time.unavailable));
  if (missing > 0) found.push(finding('outside-availability', { ...involved, minutes: missing }));
  return found;
}

export interface SessionSize {
  readonly id: string;
  readonly roomId: string | null;
  /** Of the session, where it is limited. */
  readonly capacity: number | null;
  readonly roomCapacity: number | null;
  readonly expected: number | null;
  readonly signUps: number;
}

/** Whether those who signed up, or are expected, find a place. */
export function sizeFindings({ id, roomId, capacity, roomCapacity, expected, signUps }: SessionSize): Finding[] {
  const places = Math.min(capacity ?? Number.POSITIVE_INFINITY, roomCapacity ?? Number.POSITIVE_INFINITY);
  const rooms = roomId === null ? [] : [roomId];
  if (signUps > places)
    return [finding('capacity-below-signups', { sessions: [id], rooms, minutes: signUps - places })];
  if (roomCapacity !== null && expected !== null && expected > roomCapacity) {
    return [finding('room-below-expected', { sessions: [id], rooms, minutes: expected - roomCapacity })];
  }
  return [];
}
