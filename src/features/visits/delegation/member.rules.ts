import { LOCALES, type Locale, type Localized } from '../../../kernel/locale.js';

export const MEMBER_ROLES = [
  'head',
  'deputy',
  'member',
  'adviser',
  'interpreter',
  'security',
  'press',
  'spouse',
  'driver',
] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const PASSPORT_TYPES = ['ordinary', 'service', 'diplomatic', 'laissez_passer'] as const;
export type PassportType = (typeof PASSPORT_TYPES)[number];

export const MEMBER_SOURCES = ['guest', 'staff', 'file'] as const;
export type MemberSource = (typeof MEMBER_SOURCES)[number];

/** A name as printed: three scripts and the person's own. Independent texts: none is made from another. */
export type PlateNames = Partial<Record<'be' | 'ru' | 'en' | 'original', string>>;

export const PLATE_SCRIPTS = ['be', 'ru', 'en', 'original'] as const;
export type PlateScript = (typeof PLATE_SCRIPTS)[number];

/** A hall is full before a delegation is. */
export const MOST_MEMBERS = 200;

/** What the vault keeps of a member. */
export const PROTECTED_FIELDS = ['diet', 'allergy', 'access'] as const;
export type ProtectedField = (typeof PROTECTED_FIELDS)[number];
/** In the clear; null: nothing was said. */
export type ProtectedWords = Readonly<Record<ProtectedField, string | null>>;

/** Courtesy forms to begin with; staff write what the protocol of the country wants. */
export const COURTESY_FORMS: Readonly<Record<Locale, readonly string[]>> = {
  be: ['Яго Правасхадзіцельства', 'Яе Правасхадзіцельства', 'Спадар', 'Спадарыня', 'Прафесар', 'Доктар'],
  ru: ['Его Превосходительство', 'Её Превосходительство', 'Господин', 'Госпожа', 'Профессор', 'Доктор'],
  en: ['His Excellency', 'Her Excellency', 'Mr', 'Ms', 'Professor', 'Dr'],
};

/** Facts that are printed or shown to officials: when one of them changes, somebody must verify the member anew. */
export const VERIFIED_FIELDS = ['plate', 'courtesy', 'title', 'citizenship', 'passportType'] as const;

/** Languages that are written neither in Cyrillic nor in Latin letters, BCP 47. */
const OWN_SCRIPTS: readonly string[] = ['hy', 'ka', 'ar', 'zh', 'my'];

/** The scripts of a visit's plates: Belarusian and English always, Russian and their own where the guests speak so. */
export function plateScripts(languages: readonly string[]): PlateScript[] {
  return [
    'be',
    ...(languages.includes('ru') ? (['ru'] as const) : []),
    'en',
    ...(languages.some((one) => OWN_SCRIPTS.includes(one)) ? (['original'] as const) : []),
  ];
}

export interface OrderedMember {
  readonly id: string;
  readonly orderNo: number;
}

/** In the order of precedence that the guest side gave. */
export function inPrecedence<M extends OrderedMember>(members: readonly M[]): M[] {
  return members.toSorted((a, b) => a.orderNo - b.orderNo || (a.id < b.id ? -1 : 1));
}

/**
 * The order numbers after `id` was put on `place` (0 is the first): those that change only. Numbers are dense from 1.
 * A place beyond the end is the last one.
 */
export function reordered(members: readonly OrderedMember[], id: string, place: number): Map<string, number> {
  const others = inPrecedence(members).filter((member) => member.id !== id);
  const moved = members.find((member) => member.id === id);
  if (!moved) return new Map();
  const all = [...others.slice(0, Math.max(0, place)), moved, ...others.slice(Math.max(0, place))];
  return new Map(
    all.flatMap((member, index): [string, number][] => (member.orderNo === index + 1 ? [] : [[member.id, index + 1]])),
  );
}

/** Is there a title to print, in any of our languages? */
export function isTitled(title: Localized): boolean {
  return LOCALES.some((locale) => Boolean(title[locale]));
}

/** Which of the plates of a visit lack a name: the scripts that are not there. */
export function missingPlates(plate: PlateNames, scripts: readonly (keyof PlateNames)[]): (keyof PlateNames)[] {
  return scripts.filter((script) => !plate[script]);
}
