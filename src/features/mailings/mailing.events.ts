import { journalEvent } from '../../platform/journal/journal.js';

interface OfMailing {
  id: string;
  conferenceId: string;
}

export const MailingWritten = journalEvent<OfMailing>('MailingWritten');
/** Its mails wait in the outbox. */
export const MailingQueued = journalEvent<OfMailing & { count: number }>('MailingQueued');
/** Its text went once more to people whose address was corrected. */
export const MailingResent = journalEvent<OfMailing & { count: number }>('MailingResent');
export const MailingRemoved = journalEvent<OfMailing>('MailingRemoved');
export const MailTemplateSaved = journalEvent<OfMailing & { version: number }>('MailTemplateSaved');
