import { QUANTA_PER_DAY, type CongressFile } from './congress-file.js';

export type CongressPlan = readonly { readonly start: number; readonly room: number }[];

/**
 * Scores a plan straight from the file and shares nothing with the scheduler: broken hard rules one by one, and points.
 * Minutes are quanta of 15.
 */
export function scoreCongress(
  file: CongressFile,
  plan: CongressPlan,
): { hard: number; soft: number; broken: string[] } {
  const broken: string[] = [];
  let soft = 0;
  const placed = file.sessions.map((session, index) => {
    const { start, room } = plan[index]!;
    return { ...session, index, start, end: start + session.q, room, place: file.rooms[room]! };
  });
  const forbid = (isBroken: boolean, what: string) => {
    if (isBroken) broken.push(what);
  };
  for (const one of placed) {
    const { start, end, place, index } = one;
    const day = Math.floor(start / QUANTA_PER_DAY);
    const [from, to] = [start - day * QUANTA_PER_DAY, end - day * QUANTA_PER_DAY];
    forbid(day < 0 || day >= file.days || from < file.open || to > file.close, `H9 hours ${index}`);
    for (const [begins, ends, kind] of file.breaks)
      forbid(from < ends && begins < to && !(kind === 'coffee' && one.kind === 'satellite'), `H9 ${kind} ${index}`);
    for (const person of one.persons) {
      const { from: arrives, to: leaves, out } = file.persons[person]!;
      forbid(start < arrives || end > leaves, `H3 ${index} ${person}`);
      forbid(
        out.some(([begins, ends]) => start < ends && begins < end),
        `H4 ${index} ${person}`,
      );
    }
    forbid(!one.feat.every((thing) => place.features.includes(thing)), `H5 ${index}`);
    forbid(one.groups.length * 2 > place.booths, `H5 booths ${index}`);
    forbid(place.cap * 2 < one.exp, `H6 ${index}`);
    const source = file.sessions[index]!;
    forbid(source.pinned && (source.start !== start || source.room !== one.room), `H11 ${index}`);
    soft += 2 * Math.max(0, one.exp - place.cap);
    if (one.vip > 0 && from < 40) soft += 20;
    if (to > 72) soft += 8;
  }
  for (const a of placed) {
    for (const b of placed) {
      if (a.index >= b.index) continue;
      const gap = Math.max(a.start, b.start) - Math.min(a.end, b.end);
      forbid(a.room === b.room && gap < 0, `H1 ${a.index} ${b.index}`);
      const walk = a.place.site === b.place.site ? 1 : 3;
      forbid(gap < walk && a.persons.some((person) => b.persons.includes(person)), `H2 ${a.index} ${b.index}`);
      forbid(gap < 1 && (a.exclusive || b.exclusive), `H8 ${a.index} ${b.index}`);
      if (a.track < 0 || a.track !== b.track) continue;
      if (gap < 0) soft += 15;
      const isSameDay = Math.floor(a.start / QUANTA_PER_DAY) === Math.floor(b.start / QUANTA_PER_DAY);
      if (isSameDay && a.room !== b.room) soft += 2;
    }
  }
  for (const [before, after] of file.precedences)
    forbid(placed[before]!.end > placed[after]!.start, `H10 ${before} ${after}`);
  for (const [a, b, people] of file.clash)
    if (Math.max(placed[a]!.start, placed[b]!.start) < Math.min(placed[a]!.end, placed[b]!.end)) soft += people;
  for (const { group, count } of file.interpreters) {
    for (let quantum = 0; quantum < file.days * QUANTA_PER_DAY; quantum++) {
      const wanted = placed
        .filter(({ start, end, groups }) => start <= quantum && quantum < end && groups.includes(group))
        .reduce((sum, { q }) => sum + (q > 3 ? 2 : 1), 0);
      forbid(wanted > count, `H7 ${group} ${quantum}`);
    }
  }
  return { hard: broken.length, soft, broken };
}
