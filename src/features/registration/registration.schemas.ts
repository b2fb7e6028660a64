import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  choices,
  countryField,
  emailField,
  idField,
  instantField,
  integerField,
  line,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalEmail,
  optionalInteger,
  optionalLine,
  optionalLocalDateTime,
  optionalParagraph,
  phoneField,
} from '../../platform/web/fields.js';
import { CATEGORIES, FORMS } from './participation.rules.js';
import { APPROVAL_MODES, APPROVALS, ATTENDANCES, PAYMENTS, WAITLISTS } from './registration.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const participation = { form: choice(FORMS), category: choice(CATEGORIES) };
const names = { given: line(128), family: optionalLine(128), mononym: checkbox() };
const work = { institution: line(300), position: line(200) };
const contact = { country: countryField(), phone: phoneField() };

/** A family name, or the word that there is none. Asked even where another field is wrong, so that all shows at once. */
export function withOneName<S extends z.ZodType<{ family: string | null; mononym: boolean }>>(schema: S): S {
  return schema.refine(({ family, mononym }) => mononym || (family !== null && family !== undefined), {
    path: ['family'],
    message: 'error.registration.family',
    when: ({ value, issues }) => typeof value === 'object' && value !== null && !issues.some(({ path }) => path?.[0] === 'family'),
  });
}

/** The first page: nine fields and the consent, no tenth (ruling 14). `website` is a trap that people do not see. */
export const registerForm = withOneName(
  z.strictObject({
    ...participation,
    ...names,
    email: emailField(),
    ...work,
    ...contact,
    consent: mustAccept('error.registration.consent'),
    website: z.string().optional(),
  }),
);
export type RegisterInput = z.output<typeof registerForm>;

/** Staff register somebody who asked for it by letter or telephone. */
export const behalfForm = withOneName(
  z.strictObject({
    ...participation,
    ...names,
    email: optionalEmail(),
    institution: optionalLine(300),
    position: optionalLine(200),
    country: optionalCountry(),
    phone: phoneField(),
    locale: choice(LOCALES),
    consent: mustAccept('error.registration.behalfConsent'),
    note: optionalParagraph(2000),
  }),
);
export type BehalfInput = z.output<typeof behalfForm>;

export const profileForm = withOneName(
  z.strictObject({
    ...names,
    patronymic: optionalLine(128),
    badgeName: optionalLine(200),
    ...work,
    ...contact,
    locale: choice(LOCALES),
    version,
  }),
);
export type ProfileInput = z.output<typeof profileForm>;

export const claimForm = z.strictObject({ answer: choice(['take', 'keep']), version });
export const sessionsForm = z.strictObject({ sessions: z.union([z.string(), z.array(z.string())]).optional().transform((given) => (given === undefined || given === '' ? [] : [given].flat())) });
export const needsForm = z
  .strictObject({ diet: optionalParagraph(1000), access: optionalParagraph(1000), consent: checkbox() })
  .refine(({ diet, access, consent }) => consent || (diet === null && access === null), { path: ['consent'], message: 'error.registration.needsConsent' });
export const OPTIONAL_CONSENTS = ['listing', 'photo', 'future'] as const;
/** `registration` is asked of those whom somebody else has registered; it is taken back by cancelling. */
export const consentsForm = z.strictObject({ registration: checkbox(), listing: checkbox(), photo: checkbox(), future: checkbox() });
export const cancelForm = z.strictObject({ way: choice(['cancel', 'online']), sure: mustAccept('error.registration.sure') });
export const offerForm = z.strictObject({ answer: choice(['accept', 'decline']) });
export const emptyForm = z.strictObject({});

