import { journalEvent } from '../../platform/journal/journal.js';

interface OfTable {
  /** The session. */
  id: string;
  conferenceId: string;
}

export const ThesisHandedIn = journalEvent<OfTable & { personId: string }>('ThesisHandedIn');
export const FloorAsked = journalEvent<OfTable & { personId: string }>('FloorAsked');
export const FloorGiven = journalEvent<OfTable & { personId: string }>('FloorGiven');
export const FloorLimited = journalEvent<OfTable & { minutes: number | null }>('FloorLimited');
export const FloorLeft = journalEvent<OfTable & { personId: string }>('FloorLeft');
export const ResolutionDrafted = journalEvent<OfTable & { number: number }>('ResolutionDrafted');
export const ResolutionCommented = journalEvent<OfTable & { personId: string; paragraph: string }>(
  'ResolutionCommented',
);
export const ResolutionCommentSettled = journalEvent<OfTable & { paragraph: string }>('ResolutionCommentSettled');
export const ResolutionAdopted = journalEvent<OfTable & { number: number }>('ResolutionAdopted');
export const ResolutionSigned = journalEvent<OfTable & { personId: string }>('ResolutionSigned');
