import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../platform/web/api.js';
import { MAIL_STATES } from '../../platform/mail/outgoing-mail.entity.js';
import {
  choice,
  emailField,
  instantField,
  integerField,
  line,
  mustAccept,
  optionalChoice,
  optionalEmail,
  optionalId,
  optionalInteger,
  optionalLine,
  optionalLocalDateTime,
  optionalParagraph,
} from '../../platform/web/fields.js';
import { ASSIGNMENT_ROLES } from '../programme/index.js';
import { BOARD_GROUPS } from './answer-board.rules.js';
import { COMPANIONS_ASKED } from './companions.rules.js';
import { ANSWER_CHANNELS, ANSWERS, INVITATION_KINDS, INVITATION_STATES } from './invitation.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

/** More come as a group of their own. */
const MOST_COMPANIONS = 20;

/** Somebody who comes instead; needed with that answer only, so the rest of the form does not ask for it. */
const substitute = z.strictObject({ given: optionalLine(128), family: optionalLine(128), email: optionalEmail() });

const answer = {
  answer: choice(ANSWERS),
  comment: optionalParagraph(2000),
  substitute: substitute.optional(),
  companions: optionalInteger({ min: 0, max: MOST_COMPANIONS }).optional(),
  companionNames: optionalParagraph(4000).optional(),
};

interface Typed {
  answer: (typeof ANSWERS)[number];
  substitute?: z.output<typeof substitute> | undefined;
}

interface TypedAnswer extends Typed {
  comment: string | null;
  companions?: number | null | undefined;
  companionNames?: string | null | undefined;
}

function whoInstead({ answer: given, substitute: named }: Typed, ctx: z.core.$RefinementCtx): void {
  if (given !== 'substituted') return;
  for (const field of ['given', 'email'] as const) {
    if (!named?.[field]) ctx.addIssue({ code: 'custom', path: ['substitute', field], message: 'error.required' });
  }
}

/** What the service takes of an answer. */
function given({ answer: chosen, comment, substitute: named, companions, companionNames }: TypedAnswer) {
  const instead =
    chosen === 'substituted'
      ? { given: named!.given!, family: named!.family, email: named!.email!.address }
      : undefined;
  return {
    answer: chosen,
    comment: comment ?? '',
    ...(instead ? { substitute: instead } : {}),
    ...(companions === undefined && companionNames === undefined
      ? {}
      : { companions: { count: companions ?? null, names: companionNames ?? null } }),
  };
}

export const answerForm = z.strictObject(answer).superRefine(whoInstead).transform(given);

export const emptyForm = z.strictObject({});
export const versionForm = z.strictObject({ version });
export const withdrawForm = z.strictObject({ sure: mustAccept('error.registration.sure'), version });
/** The number that was shown is part of the confirmation: when it has changed, it is asked again. */
export const countForm = z
  .strictObject({ count: integerField({ min: 1, max: 100_000 }) })
  .meta({ id: 'ExpectedNumber' });

/** Whether they may bring somebody. A form that does not ask says no. */
export const companionsFields = {
  companionsAsked: optionalChoice(COMPANIONS_ASKED).transform((asked) => asked ?? 'none'),
  companionsMax: optionalInteger({ min: 0, max: MOST_COMPANIONS }).transform((max) => max ?? 1),
};

const letter = {
  deadline: optionalLocalDateTime(),
  message: optionalParagraph(4000),
  locale: choice(LOCALES),
  ...companionsFields,
};
export const letterForm = z.strictObject({ ...letter, version });

const newPerson = {
  given: optionalLine(128),
  family: optionalLine(128),
  email: optionalEmail(),
  institution: optionalLine(300),
  position: optionalLine(200),
};

/** A person found by search (`person`, their public id), or the names and address of a new one. */
export const newForm = z
  .strictObject({
    kind: choice(INVITATION_KINDS),
    session: optionalId(),
    role: optionalChoice(ASSIGNMENT_ROLES),
    seat: optionalInteger({ min: 1, max: 200 }),
    person: optionalLine(40),
    ...newPerson,
    ...letter,
  })
  .superRefine(({ kind, session, role, person, given: name, email }, ctx) => {
    const missing = (path: string): void => ctx.addIssue({ code: 'custom', path: [path], message: 'error.required' });
    if (kind === 'seat' && session === null) missing('session');
    if (kind === 'seat' && role === null) missing('role');
    if (person === null && name === null) missing('given');
    if (person === null && email === null) missing('email');
  });
export type NewInput = z.output<typeof newForm>;

/** Before the form: who is meant. */
export const newQuery = z.strictObject({ q: optionalLine(200), person: optionalLine(40), session: optionalId() });

/** Days without an answer after which people are asked about. */
export const WAITED_DAYS = [3, 7, 14, 30] as const;

const parts = {
  kind: optionalChoice(INVITATION_KINDS),
  /** An id, or `none`. */
  strand: optionalLine(36),
  /** ISO 3166-1 alpha-2, or `none`. */
  country: optionalLine(4),
  role: optionalChoice(ASSIGNMENT_ROLES),
  /** Sent so many days ago or more, and not answered. */
  days: optionalInteger({ min: 1, max: 1_000 }),
};
const boardFilters = z.strictObject(parts);
export type BoardFilter = z.output<typeof boardFilters>;
export const boardPageQuery = z.strictObject({
  ...parts,
  by: optionalChoice([...BOARD_GROUPS, 'all']).transform((by) => by ?? 'session'),
});
export type BoardPageQuery = z.output<typeof boardPageQuery>;
export const boardQuery = boardFilters;

