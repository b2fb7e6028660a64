import { z } from 'zod';
import {
  dateField,
  idField,
  instantField,
  integerField,
  localDateTimeField,
  optionalDate,
  optionalId,
  optionalInteger,
  optionalTime,
  timeField,
} from '../../../platform/web/fields.js';
import { MAX_SESSION_MINUTES } from '../session.rules.js';

const DAY_CHOICES = ['1', '2', '3', '7'] as const;
const version = integerField({ min: 1, max: 2_000_000_000 });
const minutes = integerField({ min: 1, max: MAX_SESSION_MINUTES });
/** A day at most in either direction; more is another day, which has its own form. */
const shiftMinutes = integerField({ min: -1440, max: 1440 });
const MOST = 500;

const seenRow = z.strictObject({ id: idField(), version });
const start = z.union([instantField(), localDateTimeField()], { error: 'error.time.local' }).nullable();

/* The steps of the board as the API takes them. A step that finds its sessions itself names those that were seen. */
const placeStep = z.strictObject({
  kind: z.literal('place'),
  sessions: z
    .array(z.strictObject({ id: idField(), version, start, minutes, roomId: optionalId() }))
    .min(1)
    .max(MOST),
});
const swapStep = { kind: z.literal('swap'), a: idField(), b: idField() };
const shiftStep = { kind: z.literal('shift'), day: dateField(), from: timeField(), minutes: shiftMinutes };
const copyStep = { kind: z.literal('copy-day'), day: dateField(), to: dateField() };
const seen = z.array(seenRow).max(MOST);

export const operationInput = z
  .discriminatedUnion('kind', [
    placeStep,
    z.strictObject({ ...swapStep, seen }),
    z.strictObject({ ...shiftStep, seen }),
    z.strictObject({ ...copyStep, seen }),
  ])
  .meta({ id: 'BoardOperationInput' });
export const previewInput = z
  .discriminatedUnion('kind', [
    placeStep,
    z.strictObject(swapStep),
    z.strictObject(shiftStep),
    z.strictObject(copyStep),
  ])
  .meta({ id: 'BoardPreviewInput' });

/** More than these at once are moved without a look at every place. */
export const MOST_TOGETHER = 24;
const DAY_MS = 86_400_000;

/** How bad every start of a stretch of time is: one session, or several with commas between. */
export const heatQuery = z
  .strictObject({
    sessions: z
      .string({ error: 'error.required' })
      .transform((text) => text.split(','))
      .pipe(z.array(idField()).min(1, 'error.required').max(MOST_TOGETHER, 'error.board.tooMany')),
    from: instantField(),
    to: instantField(),
    /** Minutes between possible starts. */
    step: optionalInteger({ min: 5, max: 60 }),
    /** Another length than the sessions have. */
    minutes: optionalInteger({ min: 1, max: MAX_SESSION_MINUTES }),
    /** `1`: with what every place weighs. */
    points: z.enum(['0', '1']).default('0'),
  })
  .refine(({ from, to }) => from < to, { error: 'error.programme.endBeforeStart', path: ['to'] })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= 2 * DAY_MS, {
    error: 'error.programme.tooManyDays',
    params: { max: 2 },
    path: ['to'],
  });

/** Where sessions would stand; the first is the one that leads. */
export const reasonsInput = z
  .strictObject({
    places: z
      .array(
        z.strictObject({
          id: idField(),
          start: z.union([instantField(), localDateTimeField()], { error: 'error.time.local' }),
          minutes,
          roomId: optionalId(),
        }),
      )
      .min(1)
      .max(MOST_TOGETHER),
  })
  .meta({ id: 'BoardReasonsInput' });

/** What the address of the board says; what it cannot mean is left out. */
export const boardQuery = z.object({
  day: z.iso.date().optional().catch(undefined),
  days: z.enum(DAY_CHOICES).catch('1'),
  rooms: z.enum(['all', 'used']).catch('all'),
  tray: z.string().max(200).optional().catch(undefined),
});
export type BoardQuery = z.output<typeof boardQuery>;
export { DAY_CHOICES };

/** Where a form goes back to: the day that was open on the board. */
export const backQuery = z.object({
  board: z.iso.date().optional().catch(undefined),
  days: z.enum(DAY_CHOICES).optional().catch(undefined),
});

export const turnForm = z.strictObject({});

export const movePageForm = z.strictObject({
  day: optionalDate(),
  time: optionalTime(),
  minutes,
  roomId: optionalId(),
  version,
  board: optionalDate(),
  days: z.enum(['', ...DAY_CHOICES]).default(''),
});

/** The rows that a preview showed: `id:version`, several texts of one name or one. */
const seenTexts = z
  .union([z.string(), z.array(z.string()).max(MOST)], { error: 'error.invalid' })
  .transform((given, ctx) =>
    [given].flat().map((text) => {
      const [id, version] = text.split(':');
      const row = seenRow.safeParse({ id, version });
      if (!row.success) ctx.addIssue({ code: 'custom', message: 'error.invalid' });
      return row.data ?? { id: '', version: 0 };
    }),
  );

/* The forms for several sessions are asked by GET, so that a preview has an address, and confirmed with what it showed. */
const shiftAsked = { day: dateField(), from: timeField(), minutes: shiftMinutes };
const swapAsked = { a: idField(), b: idField() };
const copyAsked = { day: dateField(), to: dateField() };
export const SEVERAL = {
  shift: { asked: z.strictObject(shiftAsked), confirmed: z.strictObject({ ...shiftAsked, seen: seenTexts }) },
  swap: { asked: z.strictObject(swapAsked), confirmed: z.strictObject({ ...swapAsked, seen: seenTexts }) },
  'copy-day': { asked: z.strictObject(copyAsked), confirmed: z.strictObject({ ...copyAsked, seen: seenTexts }) },
} as const;
