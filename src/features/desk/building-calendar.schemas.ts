import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut } from '../../platform/web/api.js';
import { optionalChoice, optionalDate, optionalId } from '../../platform/web/fields.js';
import { SESSION_KINDS } from '../programme/index.js';
import { CALENDAR_KINDS } from './building-calendar.rules.js';

export const SPANS = ['day', 'week'] as const;

const asked = {
  on: optionalDate(),
  span: optionalChoice(SPANS),
  venue: optionalId(),
  room: optionalId(),
  kind: optionalChoice(CALENDAR_KINDS),
};
export const calendarInput = z.strictObject(asked);
/** An address that was typed wrong shows the week of today. */
export const calendarQuery = calendarInput.catch({ on: null, span: null, venue: null, room: null, kind: null });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const buildingCalendarOut = z
  .object({
    from: z.string(),
    to: z.string(),
    zone: z.string(),
    items: z.array(
      z.object({
        kind: z.enum(CALENDAR_KINDS),
        startsAt: instantOut,
        endsAt: instantOut,
        roomId: z.uuid().nullable(),
        /** Null where the caller may not know what it is. */
        title: localizedOut.nullable(),
        sessionKind: z.enum(SESSION_KINDS).nullable(),
        owner: z.object({ title: localizedOut, address: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'BuildingCalendar' });
