import { anneal, randomPlan, type AnnealOptions } from './annealing.rules.js';
import { compile, type CompiledProblem } from './compile.rules.js';
import type { Congress, CongressPlace } from './congress/congress.rules.js';
import {
  billOf,
  congressProblem,
  hopeless,
  placesOf,
  planOf,
  type CongressProblem,
} from './congress/congress-problem.rules.js';
import { obstaclesOf, type Stuck } from './congress/obstacles.rules.js';
import type { Plan, Score } from './plan.rules.js';
import { SeededRandom } from './random.rules.js';
import { differenceOf, REPAIR_AIMS, repair, type Difference } from './repair.rules.js';
import { settle } from './settle.rules.js';

export const PLAN_AIMS = ['fill-tray', ...REPAIR_AIMS, 'new-programme'] as const;
/** `new-programme` forgets where draft sessions stand; the others start from where everything stands now. */
export type PlanAim = (typeof PLAN_AIMS)[number];

/** What the scheduler is asked, as plain data that another thread can read. */
export interface SchedulerTask {
  readonly congress: Congress;
  readonly aim: PlanAim;
  readonly seed: number;
  /** Null: as many as the time allows. */
  readonly maxMoves: number | null;
  /** Null: as long as the moves take, and the same plan on any machine. */
  readonly seconds: number | null;
}

/** A plan that somebody may take over, in whole or session by session. It changes nothing by itself. */
export interface ProposedPlan {
  readonly aim: PlanAim;
  /** In the order of sessions. */
  readonly places: readonly CongressPlace[];
  readonly score: Score;
  /** What each rule of the catalogue costs, and what it costs where everything stands now. */
  readonly bill: Bill;
  readonly before: Bill;
  /** Against the places that sessions had, of those that had one. */
  readonly difference: Difference;
  /** Sessions that stay in the tray, or where they break a rule, because there is no legal place for them. */
  readonly stuck: readonly Stuck[];
  readonly moves: number;
  readonly isCancelled: boolean;
}

export type Bill = Readonly<Record<string, number>>;

/** Of so many stuck sessions it is said why. */
const EXPLAINED = 100;

/** Does a task to its end. `watch` brings what comes from outside: the share of time gone, the flag, who follows. */
export function perform(
  { congress: asked, aim, seed, maxMoves }: SchedulerTask,
  watch: Pick<AnnealOptions, 'timeShare' | 'isCancelled' | 'onProgress'>,
): ProposedPlan {
  const helpless = hopeless(asked);
  const congress = withoutHopeless(asked, helpless);
  const problem = congressProblem(congress);
  const compiled = compile(problem);
  const options = { ...watch, seed, maxMoves: maxMoves ?? Infinity };
  const start = startingPlan(problem, compiled, congress, seed);
  const from = aim === 'new-programme' ? scattered(compiled, congress, start, seed) : start;
  const found = search(problem, compiled, aim, from, options);
  const { tray } = congress;
  const { plan, score } = tray === null ? found : settle(compiled, found.plan, tray);
  const places = placesOf(problem, plan);
  const waiting = [...places.keys()].filter((session) => places[session]!.room === tray);
  return {
    aim,
    places,
    score,
    bill: billOf(congress, plan),
    before: billOf(congress, start),
    difference: differenceOf(start, differingOnlyWherePlaced(congress, start, plan)),
    stuck: [...helpless, ...waiting].slice(0, EXPLAINED).map((session) => obstaclesOf(asked, places, session)),
    moves: found.moves,
    isCancelled: found.isCancelled,
  };
}

function search(
  problem: CongressProblem,
  compiled: CompiledProblem,
  aim: PlanAim,
  start: Plan,
  options: AnnealOptions,
) {
  if (aim === 'fill-tray' || aim === 'new-programme') return anneal(compiled, { ...options, from: start });
  return repair(problem, start, aim, options);
}

/** What has no legal place stays where it is: moving it helps nobody. */
export function withoutHopeless(congress: Congress, stuck: readonly number[]): Congress {
  if (stuck.length === 0) return congress;
  const sessions = congress.sessions.map((session, index) =>
    stuck.includes(index) ? { ...session, level: 'pinned' as const } : session,
  );
  return { ...congress, sessions };
}

/** Where everything stands now; sessions without a place wait in the tray, or stand at random where there is none. */
function startingPlan(
  problem: CongressProblem,
  compiled: CompiledProblem,
  { sessions, tray }: Congress,
  seed: number,
): Plan {
  const anywhere = placesOf(problem, randomPlan(compiled, new SeededRandom(seed)));
  const without = (session: number) =>
    tray !== null && sessions[session]!.mayWait ? { start: problem.quanta[0]!, room: tray } : anywhere[session]!;
  return planOf(
    problem,
    sessions.map(({ place }, session) => place ?? without(session)),
  );
}

/** Draft sessions anywhere. */
function scattered(compiled: CompiledProblem, { sessions }: Congress, start: Plan, seed: number): Plan {
  const anywhere = randomPlan(compiled, new SeededRandom(seed));
  const isDraft = (session: number) => sessions[session]!.level === 'draft';
  return {
    start: start.start.map((value, session) => (isDraft(session) ? anywhere.start[session]! : value)),
    room: start.room.map((value, session) => (isDraft(session) ? anywhere.room[session]! : value)),
  };
}

function differingOnlyWherePlaced({ sessions }: Congress, start: Plan, plan: Plan): Plan {
  const hadPlace = (session: number) => sessions[session]!.place !== null;
  return {
    start: plan.start.map((value, session) => (hadPlace(session) ? value : start.start[session]!)),
    room: plan.room.map((value, session) => (hadPlace(session) ? value : start.room[session]!)),
  };
}
