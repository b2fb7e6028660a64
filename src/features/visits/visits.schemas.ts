import { z } from 'zod';
import { LANGUAGES } from '../../kernel/languages.js';
import { LOCALES } from '../../kernel/locale.js';
import { listOf, listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  choices,
  dateField,
  integerField,
  line,
  localizedLine,
  optionalChoice,
  optionalCountry,
  optionalDate,
  optionalId,
  optionalLine,
  optionalParagraph,
  paragraph,
  refuse,
  zoneField,
} from '../../platform/web/fields.js';
import { MEMBER_ROLES } from './delegation/member.rules.js';
import { DIRECTIONS, PAPER_KINDS } from './papers/paper.rules.js';
import { READINESS_KEYS } from './readiness.rules.js';
import {
  CHANNELS,
  CONFIDENTIALITIES,
  COST_LINES,
  INTERPRETATIONS,
  PAYERS,
  PRESS_POLICIES,
  VISIT_KINDS,
  VISIT_LEVELS,
  VISIT_STATES,
  type Financing,
  type VisitLevel,
} from './visit.rules.js';

/** Code points: four full pages, which a form in Cyrillic carries. */
const LONGEST_LETTER = 12_000;

const version = integerField({ min: 1, max: 2_000_000_000 });

const level = choice(VISIT_LEVELS.map(String) as [string, ...string[]]).transform((text) => Number(text) as VisitLevel);

/** Who pays, line by line; a line that is left open is not settled. */
const financing = z
  .strictObject(
    Object.fromEntries(COST_LINES.map((cost) => [cost, optionalChoice(PAYERS)])) as Record<
      (typeof COST_LINES)[number],
      ReturnType<typeof optionalChoice<(typeof PAYERS)[number]>>
    >,
  )
  .partial()
  .default({})
  .transform((lines): Financing =>
    Object.fromEntries(COST_LINES.flatMap((cost) => (lines[cost] ? [[cost, lines[cost]]] : []))),
  );

/** What opens a file; the rest follows on the card. */
const opening = {
  title: localizedLine(300),
  kind: choice(VISIT_KINDS),
  level,
  confidentiality: choice(CONFIDENTIALITIES),
  institutionId: optionalId(),
  country: optionalCountry(),
  initiator: optionalLine(300),
  channel: optionalChoice(CHANNELS),
  incomingNo: optionalLine(60),
  incomingOn: optionalDate(),
  startsOn: optionalDate(),
  endsOn: optionalDate(),
  flexible: checkbox(),
  purpose: optionalParagraph(4000),
  languages: choices(LANGUAGES),
};

const rest = {
  topics: optionalParagraph(4000),
  conferenceId: optionalId(),
  agreementId: optionalId(),
  zone: zoneField(),
  hostPrincipal: optionalLine(200),
  responsibleId: optionalId(),
  deputyId: optionalId(),
  interpretation: choice(INTERPRETATIONS),
  financing,
  press: choice(PRESS_POLICIES),
  dressCode: optionalLine(200),
  flags: optionalParagraph(1000),
  budget: optionalLine(200),
  lessons: optionalParagraph(4000),
  purgeOn: optionalDate(),
};

/** `from` is the reference of the visit whose card this one was filled in with. */
const from = optionalLine(16).transform((ref, ctx) =>
  ref === null || /^V-\d{4}-\d{3,6}$/.test(ref) ? ref : refuse(ctx, 'error.invalid'),
);

/** The text of the letter that asks for the visit. */
const letter = optionalParagraph(LONGEST_LETTER);
/** Somebody whom the letter names. `take`: they are to be entered. */
const person = {
  name: line(128),
  title: optionalLine(300),
  courtesy: optionalLine(100),
  role: choice(MEMBER_ROLES),
};
const ticked = z.strictObject({ ...person, name: optionalLine(128), take: checkbox() });
/** Rows of a form, `people.0.name` and so on: those that are ticked, in their order. */
const people = z
  .record(z.string().regex(/^\d{1,2}$/), ticked)
  .nullish()
  .transform((rows, ctx) =>
    Object.entries(rows ?? {})
      .filter(([, { take }]) => take)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([at, { take: _ticked, name, ...rest }]) => {
        if (name !== null) return { ...rest, name };
        ctx.addIssue({ code: 'custom', message: 'error.required', path: [at, 'name'] });
        return z.NEVER;
      }),
  );

export const newVisitForm = z.strictObject({
  ...opening,
  from,
  letter,
  keepLetter: checkbox(),
  people,
});
/** `letter` is kept as the visit's incoming paper; `people` are entered as its members, in this order. */
export const newVisitInput = z
  .strictObject({
    ...opening,
    from: from.optional(),
    letter: letter.optional(),
    people: z.array(z.strictObject(person)).max(99).default([]),
  })
  .meta({ id: 'NewVisit' });
export const letterForm = z.strictObject({ letter: paragraph(LONGEST_LETTER) });
export const letterInput = letterForm.meta({ id: 'VisitLetterText' });

const foundOut = <T extends z.ZodType>(value: T) =>
  z.object({
    value,
    passages: z.array(z.object({ from: z.number(), to: z.number() })),
    note: z.enum(['year', 'case']).optional(),
  });
