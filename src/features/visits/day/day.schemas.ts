import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import {
  choice,
  instantField,
  line,
  localDateTimeField,
  optionalDate,
  optionalLine,
  refuse,
} from '../../../platform/web/fields.js';
import { TICKED_KEY } from './tick.rules.js';

const key = line(48).transform((text, ctx) => (TICKED_KEY.test(text) ? text : refuse(ctx, 'error.visit.noSuchLine')));

export const dayQuery = z.strictObject({ on: optionalDate() });
export const tickForm = z.strictObject({ key, done: choice(['yes', 'no']) });
/** `at`: when it was tapped; taps may come late and in any order. */
export const ticksInput = z
  .strictObject({ ticks: z.array(z.strictObject({ key, done: z.boolean(), at: instantField() })).max(500) })
  .meta({ id: 'VisitTicks' });
export const ticksOut = z
  .object({ items: z.array(z.object({ key: z.string(), at: instantOut.nullable(), done: z.boolean() })) })
  .meta({ id: 'VisitDay' });

const incident = { what: line(1000), who: optionalLine(200) };
/** On the clock of the venue. */
export const incidentForm = z.strictObject({ ...incident, happenedAt: localDateTimeField() });
export const incidentInput = z.strictObject({ ...incident, at: instantField() }).meta({ id: 'VisitIncidentInput' });
export const incidentOut = z
  .object({ id: z.uuid(), at: instantOut, what: z.string(), who: z.string().nullable() })
  .meta({ id: 'VisitIncident' });
export const incidentsOut = z.object({ items: z.array(incidentOut) }).meta({ id: 'VisitIncidents' });
