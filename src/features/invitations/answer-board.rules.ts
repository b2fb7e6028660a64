import { INVITATION_STATES, type InvitationState } from './invitation.rules.js';

/** By what invitations can be counted. */
export const BOARD_GROUPS = ['session', 'strand', 'country', 'role'] as const;
export type BoardGroup = (typeof BOARD_GROUPS)[number];

/** How many invitations are alike. What is null has none: the conference as a whole has no session, strand and role. */
export interface Tally {
  readonly state: InvitationState;
  readonly session: string | null;
  readonly strand: string | null;
  readonly country: string | null;
  readonly role: string | null;
  readonly count: number;
}

/** How many are in each state, those left out that are none. */
export interface Counts {
  readonly states: Readonly<Partial<Record<InvitationState, number>>>;
  readonly total: number;
}

export type GroupKey = string | null;

/** All of it, and by each group the counts of what occurs in it. */
export interface AnswerBoard extends Counts {
  readonly groups: Readonly<Record<BoardGroup, ReadonlyMap<GroupKey, Counts>>>;
}

export function boardOf(tallies: readonly Tally[]): AnswerBoard {
  const by = (group: BoardGroup): Map<GroupKey, Counts> =>
    new Map([...Map.groupBy(tallies, (one): GroupKey => one[group])].map(([key, some]) => [key, sum(some)]));
  return {
    ...sum(tallies),
    groups: { session: by('session'), strand: by('strand'), country: by('country'), role: by('role') },
  };
}

function sum(tallies: readonly Tally[]): Counts {
  const counts = INVITATION_STATES.map((state) => {
    const count = tallies.reduce((all, one) => all + (one.state === state ? one.count : 0), 0);
    return [state, count] as const;
  });
  return {
    states: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    total: counts.reduce((all, [, count]) => all + count, 0),
  };
}
