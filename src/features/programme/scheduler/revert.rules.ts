import type { Annealed } from './annealing.rules.js';
import type { CompiledProblem } from './compile.rules.js';
import type { Plan } from './plan.rules.js';
import { WorkingPlan } from './working-plan.rules.js';

/**
 * Puts moved sessions back where they were published, one after the other; what displaced sits there goes back too. Keeps
 * it when nothing more is broken and the plan is no dearer. Removes what a search moved for nothing.
 */
export function revertChains<T extends Annealed>(compiled: CompiledProblem, published: Plan, found: T): T {
  const plan = new WorkingPlan(compiled, found.plan);
  const isMoved = (session: number) =>
    plan.start[session] !== published.start[session] || plan.room[session] !== published.room[session];
  const back = (session: number) => plan.shift(session, published.start[session]!, published.room[session]!);
  let isBetter = true;
  while (isBetter) {
    isBetter = false;
    for (const session of compiled.free) {
      if (!isMoved(session)) continue;
      const before = new Map([...compiled.free].map((other) => [other, plan.hardOf(other)]));
      back(session);
      for (let chain = 0; chain < compiled.free.length && plan.delta[0]! > 0; chain++) {
        const displaced = compiled.free.find((other) => isMoved(other) && plan.hardOf(other) > before.get(other)!);
        if (displaced === undefined) break;
        back(displaced);
      }
      const [hard, medium, soft] = plan.delta;
      if (hard! < 0 || (hard === 0 && (medium! < 0 || (medium === 0 && soft! < 0)))) {
        plan.keep();
        isBetter = true;
      } else plan.takeBack();
    }
  }
  return { ...found, plan: { start: plan.start, room: plan.room }, score: plan.score };
}
