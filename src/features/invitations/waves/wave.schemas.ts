import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut, listOf, listQuery } from '../../../platform/web/api.js';
import {
  checkbox,
  choice,
  instantField,
  integerField,
  line,
  localizedLine,
  localizedParagraph,
  mustAccept,
  optionalChoice,
  optionalCountry,
  optionalId,
  optionalInteger,
  optionalLine,
  optionalLocalDateTime,
  paragraph,
} from '../../../platform/web/fields.js';
import { INSTITUTION_KINDS } from '../../cooperation/index.js';
import { ASSIGNMENT_ROLES } from '../../programme/index.js';
import { INVITATION_STATES } from '../invitation.rules.js';
import { GUEST_SOURCES, LEFT_OUT_REASONS } from './guest-choice.rules.js';
import { PROTOCOL_LEVELS } from './protocol.rules.js';
import { WAVE_STATES } from './wave.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });
const MOST_PEOPLE = 1000;

const reminders = {
  remindOn: checkbox(),
  remindAfter: optionalInteger({ min: 1, max: 365 }),
  remindBefore: optionalInteger({ min: 1, max: 365 }),
  remindMost: integerField({ min: 1, max: 10 }),
};
interface Rule {
  remindOn: boolean;
  remindAfter: number | null;
  remindBefore: number | null;
}

function hasMoment({ remindOn, remindAfter, remindBefore }: Rule, ctx: z.core.$RefinementCtx): void {
  if (remindOn && remindAfter === null && remindBefore === null)
    ctx.addIssue({ code: 'custom', path: ['remindAfter'], message: 'error.wave.remindWhen' });
}

/** Of a session and a role each needs the other; a reminder before the time to answer needs that time. */
function fits(
  { session, role, deadline, ...rule }: Rule & { session: string | null; role: unknown; deadline: unknown },
  ctx: z.core.$RefinementCtx,
): void {
  const missing = (path: string): void => ctx.addIssue({ code: 'custom', path: [path], message: 'error.required' });
  if (session !== null && role === null) missing('role');
  if (session === null && role !== null) missing('session');
  if (rule.remindOn && rule.remindBefore !== null && deadline === null)
    ctx.addIssue({ code: 'custom', path: ['deadline'], message: 'error.wave.remindBefore' });
  hasMoment(rule, ctx);
}

const terms = {
  name: line(120),
  session: optionalId(),
  role: optionalChoice(ASSIGNMENT_ROLES),
  perHour: integerField({ min: 1, max: 3600 }),
  ...reminders,
};
export const waveForm = z.strictObject({ ...terms, deadline: optionalLocalDateTime() }).superRefine(fits);
export const waveEditForm = z.strictObject({ ...terms, deadline: optionalLocalDateTime(), version }).superRefine(fits);
export const waveInput = z
  .strictObject({
    ...terms,
    deadline: instantField()
      .nullish()
      .transform((at) => at ?? null),
  })
  .superRefine(fits)
  .meta({ id: 'NewWave' });
export const remindersForm = z.strictObject({ ...reminders, version }).superRefine(hasMoment);
export const remindersInput = z.strictObject(reminders).superRefine(hasMoment).meta({ id: 'WaveReminders' });

const letter = { subject: localizedLine(200), body: localizedParagraph(8000) };
export const waveLetterForm = z.strictObject({ ...letter, version });
export const waveLetterInput = z.strictObject(letter).meta({ id: 'WaveLetter' });
export const letterQuery = z.strictObject({ template: optionalId() });
export const keepForm = z.strictObject({ name: line(120) });

export const SCOPES_OF_CONTACTS = ['focal', 'all'] as const;
/** Whom to look for; `source` says where, and the filters of the other source are passed over. */
export const peopleQuery = z.strictObject({
  source: optionalChoice(GUEST_SOURCES),
  q: optionalLine(200),
  country: optionalCountry(),
  institution: optionalLine(200),
  locale: optionalChoice(LOCALES),
  earlier: optionalId(),
  strand: optionalId(),
  kind: optionalChoice(INSTITUTION_KINDS),
  contacts: optionalChoice(SCOPES_OF_CONTACTS),
});
export type PeopleQuery = z.output<typeof peopleQuery>;

const chosen = z
  .union([z.string(), z.array(z.string())], { error: 'error.wave.chooseSome' })
  .transform((given) => [...new Set([given].flat())])
  .pipe(z.array(z.string().max(40)).min(1, 'error.wave.chooseSome').max(MOST_PEOPLE, 'error.wave.chooseFewer'));
export const addPeopleForm = z.strictObject({ version, source: choice(GUEST_SOURCES), people: chosen });
export const addPeopleInput = z
  .strictObject({ source: choice(GUEST_SOURCES), people: z.array(line(40)).min(1).max(MOST_PEOPLE) })
  .meta({ id: 'WavePeople' });

/** Columns copied out of a spreadsheet have tabs between them, which no text of ours has. */
const listText = z
  .string({ error: 'error.required' })
  .transform((text) => text.replaceAll('\t', ';'))
  .pipe(paragraph(60_000));
const list = { text: listText, locale: choice(LOCALES) };
export const readListForm = z.strictObject(list);
export const addListForm = z.strictObject({ ...list, version, count: integerField({ min: 1, max: MOST_PEOPLE }) });
export const readListInput = readListForm.meta({ id: 'PastedList' });
export const addListInput = z
  .strictObject({ ...list, count: integerField({ min: 1, max: MOST_PEOPLE }) })
  .meta({ id: 'PastedPeople' });

