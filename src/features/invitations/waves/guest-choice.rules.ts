/** Where somebody was chosen: among all the house knows, as a contact of a partner, from a list that somebody brought. */
export const GUEST_SOURCES = ['people', 'partners', 'list'] as const;
export type GuestSource = (typeof GUEST_SOURCES)[number];

export const LEFT_OUT_REASONS = [
  'inWave',
  'invited',
  'declined',
  'registered',
  'refused',
  'noConsent',
  'noAddress',
  'stopped',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** What is known of the people in question, by their ids; addresses in lower case. */
export interface KnownOfGuests {
  readonly inWave: ReadonlySet<string>;
  /** Asked to the same already, and the invitation counts. */
  readonly invited: ReadonlySet<string>;
  readonly declined: ReadonlySet<string>;
  /** Takes part in what the wave invites to. */
  readonly registered: ReadonlySet<string>;
  /** What they said to invitations in the future; who was never asked is not in it. */
  readonly future: ReadonlyMap<string, boolean>;
  readonly stopped: ReadonlySet<string>;
}

/**
 * Why somebody is not invited, the first reason; null: nothing keeps them out. Who is only known from an earlier
 * conference must have agreed to be invited again; a contact of a partner, or somebody whose address the organizers were
 * given, is left out only when they refused.
 */
export function leftOutReason(
  person: { readonly id: string; readonly email: string | null },
  source: GuestSource,
  known: KnownOfGuests,
): LeftOutReason | null {
  if (known.inWave.has(person.id)) return 'inWave';
  if (known.invited.has(person.id)) return 'invited';
  if (known.declined.has(person.id)) return 'declined';
  if (known.registered.has(person.id)) return 'registered';
  const consent = known.future.get(person.id);
  if (consent === false) return 'refused';
  if (source === 'people' && consent !== true) return 'noConsent';
  if (person.email === null) return 'noAddress';
  return known.stopped.has(person.email.toLowerCase()) ? 'stopped' : null;
}
