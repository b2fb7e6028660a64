import type { Locale } from '../../kernel/locale.js';
import { collator } from './formats.js';

const ISO =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

/** ISO 3166-1 alpha-2 codes, and XX for "stateless, refugee, other document". */
export const COUNTRY_CODES: readonly string[] = [...ISO.split(' '), 'XX'];

/** Where the guests of recent congresses came from; they stand first in the list. */
export const FREQUENT_COUNTRIES: readonly string[] = [
  'BY',
  'RU',
  'KZ',
  'AM',
  'AZ',
  'CN',
  'KG',
  'LV',
  'LT',
  'PL',
  'RS',
  'TR',
  'UZ',
];

/** Names as the library prints them, where ICU's differ from protocol or carry a second name in brackets. */
const PRINTED: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  XX: {
    be: 'без грамадзянства, бежанец, іншы дакумент',
    ru: 'без гражданства, беженец, другой документ',
    en: 'stateless, refugee, other document',
  },
  PS: { be: 'Палесціна', ru: 'Палестина', en: 'Palestine' },
  MM: { be: 'М’янма', ru: 'Мьянма', en: 'Myanmar' },
  HK: { be: 'Ганконг (Кітай)', ru: 'Гонконг (Китай)', en: 'Hong Kong (China)' },
  MO: { be: 'Макаа (Кітай)', ru: 'Макао (Китай)', en: 'Macao (China)' },
};

const names = new Map<Locale, Intl.DisplayNames>();
const lists = new Map<Locale, readonly CountryOption[]>();

export interface CountryOption {
  readonly code: string;
  readonly name: string;
}

/** The name of an ISO 3166-1 alpha-2 code; anything else comes back as it is, so that old rows stay readable. */
export function countryName(locale: Locale, code: string): string {
  const printed = PRINTED[code];
  if (printed) return printed[locale];
  if (!/^[A-Z]{2}$/u.test(code)) return code;
  let display = names.get(locale);
  if (!display) names.set(locale, (display = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })));
  return display.of(code) ?? code;
}

/** Every country, in the alphabet of the language. */
export function countryOptions(locale: Locale): readonly CountryOption[] {
  const known = lists.get(locale);
  if (known) return known;
  const compare = collator(locale).compare;
  const list = COUNTRY_CODES.filter((code) => code !== 'XX')
    .map((code) => ({ code, name: countryName(locale, code) }))
    .sort((a, b) => compare(a.name, b.name));
  lists.set(locale, list);
  return list;
}
