import { lecturesOf, type CoursesFile } from './courses-file.js';

/** Scores a timetable straight from the instance by the rules of ITC-2007, track 3; shares nothing with the scheduler. */
export function scoreCourses(
  file: CoursesFile,
  plan: { readonly period: readonly number[]; readonly room: readonly number[] },
): { hard: number; soft: number } {
  const lectures = lecturesOf(file).map((course, index) => ({
    course,
    period: plan.period[index]!,
    room: plan.room[index]!,
  }));
  const together = (a: number, b: number) =>
    a === b ||
    file.courses[a]!.teacher === file.courses[b]!.teacher ||
    file.curricula.some((courses) => courses.includes(a) && courses.includes(b));
  let [hard, soft] = [0, 0];
  lectures.forEach((a, index) => {
    if (file.courses[a.course]!.unavailable.has(a.period)) hard++;
    for (const b of lectures.slice(index + 1)) {
      if (a.period !== b.period) continue;
      if (a.room === b.room) hard++;
      if (together(a.course, b.course)) hard++;
    }
    soft += Math.max(0, file.courses[a.course]!.students - file.rooms[a.room]!.capacity);
  });
  file.courses.forEach(({ minDays }, course) => {
    const own = lectures.filter((lecture) => lecture.course === course);
    const days = new Set(own.map(({ period }) => Math.floor(period / file.periodsPerDay))).size;
    soft += 5 * Math.max(0, minDays - days);
    soft += new Set(own.map(({ room }) => room)).size - 1;
  });
  for (const courses of file.curricula) {
    const periods = new Set(lectures.filter(({ course }) => courses.includes(course)).map(({ period }) => period));
    for (const period of periods) {
      const inDay = period % file.periodsPerDay;
      const hasEarlier = inDay > 0 && periods.has(period - 1);
      const hasLater = inDay < file.periodsPerDay - 1 && periods.has(period + 1);
      if (!hasEarlier && !hasLater) soft += 2;
    }
  }
  return { hard, soft };
}
