export { ProposalsModule } from './proposals.module.js';
export { Proposal } from './proposal.entity.js';
export { PROPOSAL_STATES, type ProposalState } from './proposal.rules.js';
export { Proposals } from './proposals.service.js';
export { ProposalSaved, ProposalSubmitted } from './proposal.events.js';
