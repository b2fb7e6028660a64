import { z } from 'zod';
import { LANGUAGES } from '../../../kernel/languages.js';
import {
  checkbox,
  choice,
  choices,
  dateField,
  idField,
  integerField,
  refuse,
  timeField,
} from '../../../platform/web/fields.js';

import { USUAL_SETTINGS, type SoftRule } from '../scheduler/congress/congress.rules.js';
import { RUN_AIMS } from '../scheduler/draft/draft.rules.js';
import { PLAN_AIMS } from '../scheduler/scheduler-task.rules.js';

export const SECONDS = ['5', '10', '30', '60'] as const;
/** Longer than two weeks is no gathering any more whose days could change places. */
export const MOST_DAYS = 14;
const MOST_ROOMS = 200;

/** Wishes that a programme has something to say about; the others wait for delegations and guests of honour. */
export const WISHES = [
  'seats-missing',
  'seats-empty',
  'popular-in-smaller-room',
  'strand-parallel',
  'strand-changes-room',
  'beside-plenary',
  'favourites-parallel',
  'language-missing',
  'ends-late',
  'idle-night',
  'buffet-crowded',
  'online-at-night',
  'not-the-wished-room',
] as const satisfies readonly SoftRule[];

const weight = integerField({ min: 0, max: 1000 });
const points = z.strictObject(
  Object.fromEntries(WISHES.map((rule) => [rule, weight])) as Record<(typeof WISHES)[number], typeof weight>,
);
const seed = integerField({ min: 0, max: 2_147_483_647 });

/** One text or several of one name, each read by a field; at least one. */
const several = <S extends z.ZodType<string>>(field: S, most: number) =>
  z
    .union([z.string(), z.array(z.string()).max(most, { error: 'error.choice' })], { error: 'error.required' })
    .transform((given, ctx): string[] => {
      const read = [given].flat().map((text) => field.safeParse(text));
      if (read.some(({ success }) => !success)) return refuse(ctx, 'error.choice');
      return [...new Set(read.map(({ data }) => data!))];
    });

const days = several(dateField(), 366).transform((list, ctx) =>
  list.length > MOST_DAYS ? refuse(ctx, 'error.programme.tooManyDays', { max: MOST_DAYS }) : list.sort(),
);
const rooms = several(idField(), MOST_ROOMS);
const version = integerField({ min: 1, max: 2_000_000_000 });

const asked = {
  aim: choice(RUN_AIMS),
  withTray: checkbox(),
  days,
  earliest: timeField(),
  latest: timeField(),
  rooms,
  languages: choices(LANGUAGES),
  seconds: choice(SECONDS),
  seed,
};

export const proposalForm = z.strictObject({ ...asked, points });
/** What is left out is as the page suggests it. */
export const proposalInput = z
  .strictObject({
    ...asked,
    days: days.optional(),
    earliest: timeField().optional(),
    latest: timeField().optional(),
    rooms: rooms.optional(),
    languages: choices(LANGUAGES).optional(),
    seconds: z.union([z.number().int().min(1).max(60), choice(SECONDS)]).optional(),
    seed: seed.optional(),
    points: points.partial().optional(),
  })
  .meta({ id: 'NewSchedulingRun' });

export const acceptForm = z.strictObject({
  plan: choice(PLAN_AIMS),
  all: checkbox(),
  sessions: z
    .union([z.string(), z.array(z.string()).max(2000)])
    .nullish()
    .transform((given) => (given === null || given === undefined ? [] : [given].flat())),
  anyway: checkbox(),
  version,
});
export const acceptInput = z
  .strictObject({
    plan: choice(PLAN_AIMS),
    /** Left out: the whole plan. */
    sessions: z.array(idField()).min(1).max(2000).optional(),
    /** Although it brings conflicts. */
    anyway: checkbox(),
  })
  .meta({ id: 'PlanAcceptance' });

export const planQuery = z.object({ plan: z.enum(PLAN_AIMS).optional().catch(undefined) });

/** Every weight, those that cannot be asked for as usual. */
export function pointsOf(asked: Partial<Record<SoftRule, number>>): Readonly<Record<SoftRule, number>> {
  return { ...USUAL_SETTINGS.points, ...asked };
}
