import type { CompiledProblem } from './compile.rules.js';
import type { Plan, Score } from './plan.rules.js';
import { WorkingPlan } from './working-plan.rules.js';

/**
 * Leaves no session where it breaks a hard rule when it may wait in the tray instead, and none waiting that has a place
 * without breaking one: what no plan could hold waits, and nothing else. `leastBreach` of the problem is the smallest hard
 * cost of a broken rule.
 */
export function settle(compiled: CompiledProblem, found: Plan, tray: number): { plan: Plan; score: Score } {
  const plan = new WorkingPlan(compiled, found);
  const mayWait = [...compiled.free].filter((session) => compiled.roomsOf[session]!.includes(tray));
  sendBack(compiled, plan, mayWait, tray);
  for (let isFound = true; isFound;) {
    isFound = false;
    for (const session of mayWait)
      if (plan.room[session] === tray && takesPlace(compiled, plan, session, tray)) isFound = true;
  }
  return { plan: { start: plan.start, room: plan.room }, score: plan.score };
}

/** The one that breaks most waits first; others may then be in order. */
function sendBack({ problem }: CompiledProblem, plan: WorkingPlan, mayWait: readonly number[], tray: number): void {
  for (;;) {
    const broken = mayWait
      .filter((session) => plan.room[session] !== tray)
      .map((session) => ({ session, hard: plan.hardOf(session) }))
      .filter(({ hard }) => hard >= (problem.leastBreach ?? 1));
    if (broken.length === 0) return;
    const { session } = broken.reduce((worst, one) => (one.hard > worst.hard ? one : worst));
    plan.shift(session, plan.start[session]!, tray);
    plan.keep();
  }
}

/** Puts a waiting session where it breaks nothing and costs least. False when there is no such place. */
function takesPlace({ startsOf, roomsOf }: CompiledProblem, plan: WorkingPlan, session: number, tray: number): boolean {
  let best: { start: number; room: number; medium: number; soft: number } | undefined;
  for (const start of startsOf[session]!) {
    for (const room of roomsOf[session]!) {
      if (room === tray) continue;
      plan.shift(session, start, room);
      const [hard, medium, soft] = plan.delta;
      const isBetter = !best || medium! < best.medium || (medium === best.medium && soft! < best.soft);
      if (hard! < 0 && isBetter) best = { start, room, medium: medium!, soft: soft! };
      plan.takeBack();
    }
  }
  if (!best) return false;
  plan.shift(session, best.start, best.room);
  plan.keep();
  return true;
}