/** What the letter says, each with the passages that say it: offsets in `text`, the end not included. */
export const letterOut = z
  .object({
    text: z.string(),
    institution: foundOut(z.uuid()).nullable(),
    country: foundOut(z.string()).nullable(),
    initiator: foundOut(z.string()).nullable(),
    channel: foundOut(z.enum(CHANNELS)).nullable(),
    incomingNo: foundOut(z.string()).nullable(),
    incomingOn: foundOut(z.string()).nullable(),
    stay: foundOut(z.object({ startsOn: z.string(), endsOn: z.string() })).nullable(),
    flexible: foundOut(z.literal(true)).nullable(),
    kind: foundOut(z.enum(VISIT_KINDS)).nullable(),
    level: foundOut(z.number()).nullable(),
    purpose: foundOut(z.string()).nullable(),
    people: z.array(
      foundOut(
        z.object({
          name: z.string(),
          title: z.string().nullable(),
          courtesy: z.string().nullable(),
          role: z.enum(MEMBER_ROLES),
        }),
      ),
    ),
    emails: z.array(foundOut(z.string())),
    phones: z.array(foundOut(z.string())),
  })
  .meta({ id: 'VisitLetterReading' });
export const visitForm = z.strictObject({ ...opening, ...rest, version });
export const visitChanges = z
  .strictObject({ ...opening, ...rest })
  .partial()
  .meta({ id: 'VisitChanges' });

/** Who decided about the visit, when and why. */
const decision = { decidedBy: line(200), decidedOn: dateField(), decision: line(4000) };
export const decisionForm = z.strictObject({ ...decision, version });
export const decisionInput = z.strictObject(decision).meta({ id: 'VisitDecision' });

const step = {
  to: choice(VISIT_STATES),
  reason: optionalLine(1000),
  startsOn: optionalDate(),
  endsOn: optionalDate(),
};
export const stepForm = z.strictObject({ ...step, version });
export const stepInput = z
  .strictObject({ ...step, startsOn: step.startsOn.optional(), endsOn: step.endsOn.optional() })
  .meta({ id: 'VisitStep' });

export const overrideForm = z
  .strictObject({ key: choice(READINESS_KEYS), reason: line(1000) })
  .meta({ id: 'ReadinessOverride' });
export const restoreForm = z.strictObject({ key: choice(READINESS_KEYS) }).meta({ id: 'ReadinessRestored' });
/** An account of the staff, by its address. */
export const namedForm = z.strictObject({ accountId: z.uuid('error.visit.unknownAccount') }).meta({ id: 'VisitNamed' });

export const paperForm = z
  .strictObject({
    kind: choice(PAPER_KINDS),
    direction: choice(DIRECTIONS),
    number: optionalLine(60),
    issuedOn: dateField(),
    about: optionalLine(300),
  })
  .meta({ id: 'VisitPaperInput' });
export const emptyForm = z.strictObject({});

const filters = {
  q: optionalLine(200),
  state: optionalChoice([...VISIT_STATES, 'open']),
  year: optionalLine(4).transform((year, ctx) =>
    year === null || /^\d{4}$/.test(year) ? year : refuse(ctx, 'error.number.digits'),
  ),
  country: optionalCountry(),
};
export const visitQuery = z.strictObject({ ...filters, ...listQuery.shape });
export type VisitFilter = Omit<z.output<typeof visitQuery>, 'limit' | 'after'>;
export const newQuery = z.strictObject({ from: from.optional().catch(null) });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const visitOut = z
  .object({
    ref: z.string(),
    state: z.enum(VISIT_STATES),
    title: localizedOut,
    kind: z.enum(VISIT_KINDS),
    level: z.number(),
    confidentiality: z.enum(CONFIDENTIALITIES),
    institutionId: z.uuid().nullable(),
    country: z.string().nullable(),
    initiator: z.string().nullable(),
    channel: z.enum(CHANNELS).nullable(),
    incomingNo: z.string().nullable(),
    incomingOn: z.string().nullable(),
    purpose: z.string().nullable(),
    topics: z.string().nullable(),
    conferenceId: z.uuid().nullable(),
    agreementId: z.uuid().nullable(),
    startsOn: z.string().nullable(),
    endsOn: z.string().nullable(),
    flexible: z.boolean(),
    zone: z.string(),
    hostPrincipal: z.string().nullable(),
    responsibleId: z.uuid().nullable(),
    deputyId: z.uuid().nullable(),
    languages: z.array(z.string()),
    interpretation: z.enum(INTERPRETATIONS),
    financing: z.partialRecord(z.enum(COST_LINES), z.enum(PAYERS)),
    press: z.enum(PRESS_POLICIES),
    dressCode: z.string().nullable(),
    flags: z.string().nullable(),
    budget: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedOn: z.string().nullable(),
    decision: z.string().nullable(),
    lessons: z.string().nullable(),
    purgeOn: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Visit' });
export const visitList = listOf(visitOut).meta({ id: 'VisitList' });
export const readinessOut = z
  .object({
    next: z.array(z.enum(VISIT_STATES)),
    lines: z.array(
      z.object({
        key: z.enum(READINESS_KEYS),
        guards: z.string(),
        state: z.enum(['done', 'missing', 'overridden']),
        missing: z.array(z.object({ href: z.string(), what: z.string().nullable() })),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'VisitReadiness' });
export const paperOut = z
  .object({
    id: z.uuid(),
    kind: z.enum(PAPER_KINDS),
    direction: z.enum(DIRECTIONS),
    number: z.string().nullable(),
    issuedOn: z.string(),
    about: z.string().nullable(),
  })
  .meta({ id: 'VisitPaper' });
export const papersOut = z.object({ items: z.array(paperOut) }).meta({ id: 'VisitPapers' });
const counts = { visits: z.number(), guests: z.number() };
export const statisticsOut = z
  .object({
    items: z.array(
      z.object({
        year: z.number(),
        ...counts,
        countries: z.array(z.object({ country: z.string().nullable(), ...counts })),
      }),
    ),
  })
  .meta({ id: 'VisitStatistics' });
