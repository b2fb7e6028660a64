export { CONSENT_CHANNELS, Consent, type ConsentChannel } from './consent.entity.js';
export { Consents, type ConsentAnswers } from './consents.service.js';
export { ConsentsRecorded, PersonAdded, PersonChanged } from './people.events.js';
export { PeopleModule } from './people.module.js';
export { People, type NewPerson, type PersonSearch } from './people.service.js';
export { Person } from './person.entity.js';
export { namesOf, personName, type PersonFields } from './person.rules.js';
export {
  CONSENT_PURPOSES,
  isConsentPurpose,
  PURPOSES,
  textVersionOf,
  type ConsentPurpose,
  type Purpose,
} from './purposes.js';
