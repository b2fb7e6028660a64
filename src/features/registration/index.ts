export { RegistrationModule } from './registration.module.js';
export { VisaModule } from './visa/visa.module.js';
export { activeKeyOf, Registration } from './registration.entity.js';
export { SessionChoice } from './session-choice.entity.js';
export { asksPaper, CATEGORIES, FORMS, type Category, type Form } from './participation.rules.js';
export { isActive, isConfirmed, type Approval, type Waitlist } from './registration.rules.js';
export { withOneName } from './registration.schemas.js';
export { standingKey } from './standing.js';

/** Registering, deciding, cancelling; reading; what a conference asks for. */
export { Registrations, type Outcome, type RegistrationOrder } from './registrations.service.js';
export { ProvisionalRegistrations } from './provisional-registrations.service.js';
export { RegistrationQueries } from './registration.queries.js';
export { ListImports } from './imports/list-imports.service.js';
export { ListImport } from './imports/list-import.entity.js';
/** How lists of people are read, whatever they are of. */
export { looksLikeNoName, NAME_ORDERS, splitListName, type NameOrder } from './imports/list-name.rules.js';
export { countryWords } from './imports/list-words.js';
export { SettingsOfRegistration } from './registration-settings.service.js';
export { SessionChoices } from './session-choices.service.js';
export { FormStamps } from './form-stamp.js';
export { WaitingList } from './waiting-list.service.js';
export { NeedsOfPeople } from './needs.service.js';

/** When and where a conference is, in words and as a calendar file of one person. */
export { ConferenceFacts } from './conference-facts.service.js';

/** Visa support: features above name the stays of theirs that may ask for a letter. */
export { VisaStays, type Stay, type StayName, type StaySource } from './visa/visa-stays.js';
export { VisaRequests } from './visa/visa-requests.service.js';
export { VisaRequest } from './visa/visa-request.entity.js';
export { allows, VISA_STATES, waitsForOfficer, type VisaState } from './visa/visa-request.rules.js';
export { EntryRules } from './visa/entry-rules.service.js';
export { decideEntry, ENTRY_OUTCOMES, type Entry, type EntryDecision } from './visa/entry.rules.js';
/** One request as an officer works on it, as programs do, and the form for what a passport says. */
export { VisaCard, type CardPlace } from './visa/visa-card.js';
export { VisaAnswers, type VisaCall } from './visa/visa-answers.js';
export { VisaDetailsForm } from './visa/visa-details-form.js';
export * from './visa/visa.schemas.js';

/** Filled by features above: tasks of the personal page, parts of the organizers' card; the frame of personal pages. */
export { RegistrationTasks, type Task, type TaskState, type TaskView } from './registration-tasks.js';
export { RegistrationCards, type CardSection } from './registration-cards.js';
export { MyFrame } from './my-frame.js';
export * from './registration.events.js';
