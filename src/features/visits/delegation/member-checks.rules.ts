import type { Localized } from '../../../kernel/locale.js';
import {
  inPrecedence,
  isTitled,
  missingPlates,
  type OrderedMember,
  type PlateNames,
  type PlateScript,
} from './member.rules.js';

/** Where delegations are known to go wrong. All advise; nothing is refused. */
export const MEMBER_CHECKS = [
  'no_head',
  'two_heads',
  'head_not_first',
  'plate_missing',
  'title_missing',
  'title_language',
  'courtesy_missing',
  'plate_script',
  'patronymic_missing',
  'photo_consent',
] as const;
export type MemberCheck = (typeof MEMBER_CHECKS)[number];

export interface CheckedMember extends OrderedMember {
  readonly role: string;
  readonly level: number | null;
  readonly plate: PlateNames;
  readonly title: Localized;
  readonly courtesy: Localized;
  readonly citizenship: string | null;
  readonly patronymic: string | null;
  readonly mononym: boolean;
  /** Null: not asked yet. */
  readonly photoConsent: boolean | null;
}

export interface MemberFinding {
  readonly check: MemberCheck;
  /** Null: of the delegation as a whole. */
  readonly memberId: string | null;
  /** The plates or languages that it is about. */
  readonly scripts: readonly PlateScript[];
}

/** What the checks need to know of the visit. */
export interface CheckedVisit {
  /** Of its plates. */
  readonly scripts: readonly PlateScript[];
  /** Its head has it where none of their own was given. */
  readonly level: number;
  /** Photographs are taken. */
  readonly photographed: boolean;
}

/** Where colleagues are addressed with given name and patronymic, ISO 3166-1. */
const PATRONYMICS: readonly string[] = ['BY', 'RU', 'UA', 'KZ', 'KG', 'TJ', 'UZ', 'TM', 'AZ', 'MD'];

/** Up to which level somebody is addressed with a courtesy form. */
const ADDRESSED = 2;

/** What protocol would notice, first of the delegation as a whole, then member by member in their order. */
export function memberFindings(members: readonly CheckedMember[], visit: CheckedVisit): MemberFinding[] {
  const ordered = inPrecedence(members);
  return [...headFindings(ordered), ...ordered.flatMap((member) => findingsOf(member, visit))];
}

/** Is somebody from there addressed with a patronymic that is not known? */
export function lacksPatronymic({
  country,
  patronymic,
  mononym,
}: {
  readonly country: string | null;
  readonly patronymic: string | null;
  readonly mononym: boolean;
}): boolean {
  return !mononym && !patronymic && country !== null && PATRONYMICS.includes(country);
}

/** Plates with a name in letters that the language of the plate does not have. Their own script is whatever it is. */
export function wronglyWritten(plate: PlateNames): PlateScript[] {
  const wrong: Record<'be' | 'ru' | 'en', RegExp> = {
    be: /\p{Script=Latin}|[ищъ]/iu,
    ru: /\p{Script=Latin}|[іў]/iu,
    en: /[^\p{Script=Latin}\p{M}\p{P}\p{N}\p{Zs}\p{S}]/u,
  };
  return (['be', 'ru', 'en'] as const).filter((script) => plate[script] && wrong[script].test(plate[script]));
}

function headFindings(ordered: readonly CheckedMember[]): MemberFinding[] {
  if (ordered.length === 0) return [];
  const heads = ordered.filter(({ role }) => role === 'head');
  const [head, second] = heads;
  if (!head) return [{ check: 'no_head', memberId: null, scripts: [] }];
  return [
    ...(second ? [{ check: 'two_heads', memberId: second.id, scripts: [] } as const] : []),
    ...(head === ordered[0] ? [] : [{ check: 'head_not_first', memberId: head.id, scripts: [] } as const]),
  ];
}

function findingsOf(
  { id, role, plate, title, courtesy, ...member }: CheckedMember,
  { scripts, level, photographed }: CheckedVisit,
): MemberFinding[] {
  const wrong = wronglyWritten(plate);
  const nameless = lacksPatronymic({ ...member, country: member.citizenship });
  const plates = missingPlates(plate, scripts);
  const languages = scripts.filter((script) => script !== 'original' && !title[script]);
  const own = member.level ?? (role === 'head' ? level : null);
  const titled = isTitled(title);
  return [
    ...(plates.length > 0 ? [{ check: 'plate_missing', memberId: id, scripts: plates } as const] : []),
    ...(titled ? [] : [{ check: 'title_missing', memberId: id, scripts: [] } as const]),
    ...(titled && languages.length > 0 ? [{ check: 'title_language', memberId: id, scripts: languages } as const] : []),
    ...(own !== null && own <= ADDRESSED && !isTitled(courtesy)
      ? [{ check: 'courtesy_missing', memberId: id, scripts: [] } as const]
      : []),
    ...(wrong.length > 0 ? [{ check: 'plate_script', memberId: id, scripts: wrong } as const] : []),
    ...(nameless ? [{ check: 'patronymic_missing', memberId: id, scripts: [] } as const] : []),
    ...(photographed && member.photoConsent !== true
      ? [{ check: 'photo_consent', memberId: id, scripts: [] } as const]
      : []),
  ];
}
