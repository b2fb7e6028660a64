import { ConflictSource } from './conflict-source.js';
import { ConflictWatch } from './conflict-watch.js';
import { LimitsApi } from './limits.api.js';
import { LimitsPages } from './limits.pages.js';
import { MovingTogether } from './moving-together.service.js';
import { PlacesApi } from './places.api.js';
import { PlacesPages } from './places.pages.js';
import { Places } from './places.service.js';

/** What the module of programmes takes from this folder. */
export const CONFLICT_SERVICES = [ConflictSource, ConflictWatch, Places, MovingTogether];
export const CONFLICT_CONTROLLERS = [PlacesApi, PlacesPages, LimitsApi, LimitsPages];
