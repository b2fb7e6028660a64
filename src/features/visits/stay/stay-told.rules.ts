import type { SurroundingPart, Surroundings } from './stay.rules.js';

/** Who is in a session, as a text says it. */
interface Attended {
  readonly people: readonly { readonly personId: string; readonly role: string }[];
}

/** A session on both sides of a difference; null where it is not in the text. */
interface Changed {
  readonly before: Attended | null;
  readonly after: Attended | null;
}

/** The same with what lies beside it. */
interface ChangedWithSurroundings extends Changed {
  readonly parts: readonly SurroundingPart[];
  readonly was: Surroundings;
  readonly is: Surroundings;
}

/** Roles of those who are told no more than what the guests read. */
const OUTSIDE_ROLES: readonly string[] = ['guest', 'interpreter'];
const OUTSIDE_PARTS: readonly SurroundingPart[] = ['address', 'guestNote'];

/** Of what stands in no text as a sentence, what matters to who takes part. */
const TOLD_DETAILS: readonly string[] = ['languages', 'online', 'zone'];

/** Everybody in a session that is different, before or now, with what they do in it and which changes these are. */
export function concernedBy<C extends Changed>(
  changes: readonly C[],
): Map<string, { readonly roles: ReadonlySet<string>; readonly changes: readonly C[] }> {
  const all = new Map<string, { roles: Set<string>; changes: C[] }>();
  for (const change of changes)
    for (const { personId, role } of [...(change.after?.people ?? []), ...(change.before?.people ?? [])]) {
      const one = all.get(personId) ?? { roles: new Set<string>(), changes: [] };
      one.roles.add(role);
      if (!one.changes.includes(change)) one.changes.push(change);
      all.set(personId, one);
    }
  return all;
}

/**
 * A change as it is to one person: a session that they join is new to them, one that they leave is gone, and guests and
 * interpreters learn nothing that stands in the internal version alone. Null where nothing of theirs is different.
 */
export function changeFor<C extends ChangedWithSurroundings>(change: C, personId: string): C | null {
  const rolesIn = (content: Attended | null) =>
    (content?.people ?? []).filter((one) => one.personId === personId).map(({ role }): string => role);
  const side = (content: Attended | null, { shownToGuests }: Surroundings) => {
    const roles = rolesIn(content);
    const hidden = roles.every((role) => role === 'guest') && !shownToGuests;
    return roles.length === 0 || hidden ? null : content;
  };
  const [before, after] = [side(change.before, change.was), side(change.after, change.is)];
  if (!before && !after) return null;
  const outside = [...rolesIn(before), ...rolesIn(after)].every((role) => OUTSIDE_ROLES.includes(role));
  const parts = before && after ? change.parts.filter((part) => !outside || OUTSIDE_PARTS.includes(part)) : [];
  return { ...change, before, after, parts };
}

/** Whether a sentence about a detail tells somebody something that they must know. */
export function isTold(detail: { readonly part: string; readonly what?: string }): boolean {
  return detail.part !== 'other' || TOLD_DETAILS.includes(detail.what ?? '');
}
