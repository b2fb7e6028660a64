import { journalEvent } from '../../../platform/journal/journal.js';

interface OfWave {
  id: string;
  conferenceId: string;
}

export const WaveAdded = journalEvent<OfWave>('WaveAdded');
export const WaveEdited = journalEvent<OfWave & { fields: string[] }>('WaveEdited');
export const WaveRemoved = journalEvent<OfWave>('WaveRemoved');
export const WaveGuestsAdded = journalEvent<OfWave & { count: number }>('WaveGuestsAdded');
export const WaveGuestsRemoved = journalEvent<OfWave & { count: number }>('WaveGuestsRemoved');
export const WaveOrdered = journalEvent<OfWave>('WaveOrdered');
/** Its invitations and letters are made; they leave one after the other. */
export const WaveQueued = journalEvent<OfWave & { count: number }>('WaveQueued');
export const WavePaused = journalEvent<OfWave & { count: number }>('WavePaused');
export const WaveResumed = journalEvent<OfWave & { count: number }>('WaveResumed');
/** What had not left is taken back. */
export const WaveStopped = journalEvent<OfWave & { count: number }>('WaveStopped');
export const WaveWithdrawn = journalEvent<OfWave & { count: number }>('WaveWithdrawn');
/** Somebody is reminded by the rule no more, or again. */
export const WaveGuestMuted = journalEvent<OfWave & { personId: string; muted: boolean }>('WaveGuestMuted');
