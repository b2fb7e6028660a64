import { DraftSource } from './draft-source.js';
import { PlanDesk } from './plan-desk.service.js';
import { PlanReviews } from './plan-reviews.service.js';
import { ProposalApi } from './proposal.api.js';
import { ProposalPages } from './proposal.pages.js';
import { SchedulingRuns } from './scheduling-runs.service.js';
import { WhyNotApi } from './why-not.api.js';
import { WhyNotPages } from './why-not.pages.js';
import { WhyNotDesk } from './why-not.service.js';

/** What proposing adds to the module of programmes. */
export const PROPOSING_SERVICES = [DraftSource, SchedulingRuns, PlanReviews, PlanDesk, WhyNotDesk];
export const PROPOSING_CONTROLLERS = [ProposalPages, ProposalApi, WhyNotPages, WhyNotApi];