export const listFilters = {
  ...parts,
  state: optionalChoice(INVITATION_STATES),
  session: optionalId(),
  q: optionalLine(200),
};
export const listPageQuery = z.strictObject({ ...listFilters, after: optionalId() });
export type InvitationFilter = Omit<z.output<typeof listPageQuery>, 'after'>;

export const apiListQuery = z.strictObject({ ...listFilters, ...listQuery.shape });

/** For programs: `person` is a public id, or the names and address of somebody new. */
export const invitationInput = z
  .strictObject({
    kind: choice(INVITATION_KINDS),
    session: optionalId(),
    role: optionalChoice(ASSIGNMENT_ROLES),
    seat: optionalInteger({ min: 1, max: 200 }),
    person: z.union([
      line(40),
      z.strictObject({
        given: line(128),
        family: optionalLine(128),
        email: emailField(),
        institution: optionalLine(300),
        position: optionalLine(200),
      }),
    ]),
    deadline: instantField().nullish(),
    message: optionalParagraph(4000),
    locale: choice(LOCALES),
    ...companionsFields,
  })
  .superRefine(({ kind, session, role }, ctx) => {
    if (kind !== 'seat') return;
    for (const [field, value] of Object.entries({ session, role })) {
      if (value === null) ctx.addIssue({ code: 'custom', path: [field], message: 'error.required' });
    }
  })
  .meta({ id: 'NewInvitation' });
export const letterChanges = z
  .strictObject({
    deadline: instantField().nullable(),
    message: optionalParagraph(4000),
    locale: choice(LOCALES),
    companionsAsked: choice(COMPANIONS_ASKED),
    companionsMax: integerField({ min: 0, max: MOST_COMPANIONS }),
  })
  .partial()
  .meta({ id: 'LetterChanges' });
export type InvitationInput = z.output<typeof invitationInput>;

export const invitationOut = z
  .object({
    id: z.string(),
    kind: z.enum(INVITATION_KINDS),
    session: z.string().nullable(),
    role: z.enum(ASSIGNMENT_ROLES).nullable(),
    person: z.object({
      id: z.string().meta({ description: 'Public id' }),
      given: z.string(),
      family: z.string().nullable(),
      mononym: z.boolean(),
      email: z.string().nullable(),
      institution: z.string().nullable(),
    }),
    state: z.enum(INVITATION_STATES),
    delivery: z.enum(MAIL_STATES).nullable(),
    deadline: instantOut.nullable(),
    message: z.string(),
    locale: z.enum(LOCALES),
    sentAt: instantOut.nullable(),
    remindedAt: instantOut.nullable(),
    answeredAt: instantOut.nullable(),
    answerChannel: z.enum(ANSWER_CHANNELS).nullable(),
    comment: z.string(),
    substitute: z.object({ name: z.string(), email: z.string(), invitation: z.string() }).nullable(),
    companionsAsked: z.enum(COMPANIONS_ASKED),
    companionsMax: z.number(),
    companions: z.object({ count: z.number(), names: z.array(z.string()) }).nullable(),
    confirmAgain: z.boolean(),
    createdAt: instantOut,
    version: z.number(),
  })
  .meta({ id: 'Invitation' });
export const invitationList = listOf(invitationOut).meta({ id: 'InvitationList' });

/** A letter as it would leave now; its personal link is left out. */
export const letterOut = z
  .object({ locale: z.enum(LOCALES), subject: z.string(), text: z.string() })
  .meta({ id: 'Letter' });
/** What sending all drafts would do: `count` is to be confirmed, `left` lack an address or time to answer. */
export const draftsOut = z
  .object({ count: z.number(), ready: z.array(z.string()), left: z.array(z.string()) })
  .meta({ id: 'DraftInvitations' });
export const sentOut = z.object({ count: z.number() }).meta({ id: 'SentInvitations' });
export const remindedOut = z
  .object({ count: z.number(), batch: z.string().nullable() })
  .meta({ id: 'RemindedInvitations' });

const counts = { states: z.partialRecord(z.enum(INVITATION_STATES), z.number()), total: z.number() };
const countsBy = <T extends z.ZodType>(key: T) => z.array(z.object({ key, ...counts }));
/** Invitations counted; `key` null: those that have no such thing. */
export const boardOut = z
  .object({
    ...counts,
    groups: z.object({
      session: countsBy(z.string().nullable()),
      strand: countsBy(z.string().nullable()),
      country: countsBy(z.string().nullable()),
      role: countsBy(z.enum(ASSIGNMENT_ROLES).nullable()),
    }),
    unanswered: z.object({
      count: z.number(),
      longest: z.array(
        z.object({
          invitation: z.string(),
          person: z.string().meta({ description: 'Public id' }),
          sentAt: instantOut.nullable(),
          remindedAt: instantOut.nullable(),
          deadline: instantOut.nullable(),
        }),
      ),
    }),
  })
  .meta({ id: 'AnswerBoard' });
