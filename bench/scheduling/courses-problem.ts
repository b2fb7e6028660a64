import { NO_COST, type Plan, type Score } from '../../src/features/programme/scheduler/plan.rules.js';
import type { CostTerm, PairClass, Problem } from '../../src/features/programme/scheduler/problem.rules.js';
import { lecturesOf, type CoursesFile } from './courses-file.js';

/** The cost terms of curriculum-based course timetabling, declared for the core. */
export function coursesProblem(file: CoursesFile): Problem {
  const lectures = lecturesOf(file);
  const periods = Array.from({ length: file.days * file.periodsPerDay }, (_, period) => period);
  const rooms = file.rooms.map((_, room) => room);
  return {
    starts: periods.length,
    rooms: rooms.length,
    sessions: lectures.map((index) => {
      const { unavailable, students } = file.courses[index]!;
      return {
        starts: periods.filter((period) => !unavailable.has(period)),
        rooms,
        pinned: null,
        cost: (period, room) => ({
          hard: unavailable.has(period) ? 1 : 0,
          soft: Math.max(0, students - file.rooms[room]!.capacity),
        }),
      };
    }),
    relation: () => 0,
    pairs: [conflicts(file, lectures)],
    terms: [
      () => new Rooms(rooms.length, periods.length),
      () => new WorkingDays(file, lectures),
      () => new RoomStability(file, lectures),
      () => new Compactness(file, lectures),
    ],
  };
}

function conflicts(file: CoursesFile, lectures: readonly number[]): PairClass {
  const curriculaOf = file.courses.map(
    (_, course) => new Set(file.curricula.flatMap((q, i) => (q.includes(course) ? [i] : []))),
  );
  const conflict = (a: number, b: number) =>
    a === b ||
    file.courses[a]!.teacher === file.courses[b]!.teacher ||
    [...curriculaOf[a]!].some((q) => curriculaOf[b]!.has(q));
  const pairs = lectures.flatMap((courseA, a) =>
    lectures.flatMap((courseB, b) => (a < b && conflict(courseA, courseB) ? [{ a, b, weight: 1 }] : [])),
  );
  return { cost: (_relation, a, b) => ({ hard: a === b ? 1 : 0 }), pairs };
}

/** Two lectures in one room: counted by room and period, since most pairs of lectures have nothing else in common. */
class Rooms implements CostTerm {
  private readonly taken: Int32Array;
  private plan: Plan;

  constructor(
    rooms: number,
    private readonly periods: number,
  ) {
    this.taken = new Int32Array(rooms * periods);
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.taken.fill(0);
    plan.start.forEach((period, lecture) => this.taken[plan.room[lecture]! * this.periods + period]!++);
  }

  shift(lecture: number, fromPeriod: number, fromRoom: number, delta: Float64Array): void {
    delta[0]! -= --this.taken[fromRoom * this.periods + fromPeriod]!;
    delta[0]! += this.taken[this.plan.room[lecture]! * this.periods + this.plan.start[lecture]!]!++;
  }

  hardOf(lecture: number): number {
    return this.taken[this.plan.room[lecture]! * this.periods + this.plan.start[lecture]!]! - 1;
  }

  whole(plan: Plan): Score {
    let hard = 0;
    plan.start.forEach((period, a) => {
      for (let b = 0; b < a; b++) if (plan.start[b] === period && plan.room[b] === plan.room[a]) hard++;
    });
    return { ...NO_COST, hard };
  }
}

/** How often the lectures of a course meet each of some things: days, or rooms. */
abstract class PerCourse implements CostTerm {
  protected readonly met: Int32Array;
  protected plan: Plan;

  constructor(
    protected readonly file: CoursesFile,
    protected readonly lectures: readonly number[],
    protected readonly things: number,
  ) {
    this.met = new Int32Array(file.courses.length * things);
  }

  protected abstract thingOf(period: number, room: number): number;
  protected abstract costOf(course: number, distinct: number): number;
  private distinct: Int32Array;

  reset(plan: Plan): void {
    this.plan = plan;
    this.met.fill(0);
    this.distinct = new Int32Array(this.file.courses.length);
    this.lectures.forEach((course, lecture) => {
      const cell = course * this.things + this.thingOf(plan.start[lecture]!, plan.room[lecture]!);
      if (this.met[cell]!++ === 0) this.distinct[course]!++;
    });
  }

