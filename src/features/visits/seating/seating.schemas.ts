import { z } from 'zod';
import { choice, integerField, optionalChoice } from '../../../platform/web/fields.js';
import { TABLE_SHAPES } from './seating.rules.js';

/** 0: nobody has settled the plan yet. */
const version = integerField({ min: 0, max: 2_000_000_000 });
const chair = integerField({ min: 1, max: 999 });

export const proposalForm = z.strictObject({ shape: choice(TABLE_SHAPES), version }).meta({ id: 'SeatingProposal' });
export const swapForm = z
  .strictObject({ a: chair, b: chair, shape: optionalChoice(TABLE_SHAPES), version })
  .meta({ id: 'SeatingSwap' });
export const shapeQuery = z.strictObject({ shape: optionalChoice(TABLE_SHAPES).optional() });

export const seatingOut = z
  .object({
    shape: z.enum(TABLE_SHAPES),
    seats: z.array(
      z.object({
        no: z.number(),
        x: z.number(),
        y: z.number(),
        facing: z.enum(['up', 'down', 'left', 'right']),
        side: z.enum(['host', 'guest']).nullable(),
        personId: z.uuid().nullable(),
      }),
    ),
    version: z.number(),
  })
  .meta({ id: 'Seating' });
