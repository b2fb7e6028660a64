/**
 * The fields of all forms, API bodies and imports. The message of every issue is a message key (`error.…`), its
 * parameters travel in `params`; `fieldErrors` turns a zod error into what the page or the problem document says.
 * Callers put the fields into strict objects, so that unknown names are refused [B7].
 */
export { fieldErrors, refuse } from './field-problems.js';
export { expandForm } from './form-input.js';
export {
  emailField,
  line,
  localizedLine,
  localizedParagraph,
  optionalEmail,
  optionalLine,
  optionalLocalizedLine,
  optionalLocalizedParagraph,
  optionalParagraph,
  paragraph,
  phoneField,
  slugField,
  type EmailInput,
  type PhoneInput,
} from './field-texts.js';
export {
  dateField,
  instantField,
  localDateTimeField,
  optionalDate,
  optionalKnownDate,
  optionalLocalDateTime,
  optionalTime,
  timeField,
} from './field-times.js';
export {
  checkbox,
  choice,
  choices,
  countryField,
  idField,
  integerField,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalId,
  optionalInteger,
  zoneField,
} from './field-values.js';
