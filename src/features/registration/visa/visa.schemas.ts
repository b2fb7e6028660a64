import { z } from 'zod';
import { instantOut, listOf } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  choices,
  countryField,
  idField,
  integerField,
  line,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalDate,
  optionalInteger,
  optionalKnownDate,
  optionalLine,
  optionalParagraph,
  paragraph,
  dateField,
  phoneField,
} from '../../../platform/web/fields.js';
import { LOCALES } from '../../../kernel/locale.js';
import { REVEALABLE } from './visa.events.js';
import { fileField } from '../../../platform/web/uploads.js';
import { COUNTRY_CODES } from '../../../platform/i18n/countries.js';
import { ENTRY_OUTCOMES, ENTRY_POINTS, PASSPORT_TYPES } from './entry.rules.js';
import { VISA_STATES } from './visa-request.rules.js';
import { DETAILS_DAYS, SCAN_DAYS } from './visa-terms.rules.js';
import { DELIVERIES, ENTRIES, PAYERS, SEXES } from './visa.words.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

/** Capitals and signs of the two bottom lines. */
const latin = (max: number) =>
  optionalLine(max).transform((text, ctx): string | null => {
    const upper = text?.toUpperCase() ?? null;
    if (upper !== null && !/^[A-Z '-]+$/.test(upper)) ctx.addIssue({ code: 'custom', message: 'error.visa.latin' });
    return upper;
  });

const passportNumber = optionalLine(30).transform((text, ctx): string | null => {
  const number = text?.toUpperCase().replace(/[\s-]/g, '') ?? null;
  if (number !== null && !/^[A-Z0-9]{4,20}$/.test(number))
    ctx.addIssue({ code: 'custom', message: 'error.visa.number' });
  return number;
});

/** The first three questions: is a visa needed at all? */
export const entryForm = z.strictObject({
  citizenship: countryField(),
  passportType: choice(PASSPORT_TYPES),
  entryPoint: choice(ENTRY_POINTS),
});
export type EntryInput = z.output<typeof entryForm>;

/** What a letter says. Sealed fields that are empty stay as they are; the service says which are missing. */
const details = {
  surname: latin(128),
  givenNames: latin(128),
  cyrillicName: optionalLine(200),
  sex: optionalChoice(SEXES),
  birthDate: optionalKnownDate(),
  birthPlace: optionalLine(200),
  otherCitizenships: optionalLine(200),
  residence: optionalCountry(),
  passportNumber,
  issuedOn: optionalKnownDate(),
  expiresOn: optionalKnownDate(),
  issuer: optionalLine(200),
  entryOn: optionalDate(),
  exitOn: optionalDate(),
  entries: optionalChoice(ENTRIES),
  consulate: optionalLine(100),
  route: optionalLine(300),
  stayAddress: optionalParagraph(500),
  employer: optionalLine(300),
  position: optionalLine(200),
  workAddress: optionalParagraph(500),
  workPhone: phoneField().transform((phone) => phone?.original ?? null),
  payer: optionalChoice(PAYERS),
};
export const detailsForm = z.strictObject({
  ...details,
  mrz: z.string().max(400).optional(),
  consent: checkbox(),
  version,
});
export type DetailsInput = z.output<z.ZodObject<typeof details>>;

/** The same form sent by its other button: only the pasted lines are read, all else is kept as typed. */
export const mrzForm = z.looseObject({ mrz: z.string().max(400, 'error.visa.mrz.lines').optional().default('') });

export const scanForm = z.object({});
export const sureForm = z.strictObject({ sure: mustAccept('error.registration.sure') });
export const nothingForm = z.strictObject({});

/** Staff. */
export const revealForm = z.strictObject({ what: choice(REVEALABLE), reason: line(300) });
export const letterForm = z.strictObject({
  locale: choice(LOCALES),
  addressee: line(300),
  salutation: optionalLine(200),
  version,
});
export type LetterInput = Omit<z.output<typeof letterForm>, 'version'>;
export const signForm = z.object({ version });
export const sendForm = z.strictObject({ delivery: choice(DELIVERIES), version });
export const CONCLUSIONS = ['issued', 'refused', 'withdrawn'] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];
export const concludeForm = z.strictObject({ outcome: choice(CONCLUSIONS), note: optionalParagraph(2000), version });
export const decideForm = z.strictObject({ need: choice(ENTRY_OUTCOMES), why: paragraph(2000), version });
export const correctForm = z.strictObject({ cyrillicName: line(200), version });
export const letterInput = letterForm.omit({ version: true }).meta({ id: 'VisaLetterInput' });
export const sendInput = sendForm.omit({ version: true }).meta({ id: 'VisaSending' });
export const concludeInput = concludeForm.omit({ version: true }).meta({ id: 'VisaConclusion' });
export const decideInput = decideForm.omit({ version: true }).meta({ id: 'VisaDecision' });
export const correctInput = correctForm.omit({ version: true }).meta({ id: 'VisaCorrection' });
export const signInput = z.object({ file: fileField() });

const host = {
  hostName: optionalLine(300),
  hostUnp: optionalLine(20),
  hostAddress: optionalParagraph(500),
  hostPhone: optionalLine(40),
  signatoryName: optionalLine(200),
  signatoryPosition: optionalLine(200),
  detailsDays: integerField(DETAILS_DAYS),
  scanDays: integerField(SCAN_DAYS),
};
export const visaSettingsForm = z.strictObject({ ...host, version });
export const visaSettingsInput = z.strictObject(host).meta({ id: 'VisaSettingsInput' });
export type VisaSettingsInput = z.output<typeof visaSettingsInput>;

export const queueQuery = z.strictObject({ state: optionalChoice(VISA_STATES) });
const requestOut = z.object({
  id: z.string(),
  number: z.string().meta({ description: 'Of the registration' }),
  name: z.string(),
  country: z.string().nullable(),
  state: z.enum(VISA_STATES),
  mismatch: z.boolean().meta({ description: 'The signed letter says something that is no longer so' }),
  expiresSoon: z.boolean(),
  updatedAt: instantOut,
});
/** Counts and states only: whoever may count sees this and no more. */
export const queueOut = z
  .object({ counts: z.record(z.string(), z.number()), items: z.array(requestOut) })
  .meta({ id: 'VisaQueue' });
export const visaRequestOut = requestOut
  .extend({
    entryOn: z.string().nullable(),
    exitOn: z.string().nullable(),
    entries: z.enum(ENTRIES).nullable(),
    consulate: z.string().nullable(),
    delivery: z.enum(DELIVERIES).nullable(),
    sentAt: instantOut.nullable(),
    note: z.string(),
    purgedAt: instantOut.nullable(),
    details: z.record(z.string(), z.string().nullable()).meta({ description: 'Masked; null: cannot be read' }),
    letters: z.array(
      z.object({
        number: z.string(),
        datedOn: z.string(),
        signedAt: instantOut.nullable(),
        sentAt: instantOut.nullable(),
      }),
    ),
    version: z.number(),
  })
  .meta({ id: 'VisaRequest' });
export const revealInput = revealForm.meta({ id: 'VisaReveal' });
export const revealedOut = z
  .object({
    details: z.record(z.string(), z.string().nullable()).nullable(),
    file: z.object({ filename: z.string(), type: z.string(), base64: z.string() }).nullable(),
  })
  .meta({ id: 'VisaRevealed' });
export const visaSettingsOut = z
  .object({
    hostName: z.string(),
    hostUnp: z.string(),
    hostAddress: z.string(),
    hostPhone: z.string(),
    signatoryName: z.string(),
    signatoryPosition: z.string(),
    detailsDays: z.number(),
    scanDays: z.number(),
    version: z.number(),
  })
  .meta({ id: 'VisaSettings' });

const countryList = optionalParagraph(2000).transform((text, ctx): string[] => {
  const codes = [
    ...new Set(
      (text ?? '')
        .toUpperCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ].sort();
  const wrong = codes.find((code) => !COUNTRY_CODES.includes(code));
  if (wrong) ctx.addIssue({ code: 'custom', message: 'error.visa.country', params: { code: wrong } });
  return codes;
});

const rule = {
  title: line(300),
  passportTypes: choices(PASSPORT_TYPES),
  entryPoints: choices(ENTRY_POINTS),
  outcome: choice(ENTRY_OUTCOMES),
  maxDays: optionalInteger({ min: 1, max: 3650 }),
  validFrom: optionalDate(),
  validTo: optionalDate(),
  checkedOn: dateField(),
  note: optionalParagraph(2000),
};
export const ruleForm = z.strictObject({ ...rule, citizenships: countryList, confirmed: checkbox() });
export const ruleEditForm = ruleForm.extend({ version });
export const ruleInput = z
  .strictObject({ ...rule, citizenships: z.array(countryField()), confirmed: z.boolean() })
  .meta({ id: 'EntryRuleInput' });
export type RuleInput = z.output<typeof ruleInput>;
export const ruleParams = z.object({ rule: idField() });
export const ruleOut = z
  .object({
    id: z.string(),
    title: z.string(),
    citizenships: z.array(z.string()).meta({ description: 'ISO 3166-1 alpha-2; empty: all' }),
    passportTypes: z.array(z.enum(PASSPORT_TYPES)),
    entryPoints: z.array(z.enum(ENTRY_POINTS)),
    outcome: z.enum(ENTRY_OUTCOMES),
    maxDays: z.number().nullable(),
    validFrom: z.string().nullable(),
    validTo: z.string().nullable(),
    checkedOn: z.string(),
    confirmed: z.boolean(),
    note: z.string(),
    version: z.number(),
  })
  .meta({ id: 'EntryRule' });
export const ruleListOut = listOf(ruleOut);
