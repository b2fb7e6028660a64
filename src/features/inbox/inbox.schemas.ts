import { z } from 'zod';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import {
  choice,
  integerField,
  line,
  optionalChoice,
  optionalId,
  optionalLine,
  paragraph,
} from '../../platform/web/fields.js';
import { INBOUND_KINDS, INBOUND_STATES } from '../../platform/inbound/inbound-mail.entity.js';

export const INBOX_VIEWS = ['open', 'all'] as const;

const filters = { kind: optionalChoice(INBOUND_KINDS), q: optionalLine(200) };
export const inboxPageQuery = z.strictObject({ show: optionalChoice(INBOX_VIEWS), ...filters, after: optionalId() });
export type InboxPageQuery = z.output<typeof inboxPageQuery>;
export const inboxQuery = z.strictObject({ show: choice(INBOX_VIEWS).default('open'), ...filters, ...listQuery.shape });

/** Before linking: whose it may be; a search, or somebody found. */
export const mailPageQuery = z.strictObject({ q: optionalLine(200), person: optionalLine(40) });
export type MailPageQuery = z.output<typeof mailPageQuery>;

export const emptyForm = z.strictObject({});
/** `seen`: how many replies to this mail there were; another number is 409. */
export const replyForm = z
  .strictObject({ text: paragraph(20_000), seen: integerField({ min: 0, max: 100_000 }) })
  .meta({ id: 'MailReply' });
/** `person` is a public id; `invitation` one of theirs. */
export const linkForm = z.strictObject({ person: line(40), invitation: optionalId() }).meta({ id: 'MailLink' });

export const inboxMailOut = z
  .object({
    id: z.string(),
    state: z.enum(INBOUND_STATES),
    kind: z.enum(INBOUND_KINDS).nullable(),
    remark: z.string().nullable().meta({ description: 'Key of what is to be decided, or of what was wrong' }),
    sender: z.string().nullable(),
    subject: z.string().nullable(),
    size: z.number(),
    receivedAt: instantOut,
    person: z.string().nullable().meta({ description: 'Public id' }),
    conference: z.string().nullable().meta({ description: 'Slug' }),
    invitation: z.string().nullable(),
    answersMail: z.string().nullable(),
  })
  .meta({ id: 'ReceivedMail' });
export const inboxList = listOf(inboxMailOut).meta({ id: 'ReceivedMailList' });
export const inboxMailFullOut = inboxMailOut
  .extend({
    /** Null: the mail breaks a limit, named by `remark`. */
    contents: z
      .object({
        fields: z.array(z.object({ name: z.string(), value: z.string() })),
        words: z.string(),
        wordsCut: z.boolean(),
        calendars: z.array(z.string()),
        attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.number() })),
        replyTo: z.string().nullable(),
      })
      .nullable(),
    replying: z
      .object({ to: z.string(), subject: z.string(), seen: z.number() })
      .nullable()
      .meta({ description: 'Where a reply would go; null: it cannot be answered' }),
    thread: z.array(
      z.object({
        direction: z.enum(['sent', 'received']),
        id: z.string(),
        at: instantOut,
        subject: z.string().nullable(),
        state: z.string().nullable().meta({ description: 'Of a mail of ours' }),
      }),
    ),
  })
  .meta({ id: 'ReceivedMailContents' });
