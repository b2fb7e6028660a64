import { z } from 'zod';
import { checkbox, integerField } from '../../../platform/web/fields.js';
import { detailsForm, ENTRY_OUTCOMES, VISA_STATES } from '../../registration/index.js';

/** What a passport says, given by somebody else; `version` is left out where there was no request yet. */
export const memberDetailsForm = detailsForm.extend({
  version: integerField({ min: 1, max: 2_000_000_000 }).optional(),
});
export const memberDetailsInput = detailsForm
  .omit({ version: true, mrz: true, consent: true })
  .extend({ consent: checkbox().meta({ description: 'The person knows of it and agrees' }) })
  .meta({ id: 'MemberPassport' });

const row = z.object({
  member: z.uuid(),
  place: z.number(),
  name: z.string(),
  citizenship: z.string().nullable(),
  need: z.enum(ENTRY_OUTCOMES).nullable().meta({ description: 'What the table says; null: too little is known' }),
  state: z.enum(VISA_STATES).nullable().meta({ description: 'Of the request; null: there is none' }),
  mismatch: z.boolean(),
  expiresSoon: z.boolean(),
});
export const visitVisasOut = z.object({ items: z.array(row) }).meta({ id: 'VisitVisas' });
export const openedOut = z.object({ opened: z.number() }).meta({ id: 'VisasOpened' });
