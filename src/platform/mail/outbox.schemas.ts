import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../web/api.js';
import { integerField, line, optionalChoice, optionalId, optionalLine } from '../web/fields.js';
import { MAIL_STATES } from './outgoing-mail.entity.js';

/** `q`: a part of the address of the recipient, or of the subject. */
const filters = { state: optionalChoice(MAIL_STATES), batch: optionalLine(80), q: optionalLine(200) };

export const outboxQuery = z.strictObject({ ...filters, after: optionalId() });
export type ShownMails = z.output<typeof outboxQuery>;
/** The number that was shown is part of the confirmation: when it has changed, it is asked again. */
export const batchForm = z
  .strictObject({ batch: line(80), count: integerField({ min: 1, max: 1_000_000 }) })
  .meta({ id: 'HeldMails' });
export const emptyForm = z.strictObject({});

export const mailListQuery = z.strictObject({ ...filters, ...listQuery.shape });
export const mailOut = z
  .object({
    id: z.string(),
    kind: z.string(),
    batch: z.string().nullable(),
    recipient: z.string(),
    locale: z.enum(LOCALES),
    subject: z.string(),
    state: z.enum(MAIL_STATES),
    attempts: z.number(),
    doubtful: z.number().meta({ description: 'How often it may have arrived without being acknowledged' }),
    createdAt: instantOut,
    sentAt: instantOut.nullable(),
    problem: z.string().nullable(),
  })
  .meta({ id: 'Mail' });
export const mailList = listOf(mailOut).meta({ id: 'MailList' });
export const heldBatches = z
  .object({ items: z.array(z.object({ batch: z.string(), kind: z.string(), count: z.number() })) })
  .meta({ id: 'HeldBatches' });
export const mailCount = z.object({ count: z.number() }).meta({ id: 'MailCount' });
