import { journalEvent } from '../../../platform/journal/journal.js';

/** The delegation attends a session of its conference; `members`: how many were chosen, null: everybody. `id` is the visit's. */
export const AttendanceChosen = journalEvent<{ id: string; sessionId: string; members: number | null }>(
  'AttendanceChosen',
);
export const AttendanceGivenUp = journalEvent<{ id: string; sessionId: string }>('AttendanceGivenUp');
