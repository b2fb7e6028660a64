import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { listOf, listQuery } from '../../platform/web/api.js';
import {
  checkbox,
  choice,
  dateField,
  integerField,
  line,
  localizedLine,
  optionalEmail,
  optionalId,
  optionalInteger,
  optionalLocalizedLine,
  optionalLocalizedParagraph,
  refuse,
  slugField,
  zoneField,
} from '../../platform/web/fields.js';
import { CONFERENCE_KINDS } from './kinds.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

/** Letters and digits before the number of a registration: `C27`. */
const numberPrefix = line(8).transform((text, ctx) => {
  const prefix = text.toUpperCase();
  return /^[A-Z0-9]{1,8}$/.test(prefix) ? prefix : refuse(ctx, 'error.conference.numberPrefix');
});

/** The fields of a conference, for forms and the API alike. */
const conferenceFields = {
  slug: slugField(80),
  kind: choice(CONFERENCE_KINDS),
  title: localizedLine(300),
  tagline: optionalLocalizedLine(300),
  startsOn: dateField(),
  endsOn: dateField(),
  zone: zoneField(),
  seriesId: optionalId(),
  editionNo: optionalInteger({ min: 1, max: 999 }),
  parentId: optionalId(),
  venueId: optionalId(),
  host: optionalLocalizedLine(300),
  contactEmail: optionalEmail().transform((email) => email?.address ?? null),
  numberPrefix,
  public: checkbox(),
};
const texts = { description: optionalLocalizedParagraph(20_000), practical: optionalLocalizedParagraph(20_000) };

export const newConferenceForm = z.strictObject(conferenceFields);
export const conferenceForm = z.strictObject({ ...conferenceFields, ...texts, version });
export const newConferenceInput = z.strictObject({ ...conferenceFields, ...texts }).meta({ id: 'NewConference' });
export const conferenceChanges = newConferenceInput.partial().meta({ id: 'ConferenceChanges' });

export const conferenceFilter = z.strictObject({
  q: z.string().max(200).optional(),
  kind: z.union([z.literal(''), z.enum(CONFERENCE_KINDS)]).optional(),
  when: z.enum(['', 'coming', 'past']).optional(),
});
export const conferenceQuery = listQuery.extend({ kind: z.enum(CONFERENCE_KINDS).optional() });

const seriesFields = { code: slugField(40), title: localizedLine(300) };
export const newSeriesInput = z.strictObject(seriesFields).meta({ id: 'NewSeries' });
export const seriesForm = z.strictObject({ ...seriesFields, version });
export const seriesChanges = newSeriesInput.partial().meta({ id: 'SeriesChanges' });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const conferenceOut = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    kind: z.enum(CONFERENCE_KINDS),
    seriesId: z.uuid().nullable(),
    editionNo: z.number().nullable(),
    parentId: z.uuid().nullable(),
    title: localizedOut,
    tagline: localizedOut,
    description: localizedOut,
    practical: localizedOut,
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    zone: z.string(),
    venueId: z.uuid().nullable(),
    host: localizedOut,
    contactEmail: z.string().nullable(),
    numberPrefix: z.string(),
    public: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'Conference' });
export const conferenceList = listOf(conferenceOut).meta({ id: 'ConferenceList' });
export const seriesOut = z
  .object({ id: z.uuid(), code: z.string(), title: localizedOut, version: z.number() })
  .meta({ id: 'Series' });
export const seriesList = listOf(seriesOut).meta({ id: 'SeriesList' });
