export { CONSENT_CHANNELS, Consent, type ConsentChannel } from './consent.entity.js';
export { Countries, type KnownCountry } from './countries/countries.service.js';
export { Country } from './countries/country.entity.js';
export { daysOn, type CountryDay } from './countries/country.rules.js';
export { Consents, type ConsentAnswers } from './consents.service.js';
export { InterpreterProfile } from './interpreters/interpreter-profile.entity.js';
export {
  INTERPRETING_MODES,
  pairsOf,
  type Direction,
  type InterpretingMode,
  type LanguagePair,
} from './interpreters/interpreter.rules.js';
export { Interpreters, type InterpreterFields, type KnownInterpreter } from './interpreters/interpreters.service.js';
export {
  ConsentsRecorded,
  InterpreterProfileRemoved,
  InterpreterProfileSaved,
  PersonAdded,
  PersonChanged,
} from './people.events.js';
export { PeopleModule } from './people.module.js';
export { People, type ComparedPerson, type NewPerson, type PersonSearch } from './people.service.js';
export { Person } from './person.entity.js';
export { e164 } from './phone.js';
export { namesOf, personName, type PersonFields } from './person.rules.js';
export {
  CONSENT_PURPOSES,
  isConsentPurpose,
  PURPOSES,
  textVersionOf,
  type ConsentPurpose,
  type Purpose,
} from './purposes.js';
