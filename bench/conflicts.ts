import { ConflictIndex } from '../src/features/programme/conflicts/conflict-index.rules.js';
import { ConflictLedger } from '../src/features/programme/conflicts/conflict-ledger.js';
import { heatMap } from '../src/features/programme/conflicts/heat-map.rules.js';
import { movedTo } from '../src/features/programme/conflicts/places.rules.js';
import { generatedProgramme, randomOf } from '../test/support/generated-programme.js';
import { medianOf, type Figure } from './measure.js';

const SESSIONS = 10_000;
const PEOPLE = 50_000;
const SEED = 20_271_012;

const world = () => generatedProgramme(SESSIONS, PEOPLE, SEED);

/** Everything again: every booking laid anew, every pair found. */
export async function conflictsFull(): Promise<Figure[]> {
  const { house, sessions } = world();
  const index = new ConflictIndex(house, sessions);
  const bookings = sessions.reduce((sum, { people }) => sum + people.length + 1, 0);
  const found = index.all().length;
  const again = await milliseconds(1, () => {
    index.layOut();
    index.all();
  });
  const anew = await milliseconds(1, () => void new ConflictIndex(house, sessions).all());
  return [
    figure(`conflicts of ${SESSIONS} sessions, ${bookings} bookings, ${found} found`, again, '≤ 150 ms of CPU'),
    figure('the same from plain sessions, names numbered anew', anew, '–'),
  ];
}

/** One session somewhere else: what it would meet; and the move itself, with everything that it touches counted anew. */
export async function conflictsWhatIf(): Promise<Figure[]> {
  const { house, sessions, rooms, starts } = world();
  const ledger = new ConflictLedger(house, sessions);
  const random = randomOf(SEED);
  const one = () => {
    const session = sessions[random(sessions.length)]!;
    return movedTo(session, starts[random(starts.length)]!, rooms[random(rooms.length)]!);
  };
  const whatIf = await milliseconds(2000, () => void ledger.index.against(one()));
  const move = await milliseconds(500, () => ledger.put(one()));
  return [
    figure('conflicts, what if a session went there', whatIf, '≤ 1 ms of CPU'),
    figure('conflicts, a session moved and counted anew', move, '–'),
  ];
}

/** Every start and room of one session. */
export async function conflictsHeatMap(): Promise<Figure[]> {
  const { house, sessions, rooms, starts } = world();
  const index = new ConflictIndex(house, sessions);
  const random = randomOf(SEED);
  const one = await milliseconds(20, () => {
    heatMap(index, house, sessions[random(sessions.length)]!, { starts, rooms, signUps: 0 });
  });
  return [figure(`heat map, ${starts.length} starts × ${rooms.length} rooms`, one, '≤ 25 ms of CPU')];
}

/** Processor time of one of `times` runs, after as many to warm up. */
async function milliseconds(times: number, work: () => void): Promise<number> {
  const round = () => {
    const before = process.cpuUsage();
    for (let n = 0; n < times; n++) work();
    const { user, system } = process.cpuUsage(before);
    return Promise.resolve((user + system) / 1000 / times);
  };
  await round();
  return medianOf(round);
}

function figure(name: string, value: number, target: string): Figure {
  return { name, value, unit: 'ms', reference: null, ratio: null, target };
}
