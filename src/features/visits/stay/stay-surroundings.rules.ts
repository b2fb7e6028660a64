import { LOCALES, type Locale, type Localized } from '../../../kernel/locale.js';
import type { StayCheck } from './stay.rules.js';

/** A day of the guests' country, as the house keeps it. */
export interface GuestDay {
  readonly kind: 'national' | 'mourning';
  readonly name: string;
}

/** A session as the venue's clock and calendar see it. */
export interface TimedSession {
  readonly kind: string;
  /** `YYYY-MM-DD` and `HH:mm` at the venue. */
  readonly day: string;
  readonly from: string;
  readonly until: string;
  /** Nothing of the stay comes before it on that day. */
  readonly first: boolean;
  readonly title: Localized;
  readonly shownToGuests: boolean;
}

/** Countries in which most people keep the Friday prayer, ISO 3166-1: a slot to be asked about, not a rule about anybody. */
// prettier-ignore
const FRIDAY_COUNTRIES: readonly string[] = [
  'AE', 'AF', 'AZ', 'BD', 'BH', 'BN', 'DJ', 'DZ', 'EG', 'GM', 'GN', 'ID', 'IQ', 'IR', 'JO', 'KG', 'KM', 'KW', 'KZ', 'LY', 'MA', 'ML',
  'MR', 'MV', 'MY', 'NE', 'OM', 'PK', 'PS', 'QA', 'SA', 'SD', 'SN', 'SO', 'SY', 'TJ', 'TM', 'TN', 'TR', 'UZ', 'YE',
];
/** The prayer is at noon of the sun, which in Minsk is after 13:00; with the way there and back. */
const PRAYER = { from: '13:00', until: '14:30' };
/** Nobody is kept from the prayer by these. */
const FREE_KINDS: readonly string[] = ['break', 'blocker', 'transfer'];
/** Nothing to do on a day of mourning. */
const FESTIVE_KINDS: readonly string[] = ['reception', 'concert', 'ceremony', 'exhibition_opening', 'meal'];

/**
 * What the guests' calendar says of a session: a day of theirs, of which a national one is told once (somebody should
 * congratulate), one of mourning for what is festive; and the Friday prayer in the slot. Fast-breaking in Ramadan needs the
 * sunset and the sighted moon, so nothing is said of it.
 */
export function calendarChecks(
  session: TimedSession,
  country: { readonly code: string | null; readonly days: readonly GuestDay[] },
): StayCheck[] {
  const { kind, first } = session;
  const days = country.days.filter((day) => (day.kind === 'national' ? first : FESTIVE_KINDS.includes(kind)));
  const friday = new Date(`${session.day}T12:00:00Z`).getUTCDay() === 5;
  const overlaps = session.from < PRAYER.until && session.until > PRAYER.from;
  const prays = country.code !== null && FRIDAY_COUNTRIES.includes(country.code);
  return [
    ...days.map(({ kind: of, name }): StayCheck => ({ kind: 'guest_day', of, name })),
    ...(friday && overlaps && prays && !FREE_KINDS.includes(kind) ? [{ kind: 'friday_prayer' } as const] : []),
  ];
}

/** The languages in which a visit's programme is printed for its guests: ours, and the first of theirs that we print in, else English. */
export function printedLanguages(languages: readonly string[]): Locale[] {
  const theirs = LOCALES.find((locale) => locale !== 'be' && languages.includes(locale));
  return ['be', theirs ?? 'en'];
}

/** A session that guests read, and whose title is missing in a language in which they get it. */
export function languageCheck(
  { title, shownToGuests }: Pick<TimedSession, 'title' | 'shownToGuests'>,
  languages: readonly string[],
): StayCheck[] {
  const there = LOCALES.filter((locale) => title[locale]);
  const lacks = printedLanguages(languages).filter((locale) => !there.includes(locale));
  // Without any title the kind is printed, in every language.
  return shownToGuests && there.length > 0 && lacks.length > 0 ? [{ kind: 'title_language', languages: lacks }] : [];
}
