import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  integerField,
  line,
  optionalCountry,
  optionalEmail,
  optionalLine,
  phoneField,
} from '../../platform/web/fields.js';

/** The fields of a person, for forms and the API alike. */
export const personFields = {
  given: line(128),
  family: optionalLine(128),
  patronymic: optionalLine(128),
  mononym: checkbox(),
  badgeName: optionalLine(200),
  email: optionalEmail().transform((email) => email?.address ?? null),
  phone: phoneField().transform((phone) => phone?.original ?? null),
  country: optionalCountry(),
  institution: optionalLine(300),
  position: optionalLine(200),
  locale: choice(LOCALES),
};

const version = integerField({ min: 1, max: 2_000_000_000 });

/** Without "I have only one name", a family name is asked for. */
function familyOrOneName(person: { family: string | null; mononym: boolean }, ctx: z.core.$RefinementCtx): void {
  if (person.family === null && !person.mononym)
    ctx.addIssue({ code: 'custom', path: ['family'], message: 'error.people.familyNeeded' });
}

export const personForm = z.strictObject({ ...personFields, version }).superRefine(familyOrOneName);
export const newPersonForm = z.strictObject(personFields).superRefine(familyOrOneName);

/** Why mail that was stopped will arrive now. */
export const resumedMailForm = z.strictObject({ reason: line(500) }).meta({ id: 'ResumedMail' });

export const personChanges = z.strictObject(personFields).partial().meta({ id: 'PersonChanges' });
export const newPersonInput = z.strictObject(personFields).meta({ id: 'NewPerson' });
export const personQuery = listQuery.extend({ q: z.string().max(200).optional() });
export const searchQuery = listQuery.extend({ q: z.string().trim().min(1, 'error.required').max(200) });

export const personOut = z
  .object({
    id: z.string().meta({ description: 'Public id' }),
    given: z.string(),
    family: z.string().nullable(),
    patronymic: z.string().nullable(),
    mononym: z.boolean(),
    badgeName: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    phoneE164: z.string().nullable(),
    country: z.string().nullable(),
    institution: z.string().nullable(),
    position: z.string().nullable(),
    locale: z.enum(LOCALES),
    createdAt: instantOut,
    version: z.number(),
  })
  .meta({ id: 'Person' });
/** What is known of the address of a person: `stopped` null means that mail is sent. */
export const mailStateOut = z
  .object({
    stopped: z.enum(['all', 'bulk']).nullable(),
    status: z.string().nullable().meta({ description: 'Enhanced status code, `complaint` or `unsubscribed`' }),
    failures: z.number(),
    since: instantOut.nullable(),
  })
  .meta({ id: 'MailState' });
export const personList = listOf(personOut).meta({ id: 'PersonList' });
