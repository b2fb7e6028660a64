import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import { findingOut } from '../programme.answers.js';
import { KEPT_REASONS, RUN_AIMS } from '../scheduler/draft/draft.rules.js';
import { PLAN_AIMS } from '../scheduler/scheduler-task.rules.js';
import { RUN_STATES } from './scheduling-run.rules.js';

/* What the API answers about proposed places. */

const placeOut = z.object({
  startsAt: instantOut.nullable().meta({ description: 'null: waits without a time' }),
  minutes: z.number(),
  roomId: z.uuid().nullable(),
});

const costsOut = z
  .record(z.string(), z.number())
  .meta({ description: 'Points by rule; rules without any are left out' });

const planOut = z
  .object({
    aim: z.enum(PLAN_AIMS),
    moves: z.array(
      z.object({
        session: z.uuid(),
        from: placeOut,
        to: placeOut,
        state: z.enum(['open', 'done', 'changed', 'gone']).meta({
          description: 'open: may be taken over. done: stands there already. changed, gone: since the search',
        }),
      }),
    ),
    left: z.array(findingOut).meta({ description: 'Hard conflicts that the plan does not solve' }),
    brought: z
      .array(findingOut)
      .meta({ description: 'Hard conflicts that the open moves would bring as the draft is now' }),
    solved: z.number(),
    before: costsOut,
    after: costsOut,
    changed: z.boolean().meta({ description: 'The draft was changed since, and the points are counted anew' }),
    stuck: z.array(
      z.object({
        session: z.uuid(),
        looked: z.number(),
        obstacles: z.array(
          z.object({ rule: z.string(), places: z.number(), alone: z.number(), people: z.array(z.string()) }),
        ),
      }),
    ),
  })
  .meta({ id: 'ProposedPlan' });

export const schedulingRunOut = z
  .object({
    id: z.uuid(),
    state: z.enum(RUN_STATES),
    startedAt: instantOut,
    startedBy: z.string().nullable(),
    cancelAsked: z.boolean(),
    stopped: z
      .boolean()
      .meta({ description: 'Somebody ended it: plans may be missing, or not as good as they could be' }),
    asked: z.object({
      aim: z.enum(RUN_AIMS),
      withTray: z.boolean(),
      days: z.array(z.string()),
      earliest: z.string(),
      latest: z.string(),
      rooms: z.array(z.string()),
      languages: z.array(z.string()),
      seconds: z.number(),
      seed: z.number(),
      points: z.record(z.string(), z.number()),
    }),
    progress: z.object({ aim: z.enum(PLAN_AIMS), share: z.number(), hard: z.number(), soft: z.number() }).nullable(),
    minimum: z
      .object({
        state: z.enum(['proven', 'impossible', 'not-proven']),
        moved: z.number().optional(),
        starts: z.number().optional(),
        atLeast: z.number().optional(),
      })
      .nullable()
      .meta({ description: 'How few sessions any repair must move' }),
    plans: z.array(planOut),
    kept: z.array(z.object({ session: z.uuid(), reason: z.enum(KEPT_REASONS) })),
  })
  .meta({ id: 'SchedulingRun' });

export const acceptanceOut = z
  .object({
    operation: z.object({ id: z.uuid(), kind: z.string(), state: z.string() }),
    said: z.string(),
    skipped: z.array(z.uuid()).meta({ description: 'Changed since the search, and left alone' }),
  })
  .meta({ id: 'PlanTakenOver' });
