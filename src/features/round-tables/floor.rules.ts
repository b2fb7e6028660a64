import { RuleViolation } from '../../kernel/errors.js';

export const FLOOR_STATES = ['waiting', 'speaking', 'spoken', 'withdrawn'] as const;
export type FloorState = (typeof FLOOR_STATES)[number];

export interface FloorPlace {
  readonly sessionId: string;
  readonly personId: string;
}

/** The two keys that hold the queue together: nobody waits twice, one speaks at a time. */
export function floorKeys(
  { sessionId, personId }: FloorPlace,
  state: FloorState,
): { activeKey: string | null; speakingKey: string | null } {
  const active = state === 'waiting' || state === 'speaking';
  return {
    activeKey: active ? `${sessionId}.${personId}` : null,
    speakingKey: state === 'speaking' ? sessionId : null,
  };
}

/** Takes a wish back; who speaks already ends instead. Throws RuleViolation for what is over. */
export function withdrawn(state: FloorState): FloorState {
  if (state === 'waiting') return 'withdrawn';
  if (state === 'speaking') return 'spoken';
  throw new RuleViolation('error.roundTable.floorOver');
}

export interface Waiting {
  readonly id: string;
  readonly askedAt: Date;
  /** How often the person has spoken in this session. */
  readonly spoken: number;
}

/** Who comes next: those who have spoken less often first, then as they asked. */
export function inTurn<W extends Waiting>(waiting: readonly W[]): W[] {
  return [...waiting].sort(
    (a, b) => a.spoken - b.spoken || a.askedAt.getTime() - b.askedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
}

/** Minutes that a speech may be limited to. */
export const SPEECH_MINUTES = { min: 1, max: 180 } as const;

/** When a speech must end; null without a limit. */
export function endOfSpeech(beganAt: Date, minutes: number | null): Date | null {
  return minutes === null ? null : new Date(beganAt.getTime() + minutes * 60_000);
}

/** Only somebody who waits is given the floor. Throws RuleViolation. */
export function given(state: FloorState): 'speaking' {
  if (state !== 'waiting') throw new RuleViolation('error.roundTable.floorOver');
  return 'speaking';
}
