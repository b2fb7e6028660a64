import { compile } from '../../src/features/programme/scheduler/compile.rules.js';
import { anneal } from '../../src/features/programme/scheduler/annealing.rules.js';
import type { Congress } from '../../src/features/programme/scheduler/congress/congress.rules.js';
import { congressProblem } from '../../src/features/programme/scheduler/congress/congress-problem.rules.js';
import { fewestDropped, leastChange } from '../../src/features/programme/scheduler/exact/exact.rules.js';
import { linearSolver } from '../../src/features/programme/scheduler/exact/linear-solver.js';
import { SeededRandom } from '../../src/features/programme/scheduler/random.rules.js';
import { ROOM_CHANGED, START_MOVED } from '../../src/features/programme/scheduler/congress/congress.rules.js';
import { aPerson, aRoom, aSession, congressWith } from '../../test/unit/features/programme/scheduler/small-congress.js';
import { median, type Figure } from '../measure.js';
import { LEAST } from './bars.js';
import { instances } from './instances.js';
import { cpuSeconds, SEEDS } from './runs.js';
import type { TalksFile, TalksPlan } from './talks-file.js';
import { talksProblem } from './talks-problem.js';

const SESSIONS = 200;
const SECONDS = 10;
const REQUESTS = [30, 60, 200] as const;

/** "Why does the whole not work?" `requests` sessions want the one room with an organ, which has 21 places for them. */
export async function whyNot(): Promise<Figure[]> {
  const solve = await linearSolver();
  return REQUESTS.flatMap((requests) => {
    const runs = SEEDS.map((seed) => {
      const from = cpuSeconds();
      const secondsLeft = () => SECONDS - (cpuSeconds() - from);
      const problem = congressProblem(overbooked(requests, seed));
      const { plan } = anneal(compile(problem), {
        seed,
        maxMoves: Infinity,
        timeShare: () => (cpuSeconds() - from) / (SECONDS * 0.3),
      });
      const found = fewestDropped(problem, { plan, isPlaced: () => true }, solve, secondsLeft);
      return { seconds: cpuSeconds() - from, dropped: found.state === 'proven' ? found.dropped.length : NaN };
    });
    const name = `why not, ${SESSIONS} sessions, ${requests} want 21 places`;
    const dropped = runs.map((run) => run.dropped);
    return [
      figure(`${name}: to leave out, proven`, 'sessions', median(dropped), `= ${requests - 21}`),
      figure(`${name}: after`, 's of CPU', median(runs.map(({ seconds }) => seconds)), `≤ ${SECONDS}`),
    ];
  });
}

/** The proven least change after a disturbance, a start counted as five rooms. */
export async function leastChanges(): Promise<Figure[]> {
  const solve = await linearSolver();
  const plans = new Map(instances('perturbation', '.published.json').map(({ name, text }) => [name, text]));
  return instances('perturbation', '.instance.json').flatMap(({ name, text }) => {
    const { slot, room } = JSON.parse(plans.get(name)!) as TalksPlan;
    const standing = { start: Int32Array.from(slot), room: Int32Array.from(room) };
    const from = cpuSeconds();
    const found = leastChange(
      talksProblem(JSON.parse(text) as TalksFile),
      { plan: standing, isPlaced: () => true },
      { start: START_MOVED, room: ROOM_CHANGED },
      solve,
      () => 60 - (cpuSeconds() - from),
    );
    const { starts, rooms } = found.state === 'proven' ? found : { starts: NaN, rooms: NaN };
    const least = LEAST[name];
    return [
      figure(`${name}: least starts moved, proven`, 'talks', starts, least ? `= ${least.starts}` : ''),
      figure(`${name}: and rooms changed`, 'talks', rooms, least ? `= ${least.rooms}` : ''),
      figure(`${name}: proven after`, 's of CPU', cpuSeconds() - from, ''),
    ];
  });
}

function figure(name: string, unit: string, value: number, target: string): Figure {
  return { name, value, unit, reference: null, ratio: null, target };
}

/** Ten rooms, three days with seven hours each; everybody takes part in about two sessions, some arrive on the second day. */
function overbooked(requests: number, seed: number): Congress {
  const random = new SeededRandom(seed);
  const people = Array.from({ length: 250 }, () => aPerson({ from: random.below(10) === 0 ? 96 : 0 }));
  return congressWith({
    rooms: [aRoom({ equipment: ['organ'] }), ...Array.from({ length: 9 }, () => aRoom())],
    persons: people,
    sessions: Array.from({ length: SESSIONS }, (_, session) =>
      aSession({
        equipment: session < requests ? ['organ'] : [],
        persons: [random.below(people.length), random.below(people.length)],
      }),
    ),
  });
}
