import { ConflictSource } from './conflict-source.js';
import { ConflictWatch } from './conflict-watch.js';

/** What the module of programmes takes from this folder. */
export const CONFLICT_SERVICES = [ConflictSource, ConflictWatch];
export const CONFLICT_CONTROLLERS = [];
