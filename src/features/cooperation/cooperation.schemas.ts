import { z } from 'zod';
import { safeLink } from '../../kernel/links.js';
import { LOCALES } from '../../kernel/locale.js';
import { listOf, listQuery } from '../../platform/web/api.js';
import {
  choice,
  dateField,
  integerField,
  line,
  optionalChoice,
  optionalCountry,
  optionalDate,
  optionalLine,
  optionalLocalizedLine,
  refuse,
} from '../../platform/web/fields.js';
import { CONTACT_ROLES, INSTITUTION_KINDS } from './institution.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const website = optionalLine(500).transform((text, ctx): string | null => {
  if (text === null) return null;
  const link = /^https?:/i.test(text) ? safeLink(text) : undefined;
  return link && link.length <= 500 ? link : refuse(ctx, 'error.cooperation.website');
});

/** The fields of an institution, for forms and the API alike. */
const institutionFields = {
  name: optionalLocalizedLine(300),
  originalName: optionalLine(300),
  kind: choice(INSTITUTION_KINDS),
  country: optionalCountry(),
  city: optionalLine(200),
  website,
};

interface Named {
  name: object;
  originalName: string | null;
}

/** In at least one of our languages, or in its own. Asked even where another field is wrong, so that all shows at once. */
const named = <S extends z.ZodType<Named>>(schema: S): S =>
  schema.refine(({ name, originalName }) => Object.keys(name ?? {}).length > 0 || Boolean(originalName), {
    path: ['name'],
    message: 'error.cooperation.name',
    when: ({ value, issues }) =>
      typeof value === 'object' && value !== null && !issues.some(({ path }) => path?.[0] === 'name'),
  });

export const newInstitutionForm = named(z.strictObject(institutionFields)).meta({ id: 'NewInstitution' });
export const institutionForm = named(z.strictObject({ ...institutionFields, version }));
export const institutionChanges = z.strictObject(institutionFields).partial().meta({ id: 'InstitutionChanges' });

const filters = {
  q: optionalLine(200),
  kind: optionalChoice(INSTITUTION_KINDS),
  country: optionalCountry(),
  /** Those with an agreement that is in force today. */
  partners: optionalChoice(['yes']),
};
export const institutionQuery = z.strictObject({ ...filters, ...listQuery.shape });
export type InstitutionFilter = Omit<z.output<typeof institutionQuery>, 'limit' | 'after'>;

const agreementFields = { reference: line(300), validFrom: dateField(), validUntil: optionalDate() };
const inOrder = <S extends z.ZodType<{ validFrom: string; validUntil: string | null }>>(schema: S): S =>
  schema.refine(({ validFrom, validUntil }) => validUntil === null || validFrom <= validUntil, {
    path: ['validUntil'],
    message: 'error.cooperation.agreementEnds',
  });
export const newAgreementForm = inOrder(z.strictObject(agreementFields)).meta({ id: 'NewAgreement' });
export const agreementForm = inOrder(z.strictObject({ ...agreementFields, version }));
export const agreementInput = inOrder(z.strictObject(agreementFields)).meta({ id: 'AgreementInput' });

/** `person` is the public id of somebody known. */
export const contactForm = z
  .strictObject({ person: line(40), role: choice(CONTACT_ROLES) })
  .meta({ id: 'InstitutionContactInput' });
export const versionForm = z.strictObject({ version });
export const emptyForm = z.strictObject({});
export const cardQuery = z.strictObject({ q: optionalLine(200) });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
const agreementOut = z
  .object({
    id: z.string(),
    reference: z.string(),
    validFrom: z.string(),
    validUntil: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Agreement' });
const contactOut = z
  .object({
    id: z.string(),
    person: z.string().meta({ description: 'Public id' }),
    role: z.enum(CONTACT_ROLES),
  })
  .meta({ id: 'InstitutionContact' });
const institutionShape = {
  id: z.string().meta({ description: 'Public id' }),
  kind: z.enum(INSTITUTION_KINDS),
  name: localizedOut,
  originalName: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  website: z.string().nullable(),
  partner: z.boolean().meta({ description: 'An agreement is in force today' }),
  version: z.number(),
};
export const institutionOut = z.object(institutionShape).meta({ id: 'Institution' });
export const institutionList = listOf(institutionOut).meta({ id: 'InstitutionList' });
/** `agreements` is left out for those who may not read them. */
export const institutionCardOut = z
  .object({ ...institutionShape, agreements: z.array(agreementOut).optional(), contacts: z.array(contactOut) })
  .meta({ id: 'InstitutionCard' });
