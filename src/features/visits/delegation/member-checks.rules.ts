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
] as const;
export type MemberCheck = (typeof MEMBER_CHECKS)[number];

export interface CheckedMember extends OrderedMember {
  readonly role: string;
  readonly level: number | null;
  readonly plate: PlateNames;
  readonly title: Localized;
  readonly courtesy: Localized;
}

export interface MemberFinding {
  readonly check: MemberCheck;
  /** Null: of the delegation as a whole. */
  readonly memberId: string | null;
  /** The plates or languages that it is about. */
  readonly scripts: readonly PlateScript[];
}

/** Up to which level somebody is addressed with a courtesy form. */
const ADDRESSED = 2;

/**
 * What protocol would notice, first of the delegation as a whole, then member by member in their order. `scripts`: of the
 * visit's plates; `level`: of the visit, which its head has where none of their own was given.
 */
export function memberFindings(
  members: readonly CheckedMember[],
  { scripts, level }: { scripts: readonly PlateScript[]; level: number },
): MemberFinding[] {
  const ordered = inPrecedence(members);
  return [...headFindings(ordered), ...ordered.flatMap((member) => findingsOf(member, { scripts, level }))];
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
  { scripts, level }: { scripts: readonly PlateScript[]; level: number },
): MemberFinding[] {
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
  ];
}
