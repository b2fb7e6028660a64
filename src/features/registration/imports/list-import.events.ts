import { journalEvent } from '../../../platform/journal/journal.js';
import type { ListCounts, UndoneList } from './list-import.rules.js';

interface OfList {
  id: string;
  conferenceId: string;
}

export const ListImported = journalEvent<OfList & { counts: ListCounts; letters: boolean }>('ListImported');
export const ListUndone = journalEvent<OfList & Omit<UndoneList, 'kept'> & { kept: number }>('ListUndone');
