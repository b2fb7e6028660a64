import { z } from 'zod';
import { LANGUAGES } from '../../../kernel/languages.js';
import { listOf, listQuery } from '../../../platform/web/api.js';
import { checkbox, choice, choices, integerField, optionalChoice, refuse } from '../../../platform/web/fields.js';
import {
  directionsOf,
  INTERPRETING_MODES,
  pairsOf,
  STANDINGS,
  type Direction,
  type LanguagePair,
} from './interpreter.rules.js';

/** Rows for language pairs on the form. */
export const PAIR_ROWS = Array.from({ length: 20 }, (_, index) => String(index + 1));

const version = integerField({ min: 1, max: 2_000_000_000 });
const profileFields = {
  modes: choices(INTERPRETING_MODES),
  standing: choice(STANDINGS),
  sworn: checkbox(),
};

const typedPair = z
  .strictObject({ from: optionalChoice(LANGUAGES), to: optionalChoice(LANGUAGES), both: checkbox() })
  .transform(({ from, to, both }, ctx): LanguagePair | null => {
    if (from === null && to === null) return null;
    if (from === null || to === null) {
      ctx.addIssue({ code: 'custom', path: [from === null ? 'from' : 'to'], message: 'error.required' });
      return z.NEVER;
    }
    if (from === to) {
      ctx.addIssue({ code: 'custom', path: ['to'], message: 'error.people.sameLanguage' });
      return z.NEVER;
    }
    return { from, to, both };
  });

/** Rows of the form as directions; rows left empty do not count. */
const typedPairs = z
  .strictObject(Object.fromEntries(PAIR_ROWS.map((row) => [row, typedPair.optional()])))
  .optional()
  .transform((rows, ctx): Direction[] => {
    const directions = directionsOf(PAIR_ROWS.flatMap((row) => rows?.[row] ?? []));
    if (directions.length > 0) return directions;
    ctx.addIssue({ code: 'custom', path: [PAIR_ROWS[0]!, 'from'], message: 'error.required' });
    return z.NEVER;
  });

const direction = z
  .strictObject({ from: choice(LANGUAGES), to: choice(LANGUAGES) })
  .transform((given, ctx): Direction => (given.from === given.to ? refuse(ctx, 'error.people.sameLanguage') : given));
const directions = z
  .array(direction, { error: 'error.required' })
  .min(1, 'error.required')
  .transform((given, ctx) => {
    const all = directionsOf(given.map((one) => ({ ...one, both: false })));
    // What the form has no rows for, nobody could change there.
    return pairsOf(all).length > PAIR_ROWS.length ? refuse(ctx, 'error.invalid') : all;
  });

/** Without a version: nobody has said yet that the person interprets. */
export const profileForm = z.strictObject({ pair: typedPairs, ...profileFields, version: version.optional() });
export const profileVersionForm = z.strictObject({ version });
export const profileInput = z.strictObject({ directions, ...profileFields }).meta({ id: 'InterpreterProfileInput' });

const language = z.enum(LANGUAGES).or(z.literal('')).optional();
const wanted = { from: language, to: language };
export const interpretersFilter = z.object(wanted).catch({});
export const interpretersQuery = listQuery.extend(wanted);

const directionOut = z.object({ from: z.enum(LANGUAGES), to: z.enum(LANGUAGES) });
export const profileOut = z
  .object({
    personId: z.string().meta({ description: 'Public id of the person' }),
    directions: z.array(directionOut),
    modes: z.array(z.enum(INTERPRETING_MODES)),
    standing: z.enum(STANDINGS),
    sworn: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'InterpreterProfile' });
export const interpreterList = listOf(profileOut.extend({ name: z.string() }).meta({ id: 'Interpreter' })).meta({
  id: 'InterpreterList',
});
