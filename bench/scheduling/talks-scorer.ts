import type { TalkLine, TalksFile, TalksPlan, Timeslot } from './talks-file.js';

type Levels = [hard: number, medium: number, soft: number];

/**
 * Scores a plan of the conference sets straight from the file, rule by rule, and shares nothing with the scheduler.
 * Penalties are negative, as in the published figures. `broken` names rules that cost something.
 */
export function scoreTalks(file: TalksFile, plan: TalksPlan): { score: Levels; broken: Record<string, number> } {
  const score: Levels = [0, 0, 0];
  const broken: Record<string, number> = {};
  const count = (rule: string, amount: number) => {
    if (amount === 0) return;
    const weights = file.weights[rule]!;
    broken[rule] = (broken[rule] ?? 0) + amount;
    for (const level of [0, 1, 2] as const) score[level] -= weights[level] * amount;
  };
  file.talks.forEach((talk, index) => countOne(file, talk, plan.slot[index]!, plan.room[index]!, count));
  file.talks.forEach((a, i) => {
    file.talks.forEach((b, j) => {
      if (i < j) countPair(file, plan, [a, i], [b, j], count);
    });
  });
  const risky = file.talks.flatMap(({ crowd }, index) => (crowd > 0 ? [index] : []));
  for (const one of risky) {
    const others = risky.filter((other) => other !== one && plan.slot[other] === plan.slot[one]).length;
    if (others > 1) count('Crowd control', minutes(file.timeslots[plan.slot[one]!]!));
  }
  return { score, broken };
}

type Count = (rule: string, amount: number) => void;

function countOne(file: TalksFile, talk: TalkLine, slotIndex: number, roomIndex: number, count: Count): void {
  const slot = file.timeslots[slotIndex]!;
  const room = file.rooms[roomIndex]!;
  const length = minutes(slot);
  if (!slot.types.includes(talk.type) || !room.types.includes(talk.type))
    throw new Error(`A ${talk.type} stands where none may stand`);
  if (room.unavailable.includes(slotIndex)) count('Room unavailable timeslot', length);
  if (talk.pubSlot >= 0 && talk.pubSlot !== slotIndex) count('Published timeslot', 1);
  if (talk.pubRoom >= 0 && talk.pubRoom !== roomIndex) count('Published room', 1);
  const missing = (wanted: readonly string[], tags: readonly string[]) =>
    wanted.filter((tag) => !tags.includes(tag)).length * length;
  const present = (unwanted: readonly string[], tags: readonly string[]) =>
    unwanted.filter((tag) => tags.includes(tag)).length * length;
  for (const [who, wishes] of [
    ['Talk', talk] as const,
    ...talk.speakers.map((speaker) => ['Speaker', file.speakers[speaker]!] as const),
  ]) {
    count(`${who} required timeslot tags`, missing(wishes.reqT, slot.tags));
    count(`${who} prohibited timeslot tags`, present(wishes.prohT, slot.tags));
    count(`${who} required room tags`, missing(wishes.reqR, room.tags));
    count(`${who} prohibited room tags`, present(wishes.prohR, room.tags));
    count(`${who} preferred timeslot tags`, missing(wishes.prefT, slot.tags));
    count(`${who} undesired timeslot tags`, present(wishes.undT, slot.tags));
    count(`${who} preferred room tags`, missing(wishes.prefR, room.tags));
    count(`${who} undesired room tags`, present(wishes.undR, room.tags));
  }
  for (const speaker of talk.speakers)
    if (file.speakers[speaker]!.unavailable.includes(slotIndex)) count('Speaker unavailable timeslot', length);
}

function countPair(
  file: TalksFile,
  plan: TalksPlan,
  [a, i]: [TalkLine, number],
  [b, j]: [TalkLine, number],
  count: Count,
): void {
  const [slotA, slotB] = [file.timeslots[plan.slot[i]!]!, file.timeslots[plan.slot[j]!]!];
  const [roomA, roomB] = [file.rooms[plan.room[i]!]!, file.rooms[plan.room[j]!]!];
  const isSameDay = slotA.date === slotB.date;
  const isSameSlot = plan.slot[i] === plan.slot[j];
  const together = isSameDay ? Math.max(0, Math.min(slotA.end, slotB.end) - Math.max(slotA.start, slotB.start)) : 0;
  const both = minutes(slotA) + minutes(slotB);
  const [speakers, themes, contents] = [
    shared(a.speakers, b.speakers),
    shared(a.themes, b.themes),
    shared(a.contents, b.contents),
  ];
  const audience = shared(a.audTypes, b.audTypes);
  if (plan.room[i] === plan.room[j]) count('Room conflict', together);
  count('Speaker conflict', speakers * together);
  count('Talk mutually-exclusive-talks tags', shared(a.mutex, b.mutex) * together);
  if (a.prereq.includes(j) && !endsBefore(slotB, slotA)) count('Talk prerequisite talks', both);
  if (b.prereq.includes(i) && !endsBefore(slotA, slotB)) count('Talk prerequisite talks', both);
  const pause = Math.max(slotA.start, slotB.start) - Math.min(slotA.end, slotB.end);
  if (speakers > 0 && isSameDay && pause < file.pauseMinutes) count('Consecutive talks pause', both);
  count('Theme track conflict', themes * together);
  count('Sector conflict', shared(a.sectors, b.sectors) * together);
  count('Content conflict', contents * together);
  count('Audience type theme track conflict', themes * audience * together);
  if (isSameDay && plan.room[i] !== plan.room[j]) count('Theme track room stability', themes * both);
  if (a.level < b.level && !endsBefore(slotA, slotB)) count('Content audience level flow violation', contents * both);
  if (b.level < a.level && !endsBefore(slotB, slotA)) count('Content audience level flow violation', contents * both);
  if (!isSameDay) count('Same day talks', (themes + contents) * both);
  if ((a.fav - b.fav) * (roomA.capacity - roomB.capacity) < 0) count('Popular talks', both);
  if (!isSameSlot) return;
  count('Audience type diversity', -audience * minutes(slotA));
  if (a.level !== b.level) count('Audience level diversity', -minutes(slotA));
  if (a.lang !== b.lang) count('Language diversity', -minutes(slotA));
}

function minutes({ start, end }: Timeslot): number {
  return end - start;
}

function endsBefore(first: Timeslot, second: Timeslot): boolean {
  return first.date < second.date || (first.date === second.date && first.end <= second.start);
}

function shared<T>(a: readonly T[], b: readonly T[]): number {
  return a.filter((one) => b.includes(one)).length;
}
