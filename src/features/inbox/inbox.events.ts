import { journalEvent } from '../../platform/journal/journal.js';

/** Somebody of the staff has written to whoever wrote; `mailId` is the row in the outbox. */
export const InboundMailReplied = journalEvent<{
  id: string;
  mailId: string;
  conferenceId?: string;
  personId?: string;
}>('InboundMailReplied');
