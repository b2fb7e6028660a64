/** An instance of curriculum-based course timetabling, as written in a .ctt file (ITC-2007, track 3). */
export interface CoursesFile {
  readonly days: number;
  readonly periodsPerDay: number;
  readonly courses: readonly Course[];
  readonly rooms: readonly { readonly name: string; readonly capacity: number }[];
  /** Courses of each curriculum, by index. */
  readonly curricula: readonly (readonly number[])[];
}

export interface Course {
  readonly name: string;
  readonly teacher: string;
  readonly lectures: number;
  readonly minDays: number;
  readonly students: number;
  /** Periods (day × periods per day + period) in which it cannot be held. */
  readonly unavailable: ReadonlySet<number>;
}

export function readCourses(text: string): CoursesFile {
  const lines = text.split('\n').map((line) => line.trim());
  const header = (name: string) => Number(lines.find((line) => line.startsWith(`${name}:`))!.split(':')[1]);
  const section = (name: string, count: number) => {
    const at = lines.indexOf(`${name}:`);
    return lines.slice(at + 1, at + 1 + count).map((line) => line.split(/\s+/));
  };
  const [days, periodsPerDay] = [header('Days'), header('Periods_per_day')];
  const unavailable = new Map<string, Set<number>>();
  for (const [course, day, period] of section('UNAVAILABILITY_CONSTRAINTS', header('Constraints'))) {
    const periods = unavailable.get(course!) ?? new Set();
    periods.add(Number(day) * periodsPerDay + Number(period));
    unavailable.set(course!, periods);
  }
  const courses = section('COURSES', header('Courses')).map(([name, teacher, lectures, minDays, students]) => ({
    name: name!,
    teacher: teacher!,
    lectures: Number(lectures),
    minDays: Number(minDays),
    students: Number(students),
    unavailable: unavailable.get(name!) ?? new Set<number>(),
  }));
  const indexOf = new Map(courses.map(({ name }, index) => [name, index]));
  return {
    days,
    periodsPerDay,
    courses,
    rooms: section('ROOMS', header('Rooms')).map(([name, capacity]) => ({ name: name!, capacity: Number(capacity) })),
    curricula: section('CURRICULA', header('Curricula')).map(([, count, ...names]) =>
      names.slice(0, Number(count)).map((name) => indexOf.get(name)!),
    ),
  };
}

/** The course of each lecture, in the order in which plans list them. */
export function lecturesOf({ courses }: CoursesFile): number[] {
  return courses.flatMap(({ lectures }, course) => Array.from({ length: lectures }, () => course));
}
