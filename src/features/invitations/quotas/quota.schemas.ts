import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut, listOf } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  countryField,
  emailField,
  instantField,
  integerField,
  line,
  localDateTimeField,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalLine,
  optionalLocalizedParagraph,
  optionalParagraph,
  phoneField,
} from '../../../platform/web/fields.js';
import { INSTITUTION_KINDS } from '../../cooperation/index.js';
import { CATEGORIES, withOneName } from '../../registration/index.js';
import { PLACE_ENDS, PLACE_STATES, PLACE_WAYS, QUOTA_STATES, SKIP_REASONS } from './quota.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

/** Whom to look at before drafting: partners, or every institution. */
export const SCOPES = ['partners', 'all'] as const;
const among = {
  scope: optionalChoice(SCOPES),
  kind: optionalChoice(INSTITUTION_KINDS),
  country: optionalCountry(),
  q: optionalLine(200),
};
export const amongQuery = z.strictObject(among);
export type AmongQuery = z.output<typeof amongQuery>;

const chosen = z
  .union([z.string(), z.array(z.string())], { error: 'error.quota.chooseSome' })
  .transform((given) => [...new Set([given].flat())])
  .pipe(z.array(z.string().max(40)).min(1, 'error.quota.chooseSome').max(1000, 'error.quota.tooMany'));

const terms = {
  places: integerField({ min: 1, max: 500 }),
  category: choice(CATEGORIES),
  consentDays: integerField({ min: 1, max: 60 }),
};

export const newQuotasForm = z.strictObject({
  institutions: chosen,
  scope: choice(SCOPES),
  ...terms,
  deadline: localDateTimeField(),
  message: optionalLocalizedParagraph(4000),
});
export const newQuotasInput = z
  .strictObject({
    institutions: z.array(line(40)).min(1).max(1000).meta({ description: 'Public ids' }),
    scope: choice(SCOPES),
    ...terms,
    deadline: instantField(),
    message: optionalLocalizedParagraph(4000),
  })
  .meta({ id: 'NewQuotas' });

const letter = {
  places: terms.places,
  consentDays: terms.consentDays,
  message: optionalParagraph(4000),
  locale: choice(LOCALES),
};
export const quotaForm = z.strictObject({ ...letter, deadline: localDateTimeField(), version });
export const quotaChanges = z
  .strictObject({ ...letter, deadline: instantField() })
  .partial()
  .meta({ id: 'QuotaChanges' });

const who = {
  given: line(128),
  family: optionalLine(128),
  mononym: checkbox(),
  email: emailField(),
  position: optionalLine(200),
};
/** The focal point names somebody, who knows of it. */
export const namedForm = withOneName(
  z.strictObject({ ...who, locale: choice(LOCALES), told: mustAccept('error.quota.told') }),
);
/** Somebody registers alone with the link that was passed on. `website` is a trap that people do not see. */
export const aloneForm = withOneName(
  z.strictObject({
    ...who,
    country: countryField(),
    phone: phoneField(),
    consent: mustAccept('error.registration.consent'),
    website: z.string().optional(),
  }),
);
export const CONSENT_ANSWERS = ['agree', 'refuse'] as const;
export const consentForm = z
  .strictObject({ answer: choice(CONSENT_ANSWERS), consent: checkbox() })
  .refine(({ answer, consent }) => answer === 'refuse' || consent, {
    path: ['consent'],
    message: 'error.registration.consent',
  });

export const placeOut = z.object({
  id: z.string(),
  state: z.enum(PLACE_STATES),
  ended: z.enum(PLACE_ENDS).nullable(),
  way: z.enum(PLACE_WAYS),
  name: z.string().nullable(),
  registration: z.string().nullable().meta({ description: 'Public id' }),
  consentUntil: instantOut.nullable(),
  createdAt: instantOut,
});
const quotaShape = {
  id: z.string(),
  institution: z.string().meta({ description: 'Public id' }),
  focalPoint: z.string().meta({ description: 'Public id of the person' }),
  state: z.enum(QUOTA_STATES),
  places: z.number(),
  taken: z.number(),
  confirmed: z.number(),
  category: z.enum(CATEGORIES),
  deadline: instantOut,
  consentDays: z.number(),
  message: z.string(),
  locale: z.enum(LOCALES),
  sentAt: instantOut.nullable(),
  remindedAt: instantOut.nullable(),
  createdAt: instantOut,
  version: z.number(),
};
export const quotaOut = z.object({ ...quotaShape, filled: z.array(placeOut) }).meta({ id: 'Quota' });
export const quotaList = listOf(z.object(quotaShape)).meta({ id: 'QuotaList' });
export const draftedOut = z.object({ drafted: z.array(z.string()), skipped: z.number() }).meta({ id: 'DraftedQuotas' });
/** Whom drafts would be made for, and who is left out, with the reason. */
export const planOut = z
  .object({
    ready: z.array(z.string()),
    skipped: z.array(z.object({ institution: z.string(), reason: z.enum(SKIP_REASONS) })),
  })
  .meta({ id: 'QuotaPlan' });
