import { hasReached, isOver, type StandingVisit } from '../visit.rules.js';

/** Is somebody of the delegation expected in person, so that a visa may be asked for? Nobody is while the days are open. */
export function expectsMember(visit: StandingVisit, { inPerson }: { readonly inPerson: boolean }): boolean {
  const { state, startsOn, endsOn } = visit;
  if (!inPerson || startsOn === null || endsOn === null) return false;
  return !isOver(state) && state !== 'postponed' && !hasReached(visit, 'completed');
}
