import type { Locale } from '../../../kernel/locale.js';
import { pickText } from '../../../kernel/locale.js';
import type { DocxData } from '../../../platform/documents/docx-data.rules.js';
import { countryName } from '../../../platform/i18n/countries.js';
import { formatDate, formatDateRange } from '../../../platform/i18n/formats.js';
import type { Translator } from '../../../platform/i18n/translator.js';
import type { VisaRequest } from './visa-request.entity.js';
import type { VisaSettings } from './visa-settings.entity.js';
import type { Stay } from './visa-stays.js';
import { plainText, type Opened } from './visa-vault.service.js';
import type { DetailField } from './visa.words.js';

interface Known {
  stay: Stay & { readonly startsOn: string; readonly endsOn: string };
  request: VisaRequest;
  opened: Opened;
  host: VisaSettings;
}

/** What the template of a visa letter may ask for, in words of its language. Holds passport data in the clear. */
export function visaLetterData(
  translator: Translator,
  locale: Locale,
  { stay, request, opened, host }: Known,
): DocxData {
  const text = (field: DetailField): string => plainText(opened, field);
  const word = (group: string, value: string | null): string =>
    value ? translator.t(locale, `visa.${group}.${value}`) : '';
  const day = (value: string | null): string => (value ? formatDate(locale, noon(value), 'UTC') : '');
  const country = (code: string): string => (code ? countryName(locale, code) : '');
  const title = pickText(stay.title, locale).text;
  return {
    hostName: host.hostName,
    hostAddress: host.hostAddress,
    hostPhone: host.hostPhone,
    hostEmail: '',
    hostUnp: host.hostUnp,
    signatoryTitle: host.signatoryPosition,
    signatoryName: host.signatoryName,
    passportName: `${text('surname')} ${text('givenNames')}`.trim(),
    cyrillicName: text('cyrillicName'),
    sex: word('sex', text('sex')),
    birthDate: day(text('birthDate')),
    birthPlace: text('birthPlace'),
    citizenship: [country(text('citizenship')), text('otherCitizenships')].filter(Boolean).join(', '),
    residence: country(text('residence')),
    homeAddress: '',
    passportType: word('passportType', text('passportType')),
    passportNumber: text('passportNumber'),
    passportIssued: day(text('issuedOn')),
    passportIssuer: text('issuer'),
    passportExpires: day(text('expiresOn')),
    employer: text('employer'),
    position: text('position'),
    workAddress: text('workAddress'),
    workPhone: text('workPhone'),
    purpose: translator.t(locale, stay.purpose, { title }),
    role: translator.t(locale, stay.role),
    eventTitle: title,
    eventDates: formatDateRange(locale, noon(stay.startsOn), noon(stay.endsOn), 'UTC'),
    entryDate: day(request.entryOn),
    exitDate: day(request.exitOn),
    entries: word('entries', request.entries),
    route: text('route'),
    stayAddress: text('stayAddress'),
    consulate: request.consulate ?? '',
    whoPays: word('payerOf', text('payer')),
  };
}

/** A day without a zone, as an instant that every formatter in UTC shows as that day. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00.000Z`);
}
