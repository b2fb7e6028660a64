import { describe, expect, it } from '@jest/globals';
import {
  afterWaveCommand,
  shownWaveState,
  WAVE_STATES,
  type WaveCommand,
} from '../../../../../src/features/invitations/waves/wave.rules.js';

const COMMANDS: readonly WaveCommand[] = ['change', 'queue', 'pause', 'resume', 'stop', 'withdraw'];

describe('a wave', () => {
  it('goes from state to state by these commands, and by no others', () => {
    const table = WAVE_STATES.map((state) => [
      state,
      Object.fromEntries(
        COMMANDS.flatMap((command) => {
          try {
            return [[command, afterWaveCommand(state, command)]];
          } catch {
            return [];
          }
        }),
      ),
    ]);
    expect(Object.fromEntries(table)).toEqual({
      draft: { change: 'draft', queue: 'sending' },
      sending: { pause: 'paused', stop: 'stopped', withdraw: 'stopped' },
      paused: { resume: 'sending', stop: 'stopped', withdraw: 'stopped' },
      stopped: { withdraw: 'stopped' },
    });
  });

  it('is sent when nothing waits any more', () => {
    expect(WAVE_STATES.map((state) => shownWaveState(state, 0))).toEqual(['draft', 'sent', 'paused', 'stopped']);
    expect(WAVE_STATES.map((state) => shownWaveState(state, 2))).toEqual([...WAVE_STATES]);
  });
});
