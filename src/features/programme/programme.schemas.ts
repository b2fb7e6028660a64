import { z } from 'zod';
import { LANGUAGES } from '../../kernel/languages.js';
import { safeLink } from '../../kernel/links.js';
import { isZone } from '../../kernel/zones.js';
import { listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  choices,
  idField,
  instantField,
  integerField,
  line,
  localDateTimeField,
  localizedLine,
  optionalChoice,
  optionalDate,
  optionalId,
  optionalInteger,
  optionalLine,
  optionalLocalizedLine,
  optionalLocalizedParagraph,
  optionalTime,
  refuse,
  slugField,
  timeField,
} from '../../platform/web/fields.js';
import { ASSIGNMENT_ROLES, ASSIGNMENT_STATES } from './assignment.rules.js';
import { AVAILABILITY_KINDS, WEEKLY_KINDS } from './availability.rules.js';
import { DEFAULT_LIMITS } from './conflicts/limits.rules.js';
import { LAYOUTS, MAX_SESSION_MINUTES, SESSION_KINDS, SESSION_STATUSES } from './session.rules.js';

/** Names that RFC 7986 knows and that keep apart on paper and screen. */
export const STRAND_COLOURS = [
  'steelblue',
  'seagreen',
  'darkorange',
  'firebrick',
  'mediumpurple',
  'teal',
  'goldenrod',
  'slategray',
] as const;
const DIRECTIONS = ['up', 'down'] as const;

const version = integerField({ min: 1, max: 2_000_000_000 });
const minutes = integerField({ min: 1, max: MAX_SESSION_MINUTES });
const places = optionalInteger({ min: 1, max: 100_000 });
const joinAddress = optionalLine(500).transform((text, ctx): string | null => {
  if (text === null) return null;
  return (/^https:/i.test(text) && safeLink(text)) || refuse(ctx, 'error.programme.joinAddress');
});

const sessionTexts = {
  kind: choice(SESSION_KINDS),
  title: localizedLine(300),
  abstract: optionalLocalizedParagraph(5000),
  strandId: optionalId(),
  onlineUrl: joinAddress,
  languages: choices(LANGUAGES),
  interpretation: choices(LANGUAGES),
  capacity: places,
  expected: places,
  layout: optionalChoice(LAYOUTS),
  parallel: checkbox(),
  restricted: checkbox(),
  pinned: checkbox(),
};
const typedPlace = { day: optionalDate(), time: optionalTime(), minutes, roomId: optionalId() };

const talkFields = {
  title: localizedLine(300),
  abstract: optionalLocalizedParagraph(5000),
  minutes: optionalInteger({ min: 1, max: 1440 }),
  language: optionalChoice(LANGUAGES),
};
const strandFields = { code: slugField(40), name: localizedLine(200), colour: choice(STRAND_COLOURS) };
const seat = optionalInteger({ min: 1, max: 500 });
/** Where somebody sits who takes part online. */
const onlineZone = optionalLine(60).transform((zone, ctx): string | null =>
  zone === null || (isZone(zone) && !zone.startsWith('Etc/')) ? zone : refuse(ctx, 'error.zone'),
);
const releaseFields = { name: optionalLocalizedLine(120), note: optionalLocalizedParagraph(2000), final: checkbox() };
const after = integerField({ min: 0, max: 1_000_000 });

export const newSessionForm = z.strictObject({ ...sessionTexts, ...typedPlace });
export const sessionForm = z.strictObject({ ...sessionTexts, ...typedPlace, version });
export const versionForm = z.strictObject({ version });
export const newTalkForm = z.strictObject(talkFields);
export const talkForm = z.strictObject({ ...talkFields, version });
export const orderForm = z.strictObject({ direction: choice(DIRECTIONS) });
export const assignForm = z.strictObject({
  personId: idField(),
  talkId: optionalId(),
  role: choice(ASSIGNMENT_ROLES),
  state: choice(['confirmed', 'proposed'] as const),
  seat,
  zone: onlineZone,
});
export const answerForm = z.strictObject({ state: choice(ASSIGNMENT_STATES) });
export const seatForm = z.strictObject({ seat: integerField({ min: 1, max: 500 }), version });
export const newStrandForm = z.strictObject(strandFields).meta({ id: 'NewStrand' });
export const strandForm = z.strictObject({ ...strandFields, version });
export const overrideForm = z.strictObject({ key: line(180), reason: line(500) }).meta({ id: 'FindingOverride' });
export const overrideKeyForm = z.strictObject({ key: line(180) });
const weeklyFields = { weekday: integerField({ min: 1, max: 7 }), opensAt: timeField(), closesAt: timeField() };
export const newWeeklyInput = z
  .strictObject({ kind: choice(WEEKLY_KINDS), ...weeklyFields })
  .meta({ id: 'NewWeeklyAvailability' });