const levels = z.record(z.string().max(40), choice(PROTOCOL_LEVELS)).optional();
const places = z.record(z.string().max(40), integerField({ min: 1, max: MOST_PEOPLE })).optional();
/** The button stands among levels and numbers, which it leaves as they were. */
export const removePeopleForm = z.strictObject({ version, people: chosen, levels, places });
const STEP = /^(up|down):([0-9a-z]{16})$/;
/** A step (`up:…` with a public id), everything by protocol, or else the levels and numbers as typed. */
export const orderForm = z
  .strictObject({ version, levels, places, step: optionalLine(40), protocol: optionalLine(4) })
  .transform(({ version: read, step, protocol, ...typed }, ctx) => {
    const [, by, person] = STEP.exec(step ?? '') ?? [];
    if (step !== null && !person) ctx.addIssue({ code: 'custom', path: ['step'], message: 'error.invalid' });
    if (person) return { version: read, order: { kind: 'step' as const, person, by: by as 'up' | 'down' } };
    if (protocol !== null) return { version: read, order: { kind: 'protocol' as const } };
    return { version: read, order: { kind: 'typed' as const, levels: typed.levels ?? {}, places: typed.places ?? {} } };
  });
export const orderInput = z
  .strictObject({
    protocol: z.boolean().optional(),
    levels: z.record(z.string().max(40), z.enum(PROTOCOL_LEVELS)).optional(),
    places: z.record(z.string().max(40), z.number().int().min(1).max(MOST_PEOPLE)).optional(),
  })
  .meta({ id: 'WaveOrder' });

export const versionForm = z.strictObject({ version });
export const queueForm = z.strictObject({ version, count: integerField({ min: 0, max: MOST_PEOPLE }) });
export const withdrawAllForm = z.strictObject({
  version,
  count: integerField({ min: 0, max: MOST_PEOPLE }),
  sure: mustAccept('error.registration.sure'),
});
export const countInput = z
  .strictObject({ count: integerField({ min: 0, max: MOST_PEOPLE }) })
  .meta({ id: 'WaveNumber' });
export const mutedForm = z.strictObject({ person: line(40), muted: checkbox() });
export const mutedInput = z.strictObject({ muted: z.boolean() }).meta({ id: 'WaveReminded' });
export const waveListQuery = listQuery;

const localizedOut = z.record(z.string(), z.string().optional());
export const waveOut = z
  .object({
    id: z.string(),
    name: z.string(),
    session: z.string().nullable(),
    role: z.enum(ASSIGNMENT_ROLES).nullable(),
    subject: localizedOut,
    body: localizedOut,
    deadline: instantOut.nullable(),
    perHour: z.number(),
    remindOn: z.boolean(),
    remindAfter: z.number().nullable(),
    remindBefore: z.number().nullable(),
    remindMost: z.number(),
    state: z.enum(WAVE_STATES),
    queued: z.number().nullable(),
    createdAt: instantOut,
    queuedAt: instantOut.nullable(),
    version: z.number(),
  })
  .meta({ id: 'Wave' });
export const waveList = listOf(waveOut).meta({ id: 'WaveList' });

const why = z.enum(LEFT_OUT_REASONS);
const judged = z.object({ person: z.string().meta({ description: 'Public id' }), why: why.nullable() });
export const candidatesOut = z
  .object({
    people: z.array(judged),
    silent: z.array(z.string()).meta({ description: 'Public ids of partners at which nobody is known' }),
    more: z.boolean(),
  })
  .meta({ id: 'WaveCandidates' });
export const addedOut = z.object({ count: z.number() }).meta({ id: 'WavePeopleChanged' });
export const readListOut = z
  .object({
    count: z.number(),
    known: z.array(judged),
    fresh: z.array(z.object({ line: z.number(), given: z.string(), family: z.string(), email: z.string() })),
    unclear: z.array(z.object({ line: z.number(), email: z.string() })),
    problems: z.array(z.object({ line: z.number(), problem: z.string() })),
  })
  .meta({ id: 'ReadPastedList' });
export const guestsOut = z
  .object({
    items: z.array(
      z.object({
        person: z.string().meta({ description: 'Public id' }),
        place: z.number(),
        level: z.enum(PROTOCOL_LEVELS),
        source: z.enum(GUEST_SOURCES),
        muted: z.boolean(),
        reminded: z.number(),
        invitation: z.string().nullable(),
        state: z.enum(INVITATION_STATES).nullable(),
        letter: z.string().nullable().meta({ description: 'State of the letter in the outbox' }),
        nextReminder: instantOut.nullable(),
      }),
    ),
  })
  .meta({ id: 'WaveGuests' });
export const wavePreviewOut = z
  .object({
    count: z.number(),
    lacking: z.array(z.object({ person: z.string(), missing: z.array(z.string()) })),
    leftOut: z.array(judged),
    letters: z.array(z.object({ person: z.string(), locale: z.enum(LOCALES), subject: z.string(), body: z.string() })),
    languages: z.array(z.object({ value: z.string(), count: z.number() })),
    countries: z.array(z.object({ value: z.string().nullable(), count: z.number() })),
  })
  .meta({ id: 'WavePreview' });
