export { CooperationModule } from './cooperation.module.js';
export { Agreement, Institution, InstitutionContact } from './institution.entity.js';
export {
  INSTITUTION_KINDS,
  institutionName,
  type ContactRole,
  type InstitutionFields,
  type InstitutionKind,
} from './institution.rules.js';
export { Institutions } from './institutions.service.js';
export { Agreements } from './agreements.service.js';
export { InstitutionContacts } from './institution-contacts.service.js';
export { CooperationQueries, type KnownInstitution } from './cooperation.queries.js';
