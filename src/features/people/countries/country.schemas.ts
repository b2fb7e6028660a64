import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { listOf, listQuery } from '../../../platform/web/api.js';
import {
  choice,
  integerField,
  line,
  optionalChoice,
  optionalDate,
  optionalLine,
  optionalLocalizedLine,
  optionalParagraph,
  refuse,
} from '../../../platform/web/fields.js';
import { fileField } from '../../../platform/web/uploads.js';
import { COUNTRY_DAY_KINDS, readDays, type CountryDay, type CountryDayKind } from './country.rules.js';

const version = integerField({ min: 0, max: 2_000_000_000 });
const MOST_DAYS = 20;

const typedDays = (kind: CountryDayKind) =>
  optionalParagraph(2000).transform((text, ctx): CountryDay[] => {
    const read = readDays(text ?? '', kind);
    if ('wrongLine' in read) return refuse(ctx, 'error.countries.day', { line: read.wrongLine });
    return read.days.length > MOST_DAYS ? refuse(ctx, 'error.countries.manyDays', { max: MOST_DAYS }) : read.days;
  });

const said = {
  shortName: optionalLocalizedLine(120),
  officialName: optionalLocalizedLine(300),
  protocolNote: optionalParagraph(4000),
  flagCheckedOn: optionalDate(),
};
export const countryForm = z.strictObject({
  ...said,
  national: typedDays('national'),
  mourning: typedDays('mourning'),
  version,
});

const dayInput = z
  .strictObject({ kind: choice(COUNTRY_DAY_KINDS), day: line(5), name: line(200) })
  .transform((given, ctx): CountryDay => {
    const [month = '', day = ''] = given.day.split('-');
    const read = readDays(`${day}.${month} x`, given.kind);
    if ('wrongLine' in read || read.days[0]?.day !== given.day) return refuse(ctx, 'error.countries.day', { line: 1 });
    return given;
  });
export const countryInput = z
  .strictObject({ ...said, days: z.array(dayInput).max(2 * MOST_DAYS) })
  .meta({ id: 'CountryInput' });

export const flagForm = z.strictObject({ file: fileField(), version });
export const flagInput = z.strictObject({ file: fileField(), version: version.optional() }).meta({ id: 'FlagUpload' });
export const flagRemovalForm = z.strictObject({ version });
export const countriesQuery = z.strictObject({ q: optionalLine(100), own: optionalChoice(['yes']) });
export const countriesApiQuery = listQuery;

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const countryOut = z
  .object({
    code: z.string(),
    name: z.record(z.enum(LOCALES), z.string()).meta({ description: 'As we print it' }),
    shortName: localizedOut.meta({ description: 'What staff said, where it is not the common name' }),
    officialName: localizedOut,
    days: z.array(z.object({ kind: z.enum(COUNTRY_DAY_KINDS), day: z.string(), name: z.string() })),
    protocolNote: z.string().nullable(),
    flagCheckedOn: z.string().nullable(),
    hasFlag: z.boolean(),
    version: z.number(),
  })
  .meta({ id: 'Country' });
export const countryList = listOf(countryOut).meta({ id: 'CountryList' });
