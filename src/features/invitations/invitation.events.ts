import { journalEvent } from '../../platform/journal/journal.js';
import type { Answer, AnswerChannel, InvitationKind } from './invitation.rules.js';

interface OfInvitation {
  id: string;
  conferenceId: string;
  personId: string;
}

export const InvitationDrafted = journalEvent<OfInvitation & { kind: InvitationKind; sessionId: string | null }>(
  'InvitationDrafted',
);
export const InvitationEdited = journalEvent<OfInvitation & { fields: string[] }>('InvitationEdited');
/** The letter was put into the outbox, for the first time or again. */
export const InvitationSent = journalEvent<OfInvitation>('InvitationSent');
/** A reminder was drafted; it leaves when its number is confirmed. */
export const InvitationReminded = journalEvent<OfInvitation & { batch: string }>('InvitationReminded');
/** `again`: the same answer, after the session had moved. */
export const InvitationAnswered = journalEvent<
  OfInvitation & { answer: Answer; channel: AnswerChannel; again: boolean }
>('InvitationAnswered');
export const InvitationWithdrawn = journalEvent<OfInvitation>('InvitationWithdrawn');
export const InvitationExpired = journalEvent<OfInvitation>('InvitationExpired');
/** The mail server refused its letter or reminder for good. */
export const InvitationBounced = journalEvent<OfInvitation & { mailId: string }>('InvitationBounced');
/** What came back is tried again, with the same letter. */
export const InvitationRetried = journalEvent<OfInvitation & { mailId: string }>('InvitationRetried');
/** The session has moved, or the conference: the answer stands and is asked for again. `causeId`: the release or conference. */
export const ConfirmationAsked = journalEvent<OfInvitation & { causeId: string }>('ConfirmationAsked');
