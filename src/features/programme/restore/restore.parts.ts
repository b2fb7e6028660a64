import { DraftStates } from './draft-states.service.js';
import { RestoreApi } from './restore.api.js';
import { RestorePages } from './restore.pages.js';
import { Restorations } from './restorations.service.js';

export const RESTORE_SERVICES = [DraftStates, Restorations];
export const RESTORE_CONTROLLERS = [RestorePages, RestoreApi];
