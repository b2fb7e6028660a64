/** What a plan costs, in the order in which plans are compared. Lower is better; a reward is a negative cost. */
export interface Score {
  readonly hard: number;
  readonly medium: number;
  readonly soft: number;
}

export const NO_COST: Score = { hard: 0, medium: 0, soft: 0 };

/** Where each session stands: indexes of starts and rooms, in the order of sessions. */
export interface Plan {
  readonly start: Int32Array;
  readonly room: Int32Array;
}

/** Negative when `a` is the better plan: hard first, then medium, then soft. */
export function compareScores(a: Score, b: Score): number {
  return a.hard - b.hard || a.medium - b.medium || a.soft - b.soft;
}

export function addScores(a: Score, b: Partial<Score>): Score {
  return { hard: a.hard + (b.hard ?? 0), medium: a.medium + (b.medium ?? 0), soft: a.soft + (b.soft ?? 0) };
}

export function copyPlan(plan: Plan): Plan {
  return { start: plan.start.slice(), room: plan.room.slice() };
}
