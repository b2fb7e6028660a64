/** Kinds of sessions at which two sides face each other. */
const FACING_KINDS: readonly string[] = ['meeting', 'courtesy_call', 'signing', 'round_table'];

/** Who is in a session, as a text of the programme says it. */
export interface Attending {
  readonly personId: string;
  readonly role: string;
}

/** A member of the delegation; lists are in its order of precedence. */
export interface MemberAttending {
  readonly personId: string;
  readonly role: string;
  readonly inPerson: boolean;
}

/** Somebody of one side; interpreters come last. */
export interface Seated {
  readonly personId: string;
  readonly interprets: boolean;
}

export interface Sides {
  readonly ours: readonly Seated[];
  readonly theirs: readonly Seated[];
}

/**
 * Both sides of a meeting, heads first: ours begins with the host who leads, theirs keeps its own order of precedence. Where no
 * guest is named the whole delegation takes part. Nobody stands twice.
 */
export function sidesOf(
  people: readonly Attending[],
  leadId: string | null,
  delegation: readonly MemberAttending[],
): Sides {
  const members = new Set(delegation.map(({ personId }) => personId));
  const of = (role: string) =>
    people.filter((one) => one.role === role && !members.has(one.personId)).map(({ personId }) => personId);
  const hosts = of('host').toSorted((a, b) => Number(b === leadId) - Number(a === leadId));
  const named = new Set(people.filter(({ role }) => role === 'guest').map(({ personId }) => personId));
  const theirs = delegation
    .filter(({ personId, inPerson }) => (named.size > 0 ? named.has(personId) : inPerson))
    .map(({ personId, role }) => ({ personId, interprets: role === 'interpreter' }));
  const speakers = [...new Set([...hosts, ...of('counterpart')])];
  const interpreters = [...new Set(of('interpreter'))].filter((id) => !speakers.includes(id));
  return {
    ours: [
      ...speakers.map((personId) => ({ personId, interprets: false })),
      ...interpreters.map((personId) => ({ personId, interprets: true })),
    ],
    theirs: theirs.toSorted((a, b) => Number(a.interprets) - Number(b.interprets)),
  };
}

/** Is it a meeting of two sides, with somebody on each? */
export function facesEachOther(kind: string, { ours, theirs }: Sides): boolean {
  return FACING_KINDS.includes(kind) && ours.length > 0 && theirs.length > 0;
}
