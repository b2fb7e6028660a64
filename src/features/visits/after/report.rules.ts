export interface Participants {
  /** Of the delegation. */
  readonly inPerson: number;
  readonly online: number;
  /** Hosts and counterparts, each person once. */
  readonly ours: number;
  readonly interpreters: number;
}

/** Who took part in a visit, counted. Who interprets and receives is counted as both. */
export function participantsOf(
  members: readonly { readonly inPerson: boolean }[],
  people: readonly { readonly personId: string; readonly role: string }[],
): Participants {
  const as = (...roles: string[]) =>
    new Set(people.filter(({ role }) => roles.includes(role)).map(({ personId }) => personId)).size;
  const inPerson = members.filter((member) => member.inPerson).length;
  return {
    inPerson,
    online: members.length - inPerson,
    ours: as('host', 'counterpart'),
    interpreters: as('interpreter'),
  };
}
