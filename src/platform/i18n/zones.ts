import type { Locale } from '../../kernel/locale.js';
import { offsetLabel, offsetSeconds } from '../../kernel/zones.js';
import { formatTime } from './formats.js';

/** 'Minsk time' needs an adjective in Belarusian and Russian; zones of the countries that guests come from. */
const NAMES: Readonly<Record<string, readonly [be: string, ru: string, en: string]>> = {
  'Europe/Minsk': ['мінскі', 'минское', 'Minsk'],
  'Europe/Moscow': ['маскоўскі', 'московское', 'Moscow'],
  'Europe/Warsaw': ['варшаўскі', 'варшавское', 'Warsaw'],
  'Europe/Vilnius': ['віленскі', 'вильнюсское', 'Vilnius'],
  'Europe/Riga': ['рыжскі', 'рижское', 'Riga'],
  'Europe/Tallinn': ['талінскі', 'таллинское', 'Tallinn'],
  'Europe/Kyiv': ['кіеўскі', 'киевское', 'Kyiv'],
  'Europe/Kiev': ['кіеўскі', 'киевское', 'Kyiv'],
  'Europe/Chisinau': ['кішынёўскі', 'кишинёвское', 'Chisinau'],
  'Europe/London': ['лонданскі', 'лондонское', 'London'],
  'Europe/Paris': ['парыжскі', 'парижское', 'Paris'],
  'Europe/Berlin': ['берлінскі', 'берлинское', 'Berlin'],
  'Europe/Rome': ['рымскі', 'римское', 'Rome'],
  'Europe/Madrid': ['мадрыдскі', 'мадридское', 'Madrid'],
  'Europe/Vienna': ['венскі', 'венское', 'Vienna'],
  'Europe/Prague': ['пражскі', 'пражское', 'Prague'],
  'Europe/Budapest': ['будапешцкі', 'будапештское', 'Budapest'],
  'Europe/Belgrade': ['бялградскі', 'белградское', 'Belgrade'],
  'Europe/Sofia': ['сафійскі', 'софийское', 'Sofia'],
  'Europe/Athens': ['афінскі', 'афинское', 'Athens'],
  'Europe/Helsinki': ['хельсінкскі', 'хельсинкское', 'Helsinki'],
  'Europe/Stockholm': ['стакгольмскі', 'стокгольмское', 'Stockholm'],
  'Europe/Istanbul': ['стамбульскі', 'стамбульское', 'Istanbul'],
  'Asia/Baku': ['бакінскі', 'бакинское', 'Baku'],
  'Asia/Tbilisi': ['тбіліскі', 'тбилисское', 'Tbilisi'],
  'Asia/Yerevan': ['ерэванскі', 'ереванское', 'Yerevan'],
  'Asia/Almaty': ['алмацінскі', 'алматинское', 'Almaty'],
  'Asia/Bishkek': ['бішкекскі', 'бишкекское', 'Bishkek'],
  'Asia/Tashkent': ['ташкенцкі', 'ташкентское', 'Tashkent'],
  'Asia/Dushanbe': ['душанбінскі', 'душанбинское', 'Dushanbe'],
  'Asia/Ashgabat': ['ашхабадскі', 'ашхабадское', 'Ashgabat'],
  'Asia/Shanghai': ['пекінскі', 'пекинское', 'Beijing'],
  'Asia/Tokyo': ['такійскі', 'токийское', 'Tokyo'],
  'Asia/Seoul': ['сеульскі', 'сеульское', 'Seoul'],
  'Asia/Ho_Chi_Minh': ['ханойскі', 'ханойское', 'Hanoi'],
  'Asia/Jakarta': ['джакарцкі', 'джакартское', 'Jakarta'],
  'Asia/Yangon': ['янгонскі', 'янгонское', 'Yangon'],
  'Asia/Kolkata': ['дэлійскі', 'делийское', 'Delhi'],
  'Asia/Tehran': ['тэгеранскі', 'тегеранское', 'Tehran'],
  'Asia/Dubai': ['дубайскі', 'дубайское', 'Dubai'],
  'Asia/Muscat': ['маскацкі', 'маскатское', 'Muscat'],
  'Asia/Riyadh': ['эр-рыядскі', 'эр-риядское', 'Riyadh'],
  'Africa/Cairo': ['каірскі', 'каирское', 'Cairo'],
  'Africa/Bamako': ['бамакскі', 'бамакское', 'Bamako'],
  'America/New_York': ['нью-ёркскі', 'нью-йоркское', 'New York'],
  'America/Havana': ['гаванскі', 'гаванское', 'Havana'],
};

const WORDS: Readonly<Record<Locale, (names: readonly [string, string, string]) => string>> = {
  be: ([be]) => `${be} час`,
  ru: ([, ru]) => `${ru} время`,
  en: ([, , en]) => `${en} time`,
};

/** 'UTC+3', 'UTC+5:30', 'UTC' for an IANA zone at an instant (summer time moves it). Throws ZoneError `zone.unknown`. */
export function utcOffset(zone: string, instant: Date): string {
  return offsetLabel(offsetSeconds(zone, instant.getTime()));
}

/** The zone in words, for visible text: 'Minsk time, UTC+3', 'мінскі час, UTC+3'; zones without words: 'Lome, UTC'. */
export function zoneLabel(locale: Locale, zone: string, instant: Date): string {
  const names = NAMES[zone];
  const offset = utcOffset(zone, instant);
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  return names ? `${WORDS[locale](names)}, ${offset}` : `${cityOf(zone)}, ${offset}`;
}

/** A time with its zone in one phrase: '10:00 Minsk time, UTC+3', '10:00 па мінскім часе, UTC+3', '10:00 (Lome, UTC)'. */
export function zonedTime(locale: Locale, instant: Date, zone: string): string {
  const time = formatTime(locale, instant, zone);
  const names = NAMES[zone];
  if (!names) return `${time} (${zoneLabel(locale, zone, instant)})`;
  const [be, ru, en] = names;
  // Belarusian and Russian put the adjective into another case after «па» and «по».
  const phrase = { be: `па ${be}м часе`, ru: `по ${ru.slice(0, -'ое'.length)}ому времени`, en: `${en} time` }[locale];
  return `${time} ${phrase}, ${utcOffset(zone, instant)}`;
}

const AREAS = /^(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)\//;
let zones: readonly string[] | undefined;

/**
 * Zones to choose from, by city: those `first` on top, then all of the world by the alphabet of their cities; labels such as
 * 'Yerevan (Asia)'.
 */
export function zoneChoices(first: readonly string[]): { value: string; label: string }[] {
  zones ??= Intl.supportedValuesOf('timeZone')
    .filter((zone) => AREAS.test(zone))
    .toSorted((a, b) => (cityOf(a) < cityOf(b) ? -1 : 1));
  const top = [...new Set(first)];
  return [...top, ...zones.filter((zone) => !top.includes(zone))].map((value) => ({
    value,
    label: value.includes('/') ? `${cityOf(value)} (${value.slice(0, value.indexOf('/'))})` : value,
  }));
}

/** Zones of a country by its ISO code, the most usual first; empty where none is known. */
export function zonesOfCountry(code: string | null): readonly string[] {
  // Part of ECMAScript 2026, which the type declarations do not know yet.
  type Regional = Intl.Locale & { getTimeZones(): string[] | undefined };
  return code === null ? [] : ((new Intl.Locale('und', { region: code }) as Regional).getTimeZones() ?? []);
}

/** 'Buenos Aires' from 'America/Argentina/Buenos_Aires'. */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}