export const DECISIONS = ['approve', 'refuse'] as const;
export const decisionForm = z.strictObject({ decision: choice(DECISIONS), message: optionalParagraph(2000), version });
export const bulkForm = z.strictObject({
  decision: choice(DECISIONS),
  message: optionalParagraph(2000),
  chosen: z
    .union([z.string(), z.array(z.string())], { error: 'error.registration.chooseSome' })
    .transform((given) => [...new Set([given].flat())])
    .pipe(z.array(z.string().max(40)).min(1, 'error.registration.chooseSome').max(200, 'error.registration.tooManyChosen')),
});
export type BulkInput = z.output<typeof bulkForm>;
export const staffCancelForm = z.strictObject({ message: optionalParagraph(2000), sure: mustAccept('error.registration.sure'), version });
export const noteForm = z.strictObject({ payment: choice(PAYMENTS), attendance: choice(ATTENDANCES), note: optionalParagraph(4000), version });
export const participationForm = z.strictObject({ ...participation, version });
export const noteChanges = noteForm.omit({ version: true }).partial().meta({ id: 'RegistrationNotes' });
export const participationInput = z.strictObject(participation).meta({ id: 'Participation' });

const some = <const T extends string>(values: readonly T[], message: string) => choices(values).refine((list) => list.length > 0, message);
const limits = {
  approval: choice(APPROVAL_MODES),
  capacity: optionalInteger({ min: 0, max: 100_000 }),
  categories: some(CATEGORIES, 'error.registration.someCategory'),
  forms: some(FORMS, 'error.registration.someForm'),
  offerHours: integerField({ min: 1, max: 24 * 30 }),
};
export const settingsForm = z.strictObject({ opensAt: optionalLocalDateTime(), closesAt: optionalLocalDateTime(), ...limits, version });
export const settingsInput = z.strictObject({ opensAt: instantField().nullable(), closesAt: instantField().nullable(), ...limits });
export type SettingsInput = z.output<typeof settingsInput>;
export const settingsChanges = settingsInput.partial().meta({ id: 'RegistrationSettingsChanges' });
export const settingsOut = z
  .object({
    opensAt: instantOut.nullable(),
    closesAt: instantOut.nullable(),
    approval: z.enum(APPROVAL_MODES),
    capacity: z.number().nullable(),
    taken: z.number().meta({ description: 'Places held now, offered ones included' }),
    categories: z.array(z.enum(CATEGORIES)),
    forms: z.array(z.enum(FORMS)),
    offerHours: z.number(),
    version: z.number(),
  })
  .meta({ id: 'RegistrationSettings' });

export const exportForm = z.strictObject({ reason: optionalLine(300) });

const filters = {
  q: optionalLine(200),
  category: optionalChoice(CATEGORIES),
  form: optionalChoice(FORMS),
  approval: optionalChoice(APPROVALS),
  waitlist: optionalChoice(WAITLISTS),
  country: optionalCountry(),
};
export const filterQuery = z.strictObject({ ...filters, after: optionalLine(200) });
export type RegistrationFilter = Omit<z.output<typeof filterQuery>, 'after'>;

export const apiListQuery = z.strictObject({ ...filters, ...listQuery.shape });
export const apiMessage = z.strictObject({ message: optionalParagraph(2000) });
export const registrationParams = z.object({ conf: z.string(), reg: line(40) });
export const registrationOut = z.object({
  id: z.string(),
  number: z.string(),
  person: z.object({ id: z.string(), given: z.string(), family: z.string().nullable(), mononym: z.boolean(), email: z.string().nullable(), country: z.string().nullable(), institution: z.string().nullable(), position: z.string().nullable() }),
  category: z.enum(CATEGORIES),
  form: z.enum(FORMS),
  approval: z.enum(APPROVALS),
  waitlist: z.enum(WAITLISTS),
  payment: z.enum(PAYMENTS),
  attendance: z.enum(ATTENDANCES),
  waitingPosition: z.number().nullable(),
  offerUntil: instantOut.nullable(),
  note: z.string(),
  locale: z.enum(LOCALES),
  createdAt: instantOut,
  decidedAt: instantOut.nullable(),
  cancelledAt: instantOut.nullable(),
  version: z.number(),
});
export const registrationListOut = listOf(registrationOut);
export const decidedOut = z.object({ batch: z.string(), done: z.number(), left: z.number() }).meta({ id: 'Decided' });
export const createdOut = z.object({ id: z.string(), outcome: z.enum(['new', 'same', 'known']) });
export const sessionIds = z.array(idField());
