import { scoreOf } from '../problem.rules.js';
import { WorkingPlan } from '../working-plan.rules.js';
import type { Choice, LeastCostQuestion } from './least-cost-question.rules.js';
import type { LinearSolver } from './linear-model.rules.js';
import { LegalPlaces } from './legal-places.rules.js';
import { RingModel } from './ring-model.rules.js';

export type LeastCost =
  | { readonly state: 'proven'; readonly cost: number; readonly choices: readonly Choice[] }
  /** There is no way at all. */
  | { readonly state: 'impossible' }
  /** Out of time, or a rule is in the way that the solver cannot see. It costs at least `atLeast`. */
  | { readonly state: 'not-proven'; readonly atLeast: number };

/**
 * The cheapest change after which no hard rule is broken. Only sessions that break something are free at first; all
 * others stand, or are gone at no more than the least price of a move. That is a relaxation, so its optimum is a lower
 * bound. Whoever is gone in it becomes free, too, and pairs that meet in it get their rows; when nobody is gone and
 * nobody meets, the bound is reached by a plan, and proven. A few sessions usually suffice where a model of all of them
 * would have a column for each session at each place.
 */
export function leastCost(question: LeastCostQuestion, solve: LinearSolver, secondsLeft: () => number): LeastCost {
  const places = new LegalPlaces(question);
  if (!places.fixedFit()) return { state: 'impossible' };
  const free = new Set(freeAtFirst(question));
  const met = { pairs: new Set<string>(), samePlace: false };
  let atLeast = 0;
  for (;;) {
    const model = new RingModel(question, places, free, met);
    const answer = solve(model.linear, secondsLeft());
    if (answer.state === 'infeasible') return { state: 'impossible' };
    if (answer.state === 'stopped')
      return { state: 'not-proven', atLeast: Math.max(atLeast, Math.ceil(answer.bound + model.constant - 1e-6)) };
    const cost = answer.cost + model.constant;
    atLeast = Math.max(atLeast, cost);
    const { choices, gone } = model.read(answer.isChosen);
    const meeting = model.meetings(choices);
    if (gone.length === 0 && meeting.length === 0)
      return isLegal(question, choices) ? { state: 'proven', cost, choices } : { state: 'not-proven', atLeast };
    for (const session of gone) free.add(session);
    for (const { a, b, isSamePlace } of meeting) if (!isSamePlace || met.samePlace) met.pairs.add(`${a} ${b}`);
    met.samePlace ||= meeting.some(({ isSamePlace }) => isSamePlace);
  }
}

/** Who has no place, and who breaks something where they stand. */
function freeAtFirst({ compiled, standing, isPlaced, breach }: LeastCostQuestion): number[] {
  const plan = new WorkingPlan(compiled, standing);
  return compiled.problem.sessions.flatMap(({ pinned }, session) =>
    pinned === null && (!isPlaced(session) || plan.hardOf(session) >= breach) ? [session] : [],
  );
}

/**
 * Judged by the model itself where nobody is left out. Where somebody is, by the rules that the rows do not hold, with
 * those left out standing where they were: that can only be stricter.
 */
function isLegal({ compiled: { problem }, standing, breach }: LeastCostQuestion, choices: readonly Choice[]): boolean {
  const plan = { start: standing.start.slice(), room: standing.room.slice() };
  choices.forEach((choice, session) => {
    if (choice === 'dropped') return;
    plan.start[session] = choice.start;
    plan.room[session] = choice.room;
  });
  if (!choices.includes('dropped')) return scoreOf(problem, plan).hard < breach;
  const unseen = problem.terms.map((term) => term()).filter(({ capacities }) => capacities === undefined);
  return unseen.every((term) => term.whole(plan).hard < breach);
}
