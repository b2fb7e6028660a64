import { breaksOn, dayOf, daysOf, onDay, overlap, type Congress, type Span } from './congress.rules.js';
import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import type { CostTerm } from '../problem.rules.js';

/**
 * Between two breaks, somebody who speaks an official language finds a session in it, if there is any at all. Counted by
 * slot and language: a move is felt by the slots that it leaves and enters.
 */
export class Languages implements CostTerm {
  private readonly slots: readonly Span[];
  /** The first slot of each day, and one behind the last. */
  private readonly firstOn: readonly number[];
  /** Of each session, the official languages by number; null when it says nothing, and is no reason to look for one. */
  private readonly spoken: readonly (readonly number[] | null)[];
  private readonly points: number;
  private heard: Int32Array;
  private used: Int32Array;
  private plan: Plan;

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const byDay = daysOf(congress).map((day) => slotsOn(congress, day));
    this.slots = byDay.flat();
    const firstOn = [0];
    for (const slots of byDay) firstOn.push(firstOn.at(-1)! + slots.length);
    this.firstOn = firstOn;
    this.points = congress.settings.points['language-missing'];
    this.spoken = congress.sessions.map(({ languages, isForeign }) =>
      isForeign || languages.length === 0
        ? null
        : congress.officialLanguages.flatMap((language, index) => (languages.includes(language) ? [index] : [])),
    );
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.heard = new Int32Array(this.slots.length * this.congress.officialLanguages.length);
    this.used = new Int32Array(this.slots.length);
    plan.start.forEach((start, session) => this.count(session, start, plan.room[session]!, 1));
  }

  shift(session: number, fromStart: number, fromRoom: number, delta: Float64Array): void {
    if (this.spoken[session] === null) return;
    const { start, room } = this.plan;
    delta[2]! += this.count(session, fromStart, fromRoom, -1) + this.count(session, start[session]!, room[session]!, 1);
  }

  whole(plan: Plan): Score {
    let soft = 0;
    for (const slot of this.slots) {
      const here = this.spoken.flatMap((spoken, session) => {
        const from = this.starts[plan.start[session]!]!;
        const span = { from, to: from + this.congress.sessions[session]!.length };
        const isThere = plan.room[session] !== this.congress.tray && overlap(slot, span) > 0;
        return spoken !== null && isThere ? [spoken] : [];
      });
      const missing = this.congress.officialLanguages.filter((_, language) =>
        here.every((spoken) => !spoken.includes(language)),
      );
      if (here.length > 0) soft += missing.length * this.points;
    }
    return { ...NO_COST, soft };
  }

  /** Adds a session to the slots that it touches (1) or takes it away (−1); what that costs. */
  private count(session: number, start: number, room: number, by: 1 | -1): number {
    const spoken = this.spoken[session];
    if (!spoken || room === this.congress.tray) return 0;
    const from = this.starts[start]!;
    const to = from + this.congress.sessions[session]!.length;
    const day = dayOf(this.congress, from);
    let cost = 0;
    for (let slot = this.firstOn[day] ?? 0, end = this.firstOn[day + 1] ?? 0; slot < end; slot++) {
      const span = this.slots[slot]!;
      if (span.to <= from || span.from >= to) continue;
      cost -= this.costOf(slot);
      this.used[slot]! += by;
      for (const language of spoken) this.heard[slot * this.congress.officialLanguages.length + language]! += by;
      cost += this.costOf(slot);
    }
    return cost;
  }

  private costOf(slot: number): number {
    if (this.used[slot] === 0) return 0;
    const { length } = this.congress.officialLanguages;
    let missing = 0;
    for (let at = slot * length; at < (slot + 1) * length; at++) if (this.heard[at] === 0) missing++;
    return missing * this.points;
  }
}

/** The stretches of a day between its breaks. */
function slotsOn(congress: Congress, day: number): Span[] {
  const slots: Span[] = [];
  let from = congress.open;
  for (const pause of [...breaksOn(congress, day)].sort((a, b) => a.from - b.from)) {
    if (pause.from > from) slots.push({ from, to: Math.min(pause.from, congress.close) });
    from = Math.max(from, pause.to);
  }
  if (congress.close > from) slots.push({ from, to: congress.close });
  return slots.filter(({ from: begins, to }) => begins < to).map((slot) => onDay(congress, day, slot));
}
