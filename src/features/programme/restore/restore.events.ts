import { journalEvent } from '../../../platform/journal/journal.js';

/** Something older took the place of the draft. `id` is what was there before, kept; `release` null: a kept draft came back. */
export const DraftRestored = journalEvent<{
  id: string;
  programmeId: string;
  conferenceId?: string;
  release: number | null;
  sessions: number;
}>('DraftRestored');
