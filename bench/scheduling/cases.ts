import { createHash } from 'node:crypto';
import { anneal } from '../../src/features/programme/scheduler/annealing.rules.js';
import { compile } from '../../src/features/programme/scheduler/compile.rules.js';
import { congressProblem, placesOf } from '../../src/features/programme/scheduler/congress/congress-problem.rules.js';
import type { Plan } from '../../src/features/programme/scheduler/plan.rules.js';
import { scoreOf, type Problem } from '../../src/features/programme/scheduler/problem.rules.js';
import { differenceOf, repair, withPrices } from '../../src/features/programme/scheduler/repair.rules.js';
import { median, type Figure } from '../measure.js';
import { BARS, MOVES } from './bars.js';
import { congressOf, type CongressFile } from './congress-file.js';
import { scoreCongress } from './congress-scorer.js';
import { readCourses } from './courses-file.js';
import { coursesProblem } from './courses-problem.js';
import { scoreCourses } from './courses-scorer.js';
import { instances } from './instances.js';
import { costs, mustEqual, run, SEEDS, within, worst } from './runs.js';
import type { TalksFile, TalksPlan } from './talks-file.js';
import { talksProblem } from './talks-problem.js';
import { scoreTalks } from './talks-scorer.js';

const talksPlan = ({ start, room }: Plan): TalksPlan => ({ slot: [...start], room: [...room] });

/** Conference sets, 5 seconds. */
export function quality(): Figure[] {
  return instances('talks', '.json').flatMap(({ name, text }) => {
    const file = JSON.parse(text) as TalksFile;
    const problem = talksProblem(file);
    const found = SEEDS.map((seed) => scoreTalks(file, talksPlan(run(problem, seed, 5).plan)).score);
    return [
      worst(
        `${name}: hard and medium`,
        'points',
        found.map(([hard, medium]) => -hard - medium),
        0,
      ),
      costs(
        `${name}: soft, 5 s`,
        found.map(([, , soft]) => -soft),
        BARS[name],
      ),
    ];
  });
}

/** Course timetabling: another set of cost terms on the same core. 10 seconds. */
export function generality(): Figure[] {
  return instances('courses', '.ctt').flatMap(({ name, text }) => {
    const file = readCourses(text);
    const problem = coursesProblem(file);
    const runs = SEEDS.map((seed) => run(problem, seed, 10));
    const found = runs.map(({ plan }) => scoreCourses(file, { period: [...plan.start], room: [...plan.room] }));
    return [
      worst(
        `${name}: feasible after`,
        's',
        runs.map(({ feasibleAfter }, index) => (found[index]!.hard > 0 ? Infinity : feasibleAfter)),
        20,
      ),
      costs(
        `${name}: soft, 10 s`,
        found.map(({ soft }) => soft),
        BARS[name],
      ),
    ];
  });
}

/** A congress of our own model, 10 seconds; legal after 2. */
export function congress(): Figure[] {
  return instances('congress', '.json').flatMap(({ name, text }) => {
    const file = JSON.parse(text) as CongressFile;
    const problem = congressProblem(congressOf(file));
    const after = (seconds: number) =>
      SEEDS.map((seed) => scoreCongress(file, placesOf(problem, run(problem, seed, seconds).plan)));
    const [short, long] = [after(2), after(10)];
    return [
      worst(
        `${name}: hard, 2 s`,
        'rules',
        short.map(({ hard }) => hard),
        0,
      ),
      worst(
        `${name}: hard, 10 s`,
        'rules',
        long.map(({ hard }) => hard),
        0,
      ),
      costs(
        `${name}: soft, 2 s`,
        short.map(({ soft }) => soft),
        undefined,
      ),
      costs(
        `${name}: soft, 10 s`,
        long.map(({ soft }) => soft),
        BARS[name],
      ),
    ];
  });
}

/** The least change after a disturbance, 3 seconds. */
export function perturbation(): Figure[] {
  const plans = new Map(instances('perturbation', '.published.json').map(({ name, text }) => [name, text]));
  return instances('perturbation', '.instance.json').flatMap(({ name, text }) => {
    const file = JSON.parse(text) as TalksFile;
    const { slot, room } = JSON.parse(plans.get(name)!) as TalksPlan;
    const published = { start: Int32Array.from(slot), room: Int32Array.from(room) };
    const found = SEEDS.map((seed) => {
      const { passed: _, ...budget } = within(3);
      const problem = withPrices(talksProblem(file), published);
      const { plan, score } = repair(problem, published, 'fewest-moves', { seed, ...budget });
      mustEqual(score, scoreOf(problem, plan));
      const pinned = file.talks.flatMap((talk, index) => (talk.pinned ? [index] : []));
      const left = pinned.filter((talk) => plan.start[talk] !== slot[talk] || plan.room[talk] !== room[talk]);
      return {
        hard: -scoreTalks(file, talksPlan(plan)).score[0],
        pinned: left.length,
        ...differenceOf(published, plan),
      };
    });
    const counted = (what: string, unit: string, values: number[], limit: number | undefined): Figure => ({
      name: `${name}: ${what}`,
      value: median(values),
      unit,
      reference: null,
      ratio: null,
      target: limit === undefined ? '' : `≤ ${limit}`,
    });
    return [
      worst(
        `${name}: hard, 3 s`,
        'points',
        found.map(({ hard }) => hard),
        0,
      ),
      worst(
        `${name}: pinned talks moved`,
        'talks',
        found.map(({ pinned }) => pinned),
        0,
      ),
      counted(
        'starts moved',
        'talks',
        found.map(({ starts }) => starts),
        MOVES[name]?.starts,
      ),
      counted(
        'rooms changed',
        'talks',
        found.map(({ rooms }) => rooms),
        MOVES[name]?.rooms,
      ),
    ];
  });
}

/** Two runs of everything, compiled afresh: plans that differ by a byte. */
export function determinism(): Figure[] {
  const problems: (() => Problem)[] = [
    ...instances('talks', '.json').map(
      ({ text }) =>
        () =>
          talksProblem(JSON.parse(text) as TalksFile),
    ),
    ...instances('courses', '.ctt').map(
      ({ text }) =>
        () =>
          coursesProblem(readCourses(text)),
    ),
    ...instances('congress', '.json').map(
      ({ text }) =>
        () =>
          congressProblem(congressOf(JSON.parse(text) as CongressFile)),
    ),
  ];
  const bytes = (problem: Problem) => {
    const { plan } = anneal(compile(problem), { seed: 7, maxMoves: 100_000 });
    return createHash('sha256').update(plan.start).update(plan.room).digest('hex');
  };
  const differing = problems.filter((problem) => bytes(problem()) !== bytes(problem())).length;
  return [worst(`${problems.length} instances, 100,000 moves twice: plans that differ`, 'plans', [differing], 0)];
}
