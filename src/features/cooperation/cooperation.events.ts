import { journalEvent } from '../../platform/journal/journal.js';
import type { ContactRole } from './institution.rules.js';

export const InstitutionAdded = journalEvent<{ id: string }>('InstitutionAdded');
export const InstitutionChanged = journalEvent<{ id: string; fields: string[] }>('InstitutionChanged');
/** Of agreements `id` is the institution's. */
export const AgreementAdded = journalEvent<{ id: string; agreementId: string }>('AgreementAdded');
export const AgreementChanged = journalEvent<{ id: string; agreementId: string }>('AgreementChanged');
export const AgreementRemoved = journalEvent<{ id: string; agreementId: string }>('AgreementRemoved');
/** `personId` is known there, or in another role than before. */
export const ContactNamed = journalEvent<{ id: string; personId: string; role: ContactRole }>('ContactNamed');
export const ContactRemoved = journalEvent<{ id: string; personId: string }>('ContactRemoved');
