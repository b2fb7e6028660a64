import { z } from 'zod';
import { instantOut, listOf, listQuery } from '../../../platform/web/api.js';
import {
  choice,
  emailField,
  line,
  optionalId,
  optionalLine,
  optionalChoice,
  optionalParagraph,
} from '../../../platform/web/fields.js';
import { versionForm } from '../invitation.schemas.js';
import { REPLY_FATES } from './calendar-reply.entity.js';
import { REPLY_DECISIONS } from './reply-decision.rules.js';
import { REPLY_METHODS, REPLY_PARTSTATS, TRUSTS, WAITING } from './reply-verdict.rules.js';

const WORDS = 1_000;

/** What waits is what the page is for; all the others are a click away. */
export const REPLY_VIEWS = ['waiting', 'all'] as const;
export const repliesPageQuery = z.strictObject({ show: optionalChoice(REPLY_VIEWS), after: optionalId() });
export const repliesQuery = z.strictObject({ show: choice(REPLY_VIEWS).default('waiting'), ...listQuery.shape });

const substitute = z.strictObject({ given: line(128), family: optionalLine(128), email: emailField() });
type Named = z.output<typeof substitute>;

/** As `Invitations.answer` takes it. */
export function named({ given, family, email }: Named) {
  return { given, family, email: email.address };
}

export const substituteForm = z.strictObject({ ...versionForm.shape, substitute });
export const substituteInput = z.strictObject({ substitute }).meta({ id: 'Substitute' });
const words = { comment: optionalParagraph(WORDS) };
export const refusalForm = z.strictObject({ ...versionForm.shape, ...words });
export const refusalInput = z.strictObject(words).meta({ id: 'RefusedProposal' });

export const replyOut = z
  .object({
    id: z.string(),
    invitation: z.string().nullable(),
    session: z.string().nullable(),
    person: z.string().nullable().meta({ description: 'Public id of whose entry is answered' }),
    mail: z.string().meta({ description: 'Id of the received mail' }),
    method: z.enum(REPLY_METHODS),
    partstat: z.enum(REPLY_PARTSTATS),
    attendee: z.string(),
    sender: z.string().nullable(),
    sequence: z.number().nullable(),
    told: z.number().nullable().meta({ description: 'SEQUENCE that they were told last' }),
    comment: z.string(),
    delegatedTo: z.string().nullable(),
    proposedStart: instantOut.nullable(),
    proposedEnd: instantOut.nullable(),
    trust: z.enum(TRUSTS).nullable(),
    fate: z.enum(REPLY_FATES),
    waitsFor: z.enum(WAITING).nullable(),
    decision: z.enum(REPLY_DECISIONS).nullable(),
    decidedAt: instantOut.nullable(),
    receivedAt: instantOut,
    version: z.number(),
  })
  .meta({ id: 'CalendarReply' });
export const replyList = listOf(replyOut).meta({ id: 'CalendarReplyList' });
/** One answer, with what can be decided about it now. */
export const oneReplyOut = replyOut
  .extend({ possible: z.array(z.enum(REPLY_DECISIONS)) })
  .meta({ id: 'CalendarReplyWithDecisions' });
