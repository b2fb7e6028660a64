import type { Localized } from '../../../kernel/locale.js';
import type { MemberRole, PlateNames } from './member.rules.js';

/** What the guest side may ask for once the composition was confirmed. */
export const PROPOSAL_KINDS = ['add', 'change', 'move', 'remove'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];
export const PROPOSAL_STATES = ['open', 'taken', 'refused'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A member as both sides agreed on them. */
export interface ConfirmedMember {
  readonly memberId: string;
  readonly place: number;
  readonly name: string;
  readonly role: MemberRole;
  readonly plate: PlateNames;
  readonly title: Localized;
}

export const COMPOSITION_CHANGES = ['added', 'removed', 'moved', 'name', 'role', 'plate', 'title'] as const;
export type CompositionChange = (typeof COMPOSITION_CHANGES)[number];

export interface CompositionDifference {
  readonly memberId: string;
  readonly name: string;
  readonly changes: readonly CompositionChange[];
}

/**
 * What differs from the confirmed composition, those who are there now first, in their order. Somebody has moved when they
 * stand otherwise among those who are in both: that others came or went moves nobody.
 */
export function compositionDifferences(
  confirmed: readonly ConfirmedMember[],
  now: readonly ConfirmedMember[],
): CompositionDifference[] {
  const before = new Map(confirmed.map((member) => [member.memberId, member]));
  const after = new Set(now.map(({ memberId }) => memberId));
  const order = (members: readonly ConfirmedMember[], among: (id: string) => boolean) =>
    members.toSorted((a, b) => a.place - b.place).flatMap(({ memberId }) => (among(memberId) ? [memberId] : []));
  const stood = order(confirmed, (id) => after.has(id));
  const stand = order(now, (id) => before.has(id));
  const present = now
    .toSorted((a, b) => a.place - b.place)
    .flatMap((member): CompositionDifference[] => {
      const { memberId, name } = member;
      const earlier = before.get(memberId);
      if (!earlier) return [{ memberId, name, changes: ['added'] }];
      const moved = stood.indexOf(memberId) !== stand.indexOf(memberId);
      const changes = [...(moved ? (['moved'] as const) : []), ...changedFacts(earlier, member)];
      return changes.length > 0 ? [{ memberId, name, changes }] : [];
    });
  const gone = confirmed
    .filter(({ memberId }) => !after.has(memberId))
    .map(({ memberId, name }): CompositionDifference => ({ memberId, name, changes: ['removed'] }));
  return [...present, ...gone];
}

function changedFacts(earlier: ConfirmedMember, now: ConfirmedMember): CompositionChange[] {
  return (['name', 'role', 'plate', 'title'] as const).filter((fact) => !same(earlier[fact], now[fact]));
}

/** Texts, or texts by language in whatever order they were written. */
function same(a: object | string, b: object | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  const said = (texts: object) =>
    JSON.stringify(
      Object.entries(texts)
        .filter(([, text]) => text)
        .toSorted(),
    );
  return said(a) === said(b);
}
