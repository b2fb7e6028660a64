import { journalEvent } from '../../../platform/journal/journal.js';
import type { ImportCounts, UndoneImport } from './import.rules.js';

interface OfImport {
  id: string;
  programmeId: string;
  conferenceId?: string;
}

export const ProgrammeImported = journalEvent<OfImport & { format: string; counts: ImportCounts }>('ProgrammeImported');
export const ImportUndone = journalEvent<OfImport & Omit<UndoneImport, 'kept'> & { kept: number }>('ImportUndone');
/** The draft left the house as a spreadsheet. */
export const SessionsExported = journalEvent<OfImport & { rows: number }>('SessionsExported');
