/** A change of a member, as the journal keeps it. */
export interface MemberChange {
  readonly memberId: string;
  readonly fields: readonly string[];
  readonly at: Date;
}

/** What letters print of a member. */
const PRINTED = ['title', 'plate', 'courtesy'] as const;
export type PrintedField = (typeof PRINTED)[number];

/**
 * What of each member is other than in the last letter that left: their title, their name as printed, their courtesy form.
 * `letterAt`: when it left; null: none has, so nothing differs.
 */
export function changedSinceLetter(
  changes: readonly MemberChange[],
  letterAt: Date | null,
): Map<string, PrintedField[]> {
  const changed = new Map<string, PrintedField[]>();
  if (letterAt === null) return changed;
  const since = changes.filter(({ at }) => at > letterAt);
  for (const memberId of new Set(since.map((one) => one.memberId))) {
    const names = new Set(since.filter((one) => one.memberId === memberId).flatMap(({ fields }) => fields));
    const fields = PRINTED.filter((field) => names.has(field));
    if (fields.length > 0) changed.set(memberId, fields);
  }
  return changed;
}

/** After so many days the drawing of a flag should be looked at again: states change them. */
export const FLAG_DAYS = 365;

/** Was the flag never compared with the current design, or too long ago? Days are `YYYY-MM-DD`. */
export function flagIsOld(checkedOn: string | null, today: string): boolean {
  return checkedOn === null || Date.parse(today) - Date.parse(checkedOn) > FLAG_DAYS * 86_400_000;
}
