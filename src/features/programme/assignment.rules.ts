import { RuleViolation } from '../../kernel/errors.js';

export const ASSIGNMENT_ROLES = [
  'chair',
  'moderator',
  'speaker',
  'panelist',
  'rapporteur',
  'host',
  'counterpart',
  'interpreter',
  'guest',
] as const;
export type AssignmentRole = (typeof ASSIGNMENT_ROLES)[number];

export const ASSIGNMENT_STATES = ['proposed', 'confirmed', 'declined'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** Roles on a single talk; all others belong to the session as a whole. */
export const TALK_ROLES: readonly AssignmentRole[] = ['speaker', 'rapporteur', 'interpreter'];

export interface AssignedPlace {
  readonly sessionId: string;
  readonly talkId: string | null;
  readonly personId: string;
  readonly role: AssignmentRole;
}

/** Unique while the assignment counts: one person stands once in one role of one session or talk. */
export function activeKey(place: AssignedPlace, state: AssignmentState): string | null {
  const { sessionId, talkId, personId, role } = place;
  return state === 'declined' ? null : `${sessionId}:${talkId ?? ''}:${personId}:${role}`;
}

/** Unique while the assignment counts: one person sits on one chair of a session. */
export function seatKey(sessionId: string, seat: number | null, state: AssignmentState): string | null {
  return seat === null || state === 'declined' ? null : `${sessionId}:${seat}`;
}

/**
 * The state after an answer. Answers may change until the deadline of what asked for them: accepted after declining, and
 * the other way round; the same answer again changes nothing (undefined).
 */
export function answered(from: AssignmentState, to: AssignmentState): AssignmentState | undefined {
  if (from === to) return undefined;
  if (to === 'proposed' && from === 'confirmed') throw new RuleViolation('error.programme.alreadyConfirmed');
  return to;
}

/** Refuses roles that a talk does not have. */
export function checkRole(role: AssignmentRole, onTalk: boolean): void {
  if (onTalk && !TALK_ROLES.includes(role)) throw new RuleViolation('error.programme.roleOnTalk');
}

export interface SeatTaken {
  readonly role: AssignmentRole;
  readonly state: AssignmentState;
  readonly seat: number | null;
}

/** The first free number at the table. Declined seats are free again; the moderator has none. */
export function nextSeat(taken: readonly SeatTaken[]): number {
  const numbers = new Set(taken.filter(({ state }) => state !== 'declined').map(({ seat }) => seat));
  let seat = 1;
  while (numbers.has(seat)) seat++;
  return seat;
}

/** The seat to store: panelists sit on the wanted number or the next free one, everybody else has none. */
export function seatFor(role: AssignmentRole, wanted: number | null, taken: readonly SeatTaken[]): number | null {
  if (role !== 'panelist') return null;
  if (wanted === null) return nextSeat(taken);
  if (taken.some(({ seat, state }) => state !== 'declined' && seat === wanted))
    throw new RuleViolation('error.programme.seatTaken', { seat: wanted });
  return wanted;
}

const ORDER = new Map(ASSIGNMENT_ROLES.map((role, index) => [role, index]));

/** The order of people in print: by role, then seat, then position. */
export function inPrintOrder<A extends { role: AssignmentRole; seat: number | null; position: number; id: string }>(
  assignments: readonly A[],
): A[] {
  return [...assignments].sort(
    (a, b) =>
      ORDER.get(a.role)! - ORDER.get(b.role)! ||
      (a.seat ?? 0) - (b.seat ?? 0) ||
      a.position - b.position ||
      (a.id < b.id ? -1 : 1),
  );
}
