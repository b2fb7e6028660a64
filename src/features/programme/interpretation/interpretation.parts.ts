import { InterpretationApi } from './interpretation.api.js';
import { InterpretationDesks } from './interpretation-desk.service.js';
import { InterpretationPages } from './interpretation.pages.js';
import { InterpretationSource } from './interpretation-source.js';
import { RosterProposalPages } from './roster-proposal.pages.js';
import { RosterProposals } from './roster-proposals.service.js';

/** What the module of programmes takes from this folder. */
export const INTERPRETATION_SERVICES = [InterpretationSource, InterpretationDesks, RosterProposals];
export const INTERPRETATION_CONTROLLERS = [InterpretationApi, InterpretationPages, RosterProposalPages];
