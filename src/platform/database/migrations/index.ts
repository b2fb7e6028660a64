import { Init1795600000000 } from './1795600000000-init.js';

/** In order; a migration is never edited once it was released. */
export const migrations = [Init1795600000000];
