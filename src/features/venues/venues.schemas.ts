import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { listOf, listQuery } from '../../platform/web/api.js';
import {
  choice,
  idField,
  integerField,
  localizedLine,
  optionalInteger,
  optionalLine,
  optionalLocalizedParagraph,
  optionalParagraph,
  refuse,
  slugField,
} from '../../platform/web/fields.js';
import { DIRECTIONS } from './room.rules.js';
import type { GeoPoint } from './venue.entity.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const coordinate = (limit: number) =>
  z
    .union([z.number(), optionalLine(20)], { error: 'error.venues.geo' })
    .nullish()
    .transform((given, ctx): number | null => {
      if (given === null || given === undefined || given === '') return null;
      const text = String(given).replace(',', '.');
      const value = /^-?\d{1,3}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
      return Math.abs(value) <= limit ? value : refuse(ctx, 'error.venues.geo');
    });

/** Both or neither. */
const geo = z
  .strictObject({ lat: coordinate(90), lon: coordinate(180) })
  .nullish()
  .transform((point, ctx): GeoPoint | null => {
    const { lat = null, lon = null } = point ?? {};
    if (lat === null && lon === null) return null;
    return lat === null || lon === null ? refuse(ctx, 'error.venues.geo') : { lat, lon };
  });

/** Ids of rooms: a form sends nothing, one text or several. */
const parts = z
  .union([z.string(), z.array(z.string()).max(20)], { error: 'error.venues.parts' })
  .nullish()
  .transform((given, ctx): string[] => {
    const ids = [...new Set([given ?? []].flat().filter((id) => id !== ''))];
    return ids.every((id) => idField().safeParse(id).success) ? ids : refuse(ctx, 'error.venues.parts');
  })
  .meta({ description: 'Ids of the rooms that it is made of' });

const venueFields = { code: slugField(40), name: localizedLine(200), address: optionalLocalizedParagraph(500), geo };
const roomFields = {
  code: slugField(40),
  name: localizedLine(200),
  capacity: optionalInteger({ min: 1, max: 100_000 }),
  notes: optionalParagraph(1000).transform((text) => text ?? ''),
  parts,
};

export const newVenueForm = z.strictObject(venueFields).meta({ id: 'NewVenue' });
export const venueForm = z.strictObject({ ...venueFields, version });
export const venueChanges = z.strictObject(venueFields).partial().meta({ id: 'VenueChanges' });
export const newRoomForm = z.strictObject(roomFields);
export const newRoomInput = z.strictObject({ venueId: idField(), ...roomFields }).meta({ id: 'NewRoom' });
export const roomForm = z.strictObject({ ...roomFields, version });
export const roomChanges = z.strictObject(roomFields).partial().meta({ id: 'RoomChanges' });
export const moveForm = z.strictObject({ direction: choice(DIRECTIONS) });
export const venueQuery = listQuery;

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const venueOut = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: localizedOut,
    address: localizedOut,
    geo: z.object({ lat: z.number(), lon: z.number() }).nullable(),
    version: z.number(),
  })
  .meta({ id: 'Venue' });
export const roomOut = z
  .object({
    id: z.uuid(),
    venueId: z.uuid(),
    code: z.string(),
    name: localizedOut,
    capacity: z.number().nullable(),
    position: z.number(),
    notes: z.string(),
    parts: z.array(z.string()),
    version: z.number(),
  })
  .meta({ id: 'Room' });
export const venueList = listOf(venueOut).meta({ id: 'VenueList' });
export const roomList = listOf(roomOut).meta({ id: 'RoomList' });
