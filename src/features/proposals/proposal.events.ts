import { journalEvent } from '../../platform/journal/journal.js';

interface OfProposal {
  id: string;
  conferenceId: string;
  personId: string;
}

export const ProposalSaved = journalEvent<OfProposal & { fields: string[] }>('ProposalSaved');
export const ProposalSubmitted = journalEvent<OfProposal>('ProposalSubmitted');
