import { compile } from '../compile.rules.js';
import type { Plan } from '../plan.rules.js';
import type { Problem } from '../problem.rules.js';
import type { Choice } from './least-cost-question.rules.js';
import { leastCost } from './least-cost.rules.js';
import type { LinearSolver } from './linear-model.rules.js';

/** A programme as it stands. `isPlaced` is false for a session that stands nowhere yet. */
export interface Standing {
  readonly plan: Plan;
  readonly isPlaced: (session: number) => boolean;
}

/** What a session costs that begins at another time, and one that only changes its room. Whole numbers. */
export interface MovePrices {
  readonly start: number;
  readonly room: number;
}

export type LeastChange =
  /** No repair costs less than so many new starts and changes of room. */
  | { readonly state: 'proven'; readonly starts: number; readonly rooms: number; readonly choices: readonly Choice[] }
  | { readonly state: 'impossible' }
  | { readonly state: 'not-proven'; readonly atLeast: number };

export type FewestDropped =
  /** Without these sessions the rest has a legal programme, and no smaller set will do. None: it has one as a whole. */
  | { readonly state: 'proven'; readonly dropped: readonly number[]; readonly choices: readonly Choice[] }
  /** What is pinned breaks a rule by itself. */
  | { readonly state: 'impossible' }
  | { readonly state: 'not-proven'; readonly atLeast: number };

/** Any hard cost at all: waiting in the tray counts as being left out. */
const NOTHING_LEFT_OUT = Number.MIN_VALUE;

function breachOf({ leastBreach }: Problem): number {
  return leastBreach ?? NOTHING_LEFT_OUT;
}

/** What must change so that no hard rule is broken, at the least price. Bounds are in prices, too. */
export function leastChange(
  problem: Problem,
  { plan, isPlaced }: Standing,
  prices: MovePrices,
  solve: LinearSolver,
  secondsLeft: () => number,
): LeastChange {
  const answer = leastCost(
    {
      compiled: compile(problem),
      standing: plan,
      isPlaced,
      breach: breachOf(problem),
      movePrice: (session, start) => (start === plan.start[session] ? prices.room : prices.start),
      gonePrice: null,
      dropPrice: null,
    },
    solve,
    secondsLeft,
  );
  if (answer.state !== 'proven') return answer;
  let [starts, rooms] = [0, 0];
  answer.choices.forEach((choice, session) => {
    if (choice === 'dropped' || !isPlaced(session)) return;
    if (choice.start !== plan.start[session]) starts++;
    else if (choice.room !== plan.room[session]) rooms++;
  });
  return { state: 'proven', starts, rooms, choices: answer.choices };
}

/**
 * The smallest set of sessions without which no hard rule is broken: why a programme does not work as a whole. It starts
 * from a plan that a search has found; the better that is, the sooner the proof.
 */
export function fewestDropped(
  problem: Problem,
  { plan, isPlaced }: Standing,
  solve: LinearSolver,
  secondsLeft: () => number,
): FewestDropped {
  const compiled = compile(problem);
  // Moving costs nothing here. All who are gone together weigh less than one who is left out.
  const unit = compiled.sessions + 1;
  const answer = leastCost(
    { compiled, standing: plan, isPlaced, breach: NOTHING_LEFT_OUT, movePrice: () => 0, gonePrice: 1, dropPrice: unit },
    solve,
    secondsLeft,
  );
  if (answer.state === 'impossible') return answer;
  if (answer.state === 'not-proven') return { state: 'not-proven', atLeast: Math.floor(answer.atLeast / unit) };
  const { choices } = answer;
  const dropped = choices.flatMap((choice, session) => (choice === 'dropped' ? [session] : []));
  return { state: 'proven', dropped, choices };
}
