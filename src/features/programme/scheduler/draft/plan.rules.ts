import type { PlanAim, ProposedPlan } from '../scheduler-task.rules.js';
import type { Score } from '../plan.rules.js';
import { movesOf, type ProposedPlace } from './draft-places.rules.js';
import type { Draft, DraftSession, KeptReason, MappedDraft } from './draft.rules.js';

/** A plan in the words of the programme, as it is kept: ids, moments, rooms. */
export interface Plan {
  readonly aim: PlanAim;
  readonly moves: readonly PlannedMove[];
  readonly stuck: readonly StuckSession[];
  readonly score: Score;
  /** What each rule costs with the plan, and did when it was made without it. */
  readonly bill: Readonly<Record<string, number>>;
  readonly before: Readonly<Record<string, number>>;
}

export interface PlannedMove {
  readonly session: string;
  /** Of the session as it was: `standingOf`. */
  readonly print: string;
  readonly from: ProposedPlace;
  readonly to: ProposedPlace;
}

/** There is no legal place for it. */
export interface StuckSession {
  readonly session: string;
  readonly looked: number;
  readonly obstacles: readonly {
    readonly rule: string;
    readonly places: number;
    readonly alone: number;
    readonly people: readonly string[];
  }[];
}

export interface KeptSession {
  readonly session: string;
  readonly reason: KeptReason;
}

/** What the scheduler found, in the words of the programme. `print` shortens the text of `standingOf`. */
export function planOfFound(mapped: MappedDraft, found: ProposedPlan, print: (standing: string) => string): Plan {
  const { aim, score, bill, before } = found;
  return {
    aim,
    score,
    bill,
    before,
    moves: movesOf(mapped, found.places).map(({ session, from, to }) => ({
      session: session.id,
      print: print(standingOf(session)),
      from,
      to,
    })),
    stuck: found.stuck.flatMap(({ session, looked, obstacles }) => {
      const own = mapped.sessions[session];
      return own
        ? [
            {
              session: own.id,
              looked,
              obstacles: obstacles.map(({ persons, ...counts }) => ({
                ...counts,
                people: persons.map((person) => mapped.people[person]!),
              })),
            },
          ]
        : [];
    }),
  };
}

/** Everything about a session on which its place depends: while this is the same, a plan for it still holds. */
export function standingOf(session: DraftSession): string {
  const { start, end, roomId, isPlaced, kind, parallel, layout, strandId, expected, pinned } = session;
  const { languages, interpretation } = session;
  const people = [...session.people].sort();
  const online = people.map((id) => session.online[id] ?? null);
  return JSON.stringify([
    ...[start, end, roomId, isPlaced, kind, parallel, layout, languages, strandId, expected, pinned],
    ...[people, online, interpretation],
  ]);
}

/** `open`: as the plan found it. `done`: stands already where the plan wants it. `changed`: somebody wrote it since. */
export type MoveState = 'open' | 'done' | 'changed' | 'gone';

/** What has become of a move since the plan was made. */
export function stateOf(
  move: PlannedMove,
  session: DraftSession | undefined,
  print: (standing: string) => string,
): MoveState {
  if (!session) return 'gone';
  const { to } = move;
  const start = session.isPlaced ? session.start : null;
  if (start === to.start && session.roomId === to.roomId) return 'done';
  return print(standingOf(session)) === move.print ? 'open' : 'changed';
}

/** The draft as it would be after some moves. */
export function moved(draft: Draft, moves: readonly Pick<PlannedMove, 'session' | 'to'>[]): Draft {
  const places = new Map(moves.map(({ session, to }) => [session, to]));
  return {
    ...draft,
    sessions: draft.sessions.map((session) => {
      const to = places.get(session.id);
      if (!to) return session;
      const start = to.start ?? 0;
      const end = start + (session.end - session.start);
      return { ...session, start, end, roomId: to.roomId, isPlaced: to.start !== null };
    }),
  };
}
