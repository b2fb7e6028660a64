import { journalEvent } from '../../../platform/journal/journal.js';
import type { VisaFileKind } from './visa-file.entity.js';
import type { VisaState } from './visa-request.rules.js';
import type { Delivery } from './visa.words.js';

/** What can be looked at: all that the passport says, a file, or the letter as written. */
export const REVEALABLE = ['details', 'scan', 'letter', 'signed'] as const;
export type Revealable = (typeof REVEALABLE)[number];

/** Never a value of the passport: names of fields, states, numbers of letters. */
interface OfRequest {
  id: string;
  conferenceId?: string;
  personId: string;
}

/** Whether a visa is needed was decided, by the table or (`byHand`) by staff. */
export const VisaAssessed = journalEvent<OfRequest & { state: VisaState; byHand: boolean }>('VisaAssessed');
export const VisaDetailsGiven = journalEvent<OfRequest & { fields: string[]; state: VisaState }>('VisaDetailsGiven');
export const VisaLetterOutdated = journalEvent<OfRequest>('VisaLetterOutdated');
export const VisaFileStored = journalEvent<OfRequest & { kind: VisaFileKind }>('VisaFileStored');
export const VisaFileRemoved = journalEvent<OfRequest & { kind: VisaFileKind }>('VisaFileRemoved');
/** Somebody has looked at what is sealed: who, whom, why ([V2]). */
export const VisaRevealed = journalEvent<OfRequest & { what: Revealable; reason: string }>('VisaRevealed');
export const VisaLetterDrafted = journalEvent<OfRequest & { number: string }>('VisaLetterDrafted');
export const VisaLetterSigned = journalEvent<OfRequest & { number: string }>('VisaLetterSigned');
export const VisaLetterSent = journalEvent<OfRequest & { number: string; delivery: Delivery }>('VisaLetterSent');
/** Its owner has taken the letter. */
export const VisaLetterFetched = journalEvent<OfRequest & { number: string }>('VisaLetterFetched');
export const VisaConcluded = journalEvent<OfRequest & { state: VisaState }>('VisaConcluded');
export const VisaWithdrawn = journalEvent<OfRequest & { forgotten: boolean }>('VisaWithdrawn');
export const VisaSettingsChanged = journalEvent<{ id: string; conferenceId?: string; fields: string[] }>(
  'VisaSettingsChanged',
);
export const EntryRuleChanged = journalEvent<{ id: string; change: 'added' | 'changed' | 'removed' }>(
  'EntryRuleChanged',
);
