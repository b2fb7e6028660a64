import { anneal } from '../annealing.rules.js';
import { compile } from '../compile.rules.js';
import type { Congress } from '../congress/congress.rules.js';
import { congressProblem, hopeless, type CongressProblem } from '../congress/congress-problem.rules.js';
import { assignInterpreters } from '../interpreters/interpreters.rules.js';
import type { Roster, Rostered } from '../interpreters/roster.rules.js';
import { withoutHopeless, type SchedulerTask } from '../scheduler-task.rules.js';
import { fewestDropped, leastChange, type Standing } from './exact.rules.js';
import type { LinearSolver } from './linear-model.rules.js';

/** What another thread is asked to prove, as plain data. */
export type ExactQuestion =
  | { readonly ask: 'proven-minimum'; readonly task: SchedulerTask; readonly seconds: number }
  | { readonly ask: 'why-not'; readonly task: SchedulerTask; readonly seconds: number }
  | { readonly ask: 'interpreters'; readonly roster: Roster; readonly seconds: number };

export type ProvenMinimum =
  /** No repair moves fewer sessions; of those that move as few, none moves fewer to another time. */
  | { readonly state: 'proven'; readonly moved: number; readonly starts: number }
  /** Whatever moves, something stays broken. */
  | { readonly state: 'impossible' }
  /** The time was too short: at least so many. */
  | { readonly state: 'not-proven'; readonly atLeast: number };

export type WhyNot =
  /** Sessions, by index, without which the others have a legal programme; no smaller set will do. None: all have one. */
  | { readonly state: 'proven'; readonly dropped: readonly number[] }
  | { readonly state: 'impossible' }
  | { readonly state: 'not-proven'; readonly atLeast: number };

export interface ExactAnswers {
  readonly 'proven-minimum': ProvenMinimum;
  readonly 'why-not': WhyNot;
  readonly interpreters: Rostered;
}

/** Of the time for "why not", what the search may take to find a plan with few sessions to spare. */
const SEARCH = 0.3;

/** `secondsGone`: since the question was asked. */
export function answerTo(
  question: ExactQuestion,
  solve: LinearSolver,
  secondsGone: () => number,
): ExactAnswers[ExactQuestion['ask']] {
  const secondsLeft = () => question.seconds - secondsGone();
  switch (question.ask) {
    case 'proven-minimum':
      return provenMinimum(question.task, solve, secondsLeft);
    case 'why-not':
      return whyNot(question, solve, secondsGone);
    case 'interpreters':
      return assignInterpreters(question.roster, { solve, secondsLeft })!;
  }
}

/** How many sessions that have a place must leave it so that no hard rule is broken. */
function provenMinimum(
  { congress: asked }: SchedulerTask,
  solve: LinearSolver,
  secondsLeft: () => number,
): ProvenMinimum {
  // As in the search: what has no legal place at all is left where it is.
  const congress = withoutHopeless(asked, hopeless(asked));
  // Putting a session into the tray would be no repair.
  const sessions = congress.sessions.map((session) =>
    session.place === null ? session : { ...session, mayWait: false },
  );
  const problem = congressProblem({ ...congress, sessions });
  // One session more outweighs every number of starts.
  const session = sessions.length + 1;
  const found = leastChange(
    problem,
    standing(congress, problem),
    { start: session + 1, room: session },
    solve,
    secondsLeft,
  );
  if (found.state === 'proven') return { state: 'proven', moved: found.starts + found.rooms, starts: found.starts };
  return found.state === 'impossible' ? found : { ...found, atLeast: Math.ceil(found.atLeast / (session + 1)) };
}

function whyNot(
  { task: { congress, seed }, seconds }: Extract<ExactQuestion, { ask: 'why-not' }>,
  solve: LinearSolver,
  secondsGone: () => number,
): WhyNot {
  const problem = congressProblem(congress);
  let isLegal = false;
  const { plan } = anneal(compile(problem), {
    seed,
    maxMoves: Infinity,
    timeShare: () => secondsGone() / (seconds * SEARCH),
    onProgress: ({ best }) => {
      isLegal = best.hard <= 0;
    },
    isCancelled: () => isLegal,
  });
  if (isLegal) return { state: 'proven', dropped: [] };
  const found = fewestDropped(problem, { plan, isPlaced: () => true }, solve, () => seconds - secondsGone());
  return found.state === 'proven' ? { state: 'proven', dropped: found.dropped } : found;
}

function standing({ sessions }: Congress, { quanta }: CongressProblem): Standing {
  return {
    plan: {
      start: Int32Array.from(sessions, ({ place }) => (place ? quanta.indexOf(place.start) : 0)),
      room: Int32Array.from(sessions, ({ place }) => place?.room ?? 0),
    },
    isPlaced: (session) => sessions[session]!.place !== null,
  };
}
