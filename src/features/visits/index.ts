export { VisitsModule } from './visits.module.js';
export { Visit } from './visit.entity.js';
export { VisitQueries } from './visits.queries.js';
export { Visits, type NewVisit, type VisitFields } from './visits.service.js';
export * from './visits.events.js';
