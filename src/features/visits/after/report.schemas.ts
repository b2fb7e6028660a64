import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import { integerField, optionalParagraph } from '../../../platform/web/fields.js';
import { DUTIES } from './duty.rules.js';

const texts = { results: optionalParagraph(4000), lessons: optionalParagraph(4000) };
export const reportForm = z.strictObject({ ...texts, version: integerField({ min: 1, max: 2_000_000_000 }) });
export const reportInput = z.strictObject(texts).meta({ id: 'VisitReportInput' });

export const reportOut = z
  .object({
    results: z.string().nullable(),
    lessons: z.string().nullable(),
    participants: z.object({ inPerson: z.number(), online: z.number(), ours: z.number(), interpreters: z.number() }),
    sessions: z.number(),
    incidents: z.array(z.object({ at: instantOut, what: z.string(), who: z.string().nullable() })),
    commitments: z.array(
      z.object({ text: z.string(), promisedBy: z.string(), state: z.string(), dueOn: z.string().nullable() }),
    ),
    costs: z.array(
      z.object({ payer: z.string().nullable(), currency: z.string(), planned: z.number(), spent: z.number() }),
    ),
    duties: z.array(z.object({ duty: z.enum(DUTIES), dueOn: z.string(), urgency: z.string() })),
    version: z.number(),
  })
  .meta({ id: 'VisitReport', description: 'Sums in minor units' });
