import { RuleViolation } from '../../kernel/errors.js';
import type { Localized } from '../../kernel/locale.js';
import type { AssignmentRole } from './assignment.rules.js';
import type { SessionKind } from './session.rules.js';

/** What one released revision of a session says. People are ids: names lie beside the release. */
export interface SessionContent {
  readonly code: string;
  readonly kind: SessionKind;
  readonly title: Localized;
  readonly abstract: Localized;
  readonly strand: { id: string; code: string; name: Localized; colour: string } | null;
  readonly room: { id: string; code: string; name: Localized; venue: Localized; position: number } | null;
  /** ISO instants in UTC. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly zone: string;
  readonly onlineUrl: string | null;
  readonly languages: readonly string[];
  readonly interpretation: readonly string[];
  readonly capacity: number | null;
  readonly status: 'planned' | 'cancelled';
  readonly restricted: boolean;
  readonly talks: readonly ReleasedTalkContent[];
  readonly people: readonly ReleasedPlace[];
}

export interface ReleasedTalkContent {
  readonly id: string;
  readonly code: string;
  readonly title: Localized;
  readonly abstract: Localized;
  readonly minutes: number | null;
  readonly language: string | null;
}

export interface ReleasedPlace {
  readonly personId: string;
  readonly role: AssignmentRole;
  readonly talkId: string | null;
  readonly seat: number | null;
}

/** A session as one release shows it: `printed` is everything of its people that is printed, as one text. */
export interface ReleasedSnapshot {
  readonly sessionId: string;
  readonly content: SessionContent;
  readonly printed: string;
}

export const CHANGE_KINDS = ['added', 'removed', 'cancelled', 'moved', 'changed'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface SessionChange {
  readonly sessionId: string;
  /** `cancelled` only in the release that cancels; `added` also when it comes back. */
  readonly kind: ChangeKind;
  /** People must answer anew, or be told that it is off (CR3). */
  readonly significant: boolean;
}

/** What of a session makes SEQUENCE grow: time, zone, status, room, join address (CR3). The name of a room does not. */
export function significantPart(content: SessionContent): string {
  const { startsAt, endsAt, zone, status, room, onlineUrl } = content;
  return JSON.stringify([startsAt, endsAt, zone, status, room?.id ?? null, onlineUrl]);
}

/** Equal text for equal content: keys sorted, so that a column that reorders them makes no change. */
export function contentKey(content: SessionContent): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Most sessions of most releases are equal to the letter, which is cheap to see. */
export function sameContent(a: SessionContent, b: SessionContent): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || contentKey(a) === contentKey(b);
}

/** The differences between two releases (or a release and the draft), in the order of `after`, what is gone last. */
export function differences(before: readonly ReleasedSnapshot[], after: readonly ReleasedSnapshot[]): SessionChange[] {
  const known = new Map(before.map((snapshot) => [snapshot.sessionId, snapshot]));
  const changes = after.flatMap((next): SessionChange[] => {
    const previous = known.get(next.sessionId);
    known.delete(next.sessionId);
    const change = previous ? changeOf(previous, next) : ({ kind: 'added', significant: true } as const);
    return change ? [{ sessionId: next.sessionId, ...change }] : [];
  });
  const gone = [...known.values()].map(({ sessionId, content }): SessionChange => ({
    sessionId,
    kind: 'removed',
    significant: content.status === 'planned',
  }));
  return [...changes, ...gone];
}

function changeOf(before: ReleasedSnapshot, after: ReleasedSnapshot): Omit<SessionChange, 'sessionId'> | undefined {
  const [old, now] = [before.content, after.content];
  if (old.status !== now.status) return { kind: now.status === 'cancelled' ? 'cancelled' : 'added', significant: true };
  // What is off asks nobody for an answer, wherever it would have been.
  if (significantPart(old) !== significantPart(now)) return { kind: 'moved', significant: now.status === 'planned' };
  if (before.printed !== after.printed || !sameContent(old, now)) return { kind: 'changed', significant: false };
  return undefined;
}

/** One difference with both sides; null where the session is not shown. */
export interface ShownChange extends SessionChange {
  readonly before: SessionContent | null;
  readonly after: SessionContent | null;
}

/** `differences`, each with what was and what is. */
export function changesBetween(before: readonly ReleasedSnapshot[], after: readonly ReleasedSnapshot[]): ShownChange[] {
  const [old, now] = [before, after].map((list) => new Map(list.map(({ sessionId, content }) => [sessionId, content])));
  return differences(before, after).map((change) => ({
    ...change,
    before: old!.get(change.sessionId) ?? null,
    after: now!.get(change.sessionId) ?? null,
  }));
}

/** A side of a comparison: a release, what is planned now, or 0, before anything was published. */
export type Side = number | 'draft';

/** Which two to compare, as asked where there are such; else the latest release with the draft. Older ones stand first. */
export function comparedSides(query: Readonly<Record<string, unknown>>, latest: number): { from: number; to: Side } {
  const numbers = ['from', 'to'].map((name) => {
    const text = query[name];
    const number = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : -1;
    return number > latest ? -1 : number;
  });
  const [from, to] = numbers as [number, number];
  if (query['to'] === 'draft' && from >= 0) return { from, to: 'draft' };
  if (from < 0 || to < 0 || from === to) return { from: latest, to: 'draft' };
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

export interface ReleaseReadiness {
  /** Errors that nobody has overridden. */
  readonly openErrors: number;
  readonly sessions: number;
  readonly changes: number;
  readonly first: boolean;
  /** The programme is declared final by this release, and was not before. */
  readonly becomesFinal: boolean;
}

/** Throws RuleViolation when there is nothing to publish, or a conflict is neither solved nor overridden (ruling 6). */
export function checkReady({ openErrors, sessions, changes, first, becomesFinal }: ReleaseReadiness): void {
  if (openErrors > 0) throw new RuleViolation('error.release.conflicts', { count: openErrors });
  if (first && sessions === 0) throw new RuleViolation('error.release.empty');
  if (!first && changes === 0 && !becomesFinal) throw new RuleViolation('error.release.unchanged');
}
