import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import { choice, dateField, line, paragraph } from '../../../platform/web/fields.js';

export const HOLD_KINDS = ['person', 'visit', 'conference'] as const;

const hold = {
  kind: choice(HOLD_KINDS),
  subject: line(80),
  reason: paragraph(1000),
  endsOn: dateField(),
};
export const holdForm = z.strictObject(hold);
export const holdInput = z
  .strictObject({
    ...hold,
    subject: line(80).meta({
      description: 'A person’s public id, a visit’s reference, the name in a conference’s address',
    }),
  })
  .meta({ id: 'LegalHoldInput' });
export const nothingForm = z.strictObject({});

export const holdOut = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    subject: z.string(),
    reason: z.string(),
    endsOn: z.string(),
    createdAt: instantOut,
  })
  .meta({ id: 'LegalHold' });
export const holdsOut = z.object({ items: z.array(holdOut) }).meta({ id: 'LegalHolds' });
export const planOut = z
  .object({
    until: instantOut,
    waits: z
      .boolean()
      .meta({ description: 'The clock leapt; nothing is deleted until somebody says that it is right' }),
    items: z.array(
      z.object({
        name: z.string(),
        group: z.string(),
        count: z.number().meta({ description: 'What will be deleted by then' }),
        held: z.number().meta({ description: 'Past its term by then, and kept by a legal hold' }),
      }),
    ),
  })
  .meta({ id: 'PurgePlan' });
