import { RuleViolation } from '../../../kernel/errors.js';

/** `sending`: its letters are made, and leave one after the other. */
export const WAVE_STATES = ['draft', 'sending', 'paused', 'stopped'] as const;
export type WaveState = (typeof WAVE_STATES)[number];

export type WaveCommand = 'change' | 'queue' | 'pause' | 'resume' | 'stop' | 'withdraw';

const ALLOWED: Readonly<Record<WaveCommand, readonly WaveState[]>> = {
  change: ['draft'],
  queue: ['draft'],
  pause: ['sending'],
  resume: ['paused'],
  stop: ['sending', 'paused'],
  withdraw: ['sending', 'paused', 'stopped'],
};
const AFTER: Readonly<Record<WaveCommand, WaveState>> = {
  change: 'draft',
  queue: 'sending',
  pause: 'paused',
  resume: 'sending',
  stop: 'stopped',
  withdraw: 'stopped',
};

/** The state after a command. Throws RuleViolation with the reason. */
export function afterWaveCommand(state: WaveState, command: WaveCommand): WaveState {
  if (!ALLOWED[command].includes(state)) throw new RuleViolation(`error.wave.is.${state}`);
  return AFTER[command];
}

/** What organizers see: a wave of which nothing waits any more is sent. */
export type ShownWaveState = WaveState | 'sent';
export function shownWaveState(state: WaveState, waiting: number): ShownWaveState {
  return state === 'sending' && waiting === 0 ? 'sent' : state;
}
