import { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { MAIL_STATES } from '../../../platform/mail/outgoing-mail.entity.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { isLocale, LOCALES, type Locale } from '../../../kernel/locale.js';
import { instantOut } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  choices,
  dateField,
  idField,
  integerField,
  line,
  localizedLine,
  optionalChoice,
  optionalDate,
  optionalId,
  optionalInteger,
  optionalLine,
  optionalParagraph,
  optionalTime,
  timeField,
} from '../../../platform/web/fields.js';
import { LAYOUTS, type SessionKind } from '../../programme/index.js';
import { AGREED_THROUGH, RELEASE_MARKS } from './stay.rules.js';

/** What happens at a visit, the usual first. */
export const STAY_KINDS = [
  'meeting',
  'courtesy_call',
  'tour',
  'signing',
  'exhibition_opening',
  'ceremony',
  'meal',
  'reception',
  'transfer',
  'press',
  'break',
  'presentation',
  'round_table',
  'excursion',
  'concert',
] as const satisfies readonly SessionKind[];

/** Who takes part in a session of a visit. */
export const STAY_ROLES = ['host', 'counterpart', 'guest', 'interpreter'] as const;

const version = integerField({ min: 1, max: 2_000_000_000 });

const place = { day: optionalDate(), time: optionalTime(), until: optionalTime(), roomId: optionalId() };
const session = {
  kind: choice(STAY_KINDS),
  title: localizedLine(300),
  ...place,
  address: optionalLine(300),
  languages: choices(LANGUAGES),
  layout: optionalChoice(LAYOUTS),
  flags: optionalLine(300),
  microphones: optionalLine(300),
  screen: checkbox(),
  menu: optionalParagraph(2000),
  guestNote: optionalParagraph(2000),
  internalNote: optionalParagraph(4000),
  planB: optionalParagraph(2000),
  shownToGuests: checkbox(),
};
export const newStayForm = z.strictObject(session).meta({ id: 'StaySessionInput' });
export const stayForm = z.strictObject({ ...session, version });
export const moveForm = z.strictObject(place).meta({ id: 'StayMove' });
export const versionForm = z.strictObject({ version });

export const participantForm = z
  .strictObject({ personId: idField(), role: choice(STAY_ROLES), level: optionalInteger({ min: 1, max: 5 }) })
  .meta({ id: 'StayParticipant' });

/** Everything that begins on the day at the time or later goes so many minutes later; negative: earlier. */
const shift = { day: dateField(), from: timeField(), minutes: integerField({ min: -720, max: 720 }) };
export const shiftForm = z.strictObject(shift).meta({ id: 'StayShift' });
/** `issue`: of a frozen programme, with the change sheet that follows from it. */
export const shiftNowForm = z.strictObject({ ...shift, issue: checkbox() });

export const sendForm = z.strictObject({ after: integerField({ min: 0, max: 1_000_000 }) }).meta({ id: 'StaySend' });
export const agreeForm = z
  .strictObject({ by: line(200), through: choice(AGREED_THROUGH) })
  .meta({ id: 'StayAgreement' });
export const acceptForm = z.strictObject({ key: line(180), reason: line(500) }).meta({ id: 'StayConflictAccepted' });

export const pickerQuery = z.object({ q: z.string().max(200).optional() }).catch({});

const text = z.enum(['current', 'draft']).default('current').catch('current');
export const paperQuery = z.object({ text });
/** `be,en`, or the parameter repeated; what is no language of ours is left out. */
export const guestQuery = z.object({
  text,
  languages: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((given): Locale[] => {
      const asked = [given].flat().flatMap((part) => part.split(','));
      return [...new Set(asked)].filter(isLocale);
    }),
});

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
const surroundingsOut = z.object({
  address: z.string().nullable(),
  layout: z.string().nullable(),
  setUp: z.object({ flags: z.string().optional(), microphones: z.string().optional(), screen: z.boolean().optional() }),
  menu: z.string().nullable(),
  internalNote: z.string().nullable(),
  guestNote: z.string().nullable(),
  shownToGuests: z.boolean(),
  planB: z.string().nullable(),
  leadId: z.uuid().nullable(),
});
const conflictOut = z.object({
  key: z.string(),
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'hint']),
  minutes: z.number(),
  accepted: z.string().nullable(),
});
export const staySessionOut = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    title: localizedOut,
    status: z.string(),
    startsAt: instantOut.nullable(),
    endsAt: instantOut.nullable(),
    roomId: z.uuid().nullable(),
    restricted: z.boolean(),
    languages: z.array(z.string()),
    surroundings: surroundingsOut,
    participants: z.array(
      z.object({
        id: z.uuid(),
        personId: z.uuid(),
        role: z.string(),
        name: z.string(),
        level: z.number().nullable(),
        leads: z.boolean(),
      }),
    ),
    conflicts: z.array(conflictOut),
    checks: z.array(z.looseObject({ kind: z.string() })),
    version: z.number(),
  })
  .meta({ id: 'StaySession' });
export const releaseOut = z
  .object({
    number: z.number(),
    mark: z.enum(RELEASE_MARKS),
    changeSheet: z.number().nullable(),
    agreedBy: z.string().nullable(),
    agreedThrough: z.string().nullable(),
    agreedAt: instantOut.nullable(),
    frozenAt: instantOut.nullable(),
    createdAt: instantOut,
  })
  .meta({ id: 'StayRelease' });
export const stayOut = z
  .object({
    zone: z.string(),
    frozen: z.boolean(),
    /** How many sessions are different from the latest text. */
    pending: z.number(),
    releases: z.array(releaseOut),
    sessions: z.array(staySessionOut),
  })
  .meta({ id: 'Stay' });
export const stayDifferencesOut = z
  .object({
    changes: z.array(
      z.object({
        sessionId: z.uuid(),
        kind: z.string(),
        before: z.looseObject({}).nullable(),
        after: z.looseObject({}).nullable(),
        parts: z.array(z.string()),
        was: surroundingsOut,
        is: surroundingsOut,
      }),
    ),
  })
  .meta({ id: 'StayDifferences' });
export const shiftedOut = z
  .object({
    moves: z.array(z.object({ sessionId: z.uuid(), start: instantOut })),
    newConflicts: z.array(conflictOut),
  })
  .meta({ id: 'StayShifted' });
/** The number that was shown is part of the confirmation. */
export const sheetMailsForm = z
  .strictObject({ count: integerField({ min: 1, max: 100_000 }) })
  .meta({ id: 'ChangeSheetMailsConfirmed' });
export const sheetMailsOut = z
  .object({
    mails: z.array(
      z.object({
        id: z.uuid(),
        recipient: z.string(),
        personId: z.uuid().nullable(),
        locale: z.string(),
        subject: z.string(),
        state: z.enum(MAIL_STATES),
        sentAt: instantOut.nullable(),
      }),
    ),
    without: z.array(z.string()),
  })
  .meta({ id: 'ChangeSheetMails' });
const texts = z.array(z.string());
export const paperOut = z
  .object({
    ref: z.string(),
    languages: z.array(z.enum(LOCALES)),
    titles: texts,
    dates: texts,
    zone: texts,
    text: z.object({
      number: z.number().nullable(),
      mark: z.enum([...RELEASE_MARKS, 'draft']),
      changeSheet: z.number().nullable(),
      at: instantOut.nullable(),
    }),
    days: z.array(z.object({ day: z.string(), titles: texts, items: z.array(z.looseObject({ start: z.string() })) })),
  })
  .meta({ id: 'StayPaper' });

/** A number in an address. Throws NotFound for anything else. */
export function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}
