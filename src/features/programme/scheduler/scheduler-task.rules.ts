import { anneal, randomPlan, type AnnealOptions } from './annealing.rules.js';
import { compile } from './compile.rules.js';
import type { Congress, CongressPlace } from './congress/congress.rules.js';
import { billOf, congressProblem, placesOf, planOf, type CongressProblem } from './congress/congress-problem.rules.js';
import type { Plan, Score } from './plan.rules.js';
import { SeededRandom } from './random.rules.js';
import { differenceOf, repair, type Difference, type RepairAim } from './repair.rules.js';

/** What the scheduler is asked, as plain data that another thread can read. */
export interface SchedulerTask {
  readonly congress: Congress;
  /** `new-programme` forgets where draft sessions stand; the others start from where everything stands now. */
  readonly aim: 'new-programme' | RepairAim;
  readonly seed: number;
  /** Null: as many as the time allows. */
  readonly maxMoves: number | null;
  /** Null: as long as the moves take, and the same plan on any machine. */
  readonly seconds: number | null;
}

/** A proposal. It changes nothing: a person takes it over, in whole or session by session. */
export interface Proposal {
  /** In the order of sessions. */
  readonly places: readonly CongressPlace[];
  readonly score: Score;
  /** What each rule of the catalogue costs. */
  readonly bill: Readonly<Record<string, number>>;
  /** Against the places that sessions had, of those that had one. */
  readonly difference: Difference;
  readonly moves: number;
  readonly isCancelled: boolean;
}

/** Does a task to its end. `watch` brings what comes from outside: the share of time gone, the flag, who follows. */
export function perform(
  { congress, aim, seed, maxMoves }: SchedulerTask,
  watch: Pick<AnnealOptions, 'timeShare' | 'isCancelled' | 'onProgress'>,
): Proposal {
  const problem = congressProblem(congress);
  const options = { ...watch, seed, maxMoves: maxMoves ?? Infinity };
  const start = startingPlan(problem, congress, seed);
  const { plan, score, moves, isCancelled } =
    aim === 'new-programme' ? anneal(compile(problem), options) : repair(problem, start, aim, options);
  return {
    places: placesOf(problem, plan),
    score,
    bill: billOf(congress, plan),
    difference: differenceOf(start, differingOnlyWherePlaced(congress, start, plan)),
    moves,
    isCancelled,
  };
}

/** Where everything stands now; sessions without a place stand at random. */
function startingPlan(problem: CongressProblem, { sessions }: Congress, seed: number): Plan {
  const anywhere = placesOf(problem, randomPlan(compile(problem), new SeededRandom(seed)));
  return planOf(
    problem,
    sessions.map(({ place }, session) => place ?? anywhere[session]!),
  );
}

function differingOnlyWherePlaced({ sessions }: Congress, start: Plan, plan: Plan): Plan {
  const hadPlace = (session: number) => sessions[session]!.place !== null;
  return {
    start: plan.start.map((value, session) => (hadPlace(session) ? value : start.start[session]!)),
    room: plan.room.map((value, session) => (hadPlace(session) ? value : start.room[session]!)),
  };
}