  shift(lecture: number, fromPeriod: number, fromRoom: number, delta: Float64Array): void {
    const course = this.lectures[lecture]!;
    const from = this.thingOf(fromPeriod, fromRoom);
    const to = this.thingOf(this.plan.start[lecture]!, this.plan.room[lecture]!);
    if (from === to) return;
    const before = this.distinct[course]!;
    if (--this.met[course * this.things + from]! === 0) this.distinct[course]!--;
    if (this.met[course * this.things + to]!++ === 0) this.distinct[course]!++;
    const after = this.distinct[course]!;
    if (before !== after) delta[2]! += this.costOf(course, after) - this.costOf(course, before);
  }

  whole(plan: Plan): Score {
    const soft = this.file.courses.reduce((sum, _, course) => {
      const things = new Set<number>();
      this.lectures.forEach((of, lecture) => {
        if (of === course) things.add(this.thingOf(plan.start[lecture]!, plan.room[lecture]!));
      });
      return sum + this.costOf(course, things.size);
    }, 0);
    return { ...NO_COST, soft };
  }
}

class WorkingDays extends PerCourse {
  constructor(file: CoursesFile, lectures: readonly number[]) {
    super(file, lectures, file.days);
  }

  protected thingOf(period: number): number {
    return Math.floor(period / this.file.periodsPerDay);
  }

  protected costOf(course: number, days: number): number {
    return 5 * Math.max(0, this.file.courses[course]!.minDays - days);
  }
}

class RoomStability extends PerCourse {
  constructor(file: CoursesFile, lectures: readonly number[]) {
    super(file, lectures, file.rooms.length);
  }

  protected thingOf(_period: number, room: number): number {
    return room;
  }

  protected costOf(_course: number, rooms: number): number {
    return rooms - 1;
  }
}

/** A lecture of a curriculum with none beside it on its day costs 2. */
class Compactness implements CostTerm {
  private readonly curriculaOf: readonly (readonly number[])[];
  /** Each day has an empty cell at either end, so that neighbours need no question. */
  private readonly cellOf: Int32Array;
  private readonly cells: number;
  private readonly held: Int32Array;
  private plan: Plan;

  constructor(
    private readonly file: CoursesFile,
    private readonly lectures: readonly number[],
  ) {
    this.curriculaOf = file.courses.map((_, course) =>
      file.curricula.flatMap((q, i) => (q.includes(course) ? [i] : [])),
    );
    this.cells = file.days * (file.periodsPerDay + 1) + 1;
    this.cellOf = Int32Array.from(
      { length: file.days * file.periodsPerDay },
      (_, period) => period + Math.floor(period / file.periodsPerDay) + 1,
    );
    this.held = new Int32Array(file.curricula.length * this.cells);
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.held.fill(0);
    this.lectures.forEach((course, lecture) => {
      for (const q of this.curriculaOf[course]!) this.held[q * this.cells + this.cellOf[plan.start[lecture]!]!]!++;
    });
  }

  shift(lecture: number, fromPeriod: number, _fromRoom: number, delta: Float64Array): void {
    const toPeriod = this.plan.start[lecture]!;
    if (toPeriod === fromPeriod) return;
    const { held, cells } = this;
    let alone = 0;
    for (const q of this.curriculaOf[this.lectures[lecture]!]!) {
      const from = q * cells + this.cellOf[fromPeriod]!;
      const to = q * cells + this.cellOf[toPeriod]!;
      if (held[from] === 1) {
        alone -= this.aloneAround(from);
        held[from] = 0;
        alone += this.aloneAround(from);
      } else held[from]!--;
      if (held[to] === 0) {
        alone -= this.aloneAround(to);
        held[to] = 1;
        alone += this.aloneAround(to);
      } else held[to]!++;
    }
    delta[2]! += 2 * alone;
  }

  whole(plan: Plan): Score {
    const { file } = this;
    let soft = 0;
    for (let q = 0; q < file.curricula.length; q++) {
      const cells = new Set<number>();
      this.lectures.forEach((course, lecture) => {
        if (file.curricula[q]!.includes(course)) cells.add(this.cellOf[plan.start[lecture]!]!);
      });
      for (const cell of cells) if (!cells.has(cell - 1) && !cells.has(cell + 1)) soft += 2;
    }
    return { ...NO_COST, soft };
  }

  /** Of a cell and its neighbours, how many are held and have none beside them. */
  private aloneAround(cell: number): number {
    const { held } = this;
    const [before, here, after] = [held[cell - 1]! > 0, held[cell]! > 0, held[cell + 1]! > 0];
    // Beside a held cell nobody is alone.
    if (here) return before || after ? 0 : 1;
    const isAlone = (at: number, beyond: number) => held[at]! > 0 && !(held[beyond]! > 0);
    return (isAlone(cell - 1, cell - 2) ? 1 : 0) + (isAlone(cell + 1, cell + 2) ? 1 : 0);
  }
}