/** On the page it stands beside the form of dated times, which has a kind, too. */
export const weeklyForm = z.strictObject({ weeklyKind: choice(WEEKLY_KINDS), ...weeklyFields });
const limit = integerField({ min: 0, max: 1440 });
const limitFields = {
  walk: limit,
  travel: limit,
  setup: limit,
  afterArrival: limit,
  beforeDeparture: limit,
  interpreterAlone: limit,
  interpreterDay: limit,
} satisfies Record<keyof typeof DEFAULT_LIMITS, unknown>;
export const limitsForm = z.strictObject({ ...limitFields, version });
export const limitsInput = z.strictObject(limitFields).meta({ id: 'ConflictLimits' });
export const timeForm = z.strictObject({
  kind: choice(AVAILABILITY_KINDS),
  startsAt: localDateTimeField(),
  endsAt: localDateTimeField(),
});
export const emptyForm = z.strictObject({});
/** The mails that follow leave at once, when they are as many as was shown. */
const send = optionalInteger({ min: 1, max: 100_000 });
export const publishForm = z.strictObject({ ...releaseFields, after, send });

export const sessionsQuery = z
  .object({
    q: z.string().max(200).optional(),
    strand: z.string().max(40).optional(),
    kind: z.enum(SESSION_KINDS).or(z.literal('')).optional(),
    show: z.enum(['all', 'conflicts', 'tray', '']).optional(),
  })
  .catch({});
export const pickerQuery = z
  .object({ q: z.string().max(200).optional(), talk: z.string().max(40).optional() })
  .catch({});

/** A start is a moment with its offset, or a local time on the clock of the programme; null puts into the tray. */
const moment = z.union([instantField(), localDateTimeField()], { error: 'error.time.local' });
const start = moment.nullable();
const place = z.strictObject({ start, minutes, roomId: optionalId() });
const defaulted = z.strictObject(sessionTexts).omit({ kind: true, title: true }).partial().shape;

export const sessionListQuery = listQuery.extend({
  strand: slugField(40).optional(),
  status: z.enum(SESSION_STATUSES).optional(),
});
export const newSessionInput = z
  .strictObject({ kind: sessionTexts.kind, title: sessionTexts.title, ...defaulted, place: place.partial().optional() })
  .meta({ id: 'NewSession' });
export const sessionChanges = z
  .strictObject({ ...z.strictObject(sessionTexts).partial().shape, place: place.optional() })
  .meta({ id: 'SessionChanges' });
export const moveInput = place.meta({ id: 'Move' });
export const newTalkInput = z
  .strictObject({ title: talkFields.title, ...z.strictObject(talkFields).omit({ title: true }).partial().shape })
  .meta({ id: 'NewTalk' });
export const talkChanges = z.strictObject(talkFields).partial().meta({ id: 'TalkChanges' });
export const strandChanges = z.strictObject(strandFields).partial().meta({ id: 'StrandChanges' });
/** `personId` of another assignment, or the public id that people have everywhere else. */
export const newAssignmentInput = z
  .strictObject({
    personId: line(40),
    talkId: optionalId().optional(),
    role: choice(ASSIGNMENT_ROLES),
    state: choice(ASSIGNMENT_STATES).optional(),
    seat: seat.optional(),
    zone: onlineZone.optional(),
  })
  .meta({ id: 'NewAssignment' });
export const assignmentChanges = z
  .strictObject({ state: choice(ASSIGNMENT_STATES), seat })
  .partial()
  .meta({ id: 'AssignmentChanges' });
export const newTimeInput = z
  .strictObject({ kind: choice(AVAILABILITY_KINDS), startsAt: moment, endsAt: moment })
  .meta({ id: 'NewAvailability' });
export const newReleaseInput = z
  .strictObject({ ...z.strictObject(releaseFields).partial().shape, after: after.optional(), send: send.optional() })
  .meta({ id: 'NewRelease' });
const side = integerField({ min: 0, max: 1_000_000 });
/** Which two to compare; `draft` is what is planned now. */
export const comparisonQuery = z.strictObject({ from: side, to: z.literal('draft').or(side).default('draft') });
