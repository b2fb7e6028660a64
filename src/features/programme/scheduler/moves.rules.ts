import type { CompiledProblem } from './compile.rules.js';
import type { SeededRandom } from './random.rules.js';
import type { WorkingPlan } from './working-plan.rules.js';

/** Of 16 moves, how many only change the start, only the room, both; the rest exchanges two sessions. */
const START = 3;
const ROOM = START + 2;
const PLACE = ROOM + 2;
/** Partners that are asked for an exchange before the move is given up. */
const PARTNERS = 6;

/**
 * Makes one random change of place, or exchanges two sessions: real grids are nearly full, and a plain change finds
 * nothing free. False when the draw led nowhere; then nothing is changed.
 */
export function randomMove(
  compiled: CompiledProblem,
  plan: WorkingPlan,
  random: SeededRandom,
  free: Int32Array = compiled.free,
): boolean {
  const session = free[random.below(free.length)]!;
  const start = plan.start[session]!;
  const room = plan.room[session]!;
  const kind = random.next() & 15;
  if (kind < PLACE) {
    const toStart = kind < START || kind >= ROOM ? anyOf(compiled.startsOf[session]!, random) : start;
    const toRoom = kind >= START ? anyOf(compiled.roomsOf[session]!, random) : room;
    if (toStart === start && toRoom === room) return false;
    plan.shift(session, toStart, toRoom);
    return true;
  }
  for (let asked = 0; asked < PARTNERS; asked++) {
    const partner = free[random.below(free.length)]!;
    const toStart = plan.start[partner]!;
    const toRoom = plan.room[partner]!;
    if (toStart === start && toRoom === room) continue;
    if (!admits(compiled, session, toStart, toRoom) || !admits(compiled, partner, start, room)) continue;
    plan.shift(session, toStart, toRoom);
    plan.shift(partner, start, room);
    return true;
  }
  return false;
}

/** Whether a place lies in the domain of a session. */
export function admits(
  { mayStart, mayTake, starts, rooms }: CompiledProblem,
  session: number,
  start: number,
  room: number,
): boolean {
  return mayStart[session * starts + start] === 1 && mayTake[session * rooms + room] === 1;
}

function anyOf(choices: Int32Array, random: SeededRandom): number {
  return choices[random.below(choices.length)]!;
}
