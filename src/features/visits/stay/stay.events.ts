import { journalEvent } from '../../../platform/journal/journal.js';
import type { AgreedThrough } from './stay.rules.js';

/** Names of what changed beside a session of the stay. `id` is the visit, here and below. */
export const StaySessionEdited = journalEvent<{ id: string; sessionId: string; fields: string[] }>('StaySessionEdited');
/** A text of the programme went to the guest side; `number` is that of its release. */
export const StaySent = journalEvent<{ id: string; number: number }>('StaySent');
export const StayAgreed = journalEvent<{ id: string; number: number; through: AgreedThrough }>('StayAgreed');
export const StayFrozen = journalEvent<{ id: string; number: number }>('StayFrozen');
export const ChangeSheetIssued = journalEvent<{ id: string; number: number; sheet: number }>('ChangeSheetIssued');
/** What was drafted for the people of a change sheet: confirmed by their number, or given up. */
export const SheetMailsSent = journalEvent<{ id: string; sheet: number; count: number }>('SheetMailsSent');
export const SheetMailsDiscarded = journalEvent<{ id: string; sheet: number; count: number }>('SheetMailsDiscarded');
