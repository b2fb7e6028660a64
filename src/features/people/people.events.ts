import { journalEvent } from '../../platform/journal/journal.js';
import type { ConsentPurpose } from './purposes.js';

export const PersonAdded = journalEvent<{ id: string; personId: string }>('PersonAdded');
/** Names of the fields that changed, never their values: erasing a person must not need to edit the journal. */
export const PersonChanged = journalEvent<{ id: string; personId: string; fields: string[] }>('PersonChanged');
/** Added by mistake, and taken back before anybody used it. */
export const PersonRemoved = journalEvent<{ id: string; personId: string }>('PersonRemoved');
/** Which languages, only the row says. */
export const InterpreterProfileSaved = journalEvent<{ id: string; personId: string }>('InterpreterProfileSaved');
export const InterpreterProfileRemoved = journalEvent<{ id: string; personId: string }>('InterpreterProfileRemoved');
export const ConsentsRecorded = journalEvent<{
  id: string;
  personId: string;
  answers: { purpose: ConsentPurpose; given: boolean; textVersion: number }[];
}>('ConsentsRecorded');
/** What the house says of a country: `fields` are the names of what was said. */
export const CountryChanged = journalEvent<{ id: string; code: string; fields: string[] }>('CountryChanged');
