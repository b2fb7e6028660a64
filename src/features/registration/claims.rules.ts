/** What a form says about a person. */
export interface TypedPerson {
  readonly given: string;
  readonly family: string | null;
  readonly mononym: boolean;
  readonly email: string | null;
  readonly institution: string | null;
  readonly position: string | null;
  readonly country: string | null;
  readonly phone: string | null;
}

const COMPARED = ['given', 'family', 'mononym', 'institution', 'position', 'country', 'phone'] as const;
export type ClaimField = (typeof COMPARED)[number];
export type Claims = Partial<Record<ClaimField, string | boolean | null>>;

/**
 * What an unproven form said differently about somebody who is known: kept beside, never taken over by itself, because
 * whoever knows an address could else rename its owner. Null when nothing differs. What was left empty claims nothing.
 */
export function claimedFields(known: Omit<TypedPerson, 'email'>, typed: TypedPerson): Claims | null {
  const differing = COMPARED.filter((field) => typed[field] !== null && typed[field] !== known[field]);
  return differing.length === 0 ? null : Object.fromEntries(differing.map((field) => [field, typed[field]]));
}
