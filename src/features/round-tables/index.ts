export { RoundTablesModule } from './round-tables.module.js';
export {
  FloorLimit,
  FloorRequest,
  Resolution,
  ResolutionAdopter,
  ResolutionComment,
  ResolutionVersion,
  Thesis,
} from './round-table.entity.js';
export { RoundTables } from './round-tables.queries.js';
export { Theses } from './theses.service.js';
export { FloorQueue } from './floor.service.js';
export { Resolutions } from './resolutions.service.js';
export * from './round-table.events.js';
