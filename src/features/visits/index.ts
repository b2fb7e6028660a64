export { VisitsModule } from './visits.module.js';
export { Visit } from './visit.entity.js';
export { VisitQueries } from './visits.queries.js';
export { Visits, type NewVisit, type VisitFields } from './visits.service.js';
export { VisitMember } from './delegation/member.entity.js';
export { MemberNeeds } from './delegation/member-needs.service.js';
export { Delegations, type NewMember } from './delegation/members.service.js';
export * from './visits.events.js';
