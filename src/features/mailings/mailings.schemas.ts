import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { DELIVERIES } from '../../platform/mail/delivery.rules.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  integerField,
  line,
  localizedLine,
  localizedParagraph,
  optionalChoice,
  optionalDate,
  optionalId,
} from '../../platform/web/fields.js';
import { ASSIGNMENT_ROLES } from '../programme/index.js';
import { CATEGORIES, FORMS } from '../registration/index.js';
import { AUDIENCE_GROUPS } from './audience.rules.js';
import { MAILING_STATES } from './mailing.entity.js';

export const APPROVALS_WRITTEN_TO = ['not_needed', 'pending', 'approved'] as const;

const version = integerField({ min: 1, max: 2_000_000_000 });

const audience = z.strictObject({
  group: choice(AUDIENCE_GROUPS),
  category: optionalChoice(CATEGORIES),
  approval: optionalChoice(APPROVALS_WRITTEN_TO),
  form: optionalChoice(FORMS),
  strand: optionalId(),
  room: optionalId(),
  day: optionalDate(),
  role: optionalChoice(ASSIGNMENT_ROLES),
  locale: optionalChoice(LOCALES),
});

const fields = { audience, subject: localizedLine(200), body: localizedParagraph(8000), isNews: checkbox() };
export const mailingForm = z.strictObject(fields).meta({ id: 'NewMailing' });
export const mailingEditForm = z.strictObject({ ...fields, version });
export const versionForm = z.strictObject({ version });
export const queueForm = z.strictObject({ version, count: integerField({ min: 0, max: 100_000 }) });
export const leftOutForm = z.strictObject({
  version,
  people: z
    .union([z.array(line(40)), line(40).transform((one) => [one])])
    .optional()
    .transform((all) => all ?? []),
});
export const queueInput = z
  .strictObject({ count: integerField({ min: 0, max: 100_000 }) })
  .meta({ id: 'MailingNumber' });
export const leftOutInput = z.strictObject({ people: z.array(line(40)).max(10_000) }).meta({ id: 'LeftOut' });
export const resendForm = z
  .strictObject({ count: integerField({ min: 0, max: 100_000 }) })
  .meta({ id: 'ResentNumber' });
export const recipientsQuery = z.strictObject({ state: optionalChoice(DELIVERIES), after: optionalId() });
export type RecipientsQuery = z.output<typeof recipientsQuery>;
export const recipientsApiQuery = z.strictObject({ state: optionalChoice(DELIVERIES), ...listQuery.shape });
export const templateForm = z.strictObject({ name: line(120) }).meta({ id: 'TemplateName' });
export const newQuery = z.strictObject({ template: optionalId() });
export const mailingQuery = listQuery;

const localizedOut = z.record(z.string(), z.string().optional());
export const mailingOut = z
  .object({
    id: z.string(),
    state: z.enum(MAILING_STATES),
    subject: localizedOut,
    body: localizedOut,
    audience: z.object({
      group: z.enum(AUDIENCE_GROUPS),
      category: z.string().nullable(),
      approval: z.string().nullable(),
      form: z.string().nullable(),
      strand: z.string().nullable(),
      room: z.string().nullable(),
      day: z.string().nullable(),
      role: z.string().nullable(),
      locale: z.string().nullable(),
    }),
    isNews: z.boolean(),
    queued: z.number().nullable(),
    createdAt: instantOut,
    queuedAt: instantOut.nullable(),
    version: z.number(),
  })
  .meta({ id: 'Mailing' });
export const mailingList = listOf(mailingOut).meta({ id: 'MailingList' });

const someone = z.object({ publicId: z.string(), name: z.string() });
export const previewOut = z
  .object({
    count: z.number(),
    lacking: z.array(z.object({ publicId: z.string(), name: z.string(), missing: z.array(z.string()) })),
    withoutAddress: z.array(someone),
    unreachable: z.array(someone),
    leftOut: z.array(someone),
    letters: z.array(
      z.object({ publicId: z.string(), locale: z.enum(LOCALES), subject: z.string(), body: z.string() }),
    ),
  })
  .meta({ id: 'MailingPreview' });
export const queuedOut = z.object({ batch: z.string(), count: z.number() }).meta({ id: 'QueuedMailing' });
export const resentOut = z.object({ count: z.number() }).meta({ id: 'ResentMailing' });
export const deliveryList = listOf(
  z.object({
    mail: z.string(),
    person: z.string().nullable().meta({ description: 'Public id' }),
    recipient: z.string(),
    state: z.enum(DELIVERIES),
    problem: z.string().nullable(),
    at: instantOut.meta({ description: 'When it left; else when it was made' }),
    times: z.number().meta({ description: 'How many mails they were written' }),
    corrected: z.boolean().meta({ description: 'Not delivered, and they have another address now' }),
  }),
).meta({ id: 'MailingDeliveries' });
