import { journalEvent } from '../../platform/journal/journal.js';

export const DocumentTemplateUploaded = journalEvent<{ id: string; kind: string; locale: string; number: number }>(
  'DocumentTemplateUploaded',
);
/** `number` is the version in use now; null: the one that comes with the house. */
export const DocumentTemplateChosen = journalEvent<{ id: string; kind: string; locale: string; number: number | null }>(
  'DocumentTemplateChosen',
);
/** A document was made and is kept. `ownerId` is the row of what it belongs to. */
export const DocumentIssued = journalEvent<{
  id: string;
  kind: string;
  ownerKind: string;
  ownerId: string;
  reference: string | null;
}>('DocumentIssued');
export const DocumentSent = journalEvent<{ id: string; kind: string; ownerKind: string; ownerId: string }>(
  'DocumentSent',
);
/** Number and date stay, the content is gone. */
export const DocumentContentRemoved = journalEvent<{ id: string; ownerKind: string; ownerId: string }>(
  'DocumentContentRemoved',
);
