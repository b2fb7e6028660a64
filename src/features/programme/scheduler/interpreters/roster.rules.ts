/** Who is to interpret where, as plain data. Everything refers to everything else by index. */
export interface Roster {
  /** In the order in which they begin. */
  readonly booths: readonly Booth[];
  readonly interpreters: readonly Interpreter[];
  /** Pairs of booths of which nobody can serve both: at once, or too far apart for the time between. */
  readonly apart: readonly (readonly [a: number, b: number])[];
  /** What one interpreter works on a day at most, in minutes; null: no limit. */
  readonly dayMinutes: number | null;
}

/** The interpreters of one session who work into one language, or between two. */
export interface Booth {
  readonly day: string;
  readonly minutes: number;
  /** People who are still wanted. */
  readonly wanted: number;
}

export interface Interpreter {
  /** Booths that this person knows the languages for, and is free for. */
  readonly able: readonly number[];
  /** Somebody of the house is asked first. */
  readonly isExternal: boolean;
  /** What they work on each day already. */
  readonly minutesOn: Readonly<Record<string, number>>;
}

/** One person in one booth. */
export interface Seat {
  readonly booth: number;
  readonly interpreter: number;
}

export interface Rostered {
  /** `exact`: no other way leaves fewer places empty, nor asks fewer people from outside for as many. */
  readonly state: 'exact' | 'not-proven';
  readonly seats: readonly Seat[];
  readonly groups: readonly UnservedGroup[];
}

/** Why booths stay empty: whoever could serve them is needed elsewhere, or there is nobody. */
export interface UnservedGroup {
  /** Each of them lacks somebody. */
  readonly empty: readonly number[];
  /** With these as they are, none of the others can be served in full; without any one of them, each could. */
  readonly because: readonly number[];
  /** False: the time was too short to find out which of `because` could be left away. */
  readonly isMinimal: boolean;
}

/** How many people each booth still lacks. */
export function missingOf({ booths }: Roster, seats: readonly Seat[]): number[] {
  const missing = booths.map(({ wanted }) => wanted);
  for (const { booth } of seats) missing[booth]!--;
  return missing;
}

/** The same question with other numbers of people wanted, in the order of booths. */
export function wanting(roster: Roster, wanted: readonly number[]): Roster {
  return { ...roster, booths: roster.booths.map((booth, index) => ({ ...booth, wanted: wanted[index]! })) };
}

/** The same question about some of the booths only. The numbers stay. */
export function only(roster: Roster, booths: ReadonlySet<number>): Roster {
  return wanting(
    roster,
    roster.booths.map(({ wanted }, index) => (booths.has(index) ? wanted : 0)),
  );
}

/** Quick questions about a roster. */
export class RosterTables {
  /** Who is able for each booth. */
  readonly ableFor: readonly (readonly number[])[];
  private readonly partners: readonly ReadonlySet<number>[];

  constructor(readonly roster: Roster) {
    const { booths, interpreters, apart } = roster;
    const ableFor = booths.map((): number[] => []);
    interpreters.forEach(({ able }, interpreter) => {
      for (const booth of able) if (booths[booth]!.wanted > 0) ableFor[booth]!.push(interpreter);
    });
    const partners = booths.map(() => new Set<number>());
    for (const [a, b] of apart) {
      partners[a]!.add(b);
      partners[b]!.add(a);
    }
    this.ableFor = ableFor;
    this.partners = partners;
  }

  areApart(a: number, b: number): boolean {
    return this.partners[a]!.has(b);
  }

  /** Booths that somebody is wanted for. */
  open(): number[] {
    return this.roster.booths.flatMap(({ wanted }, booth) => (wanted > 0 ? [booth] : []));
  }

  /** Booths that have to do with each other: somebody could serve either, but not both. Nothing else joins two parts. */
  parts(): number[][] {
    const part = new Map(this.open().map((booth) => [booth, booth]));
    const rootOf = (booth: number): number => {
      const parent = part.get(booth)!;
      return parent === booth ? booth : rootOf(parent);
    };
    for (const { able } of this.roster.interpreters) {
      const open = able.filter((booth) => part.has(booth));
      for (const [at, a] of open.entries())
        for (const b of open.slice(at + 1)) if (this.areApart(a, b)) part.set(rootOf(a), rootOf(b));
    }
    return [...Map.groupBy(part.keys(), rootOf).values()]
      .map((booths) => booths.toSorted((a, b) => a - b))
      .toSorted((a, b) => a[0]! - b[0]!);
  }

  /** Whoever works longer than a day allows, and on which day. */
  overworked(seats: readonly Seat[]): { interpreter: number; day: string }[] {
    const { booths, interpreters, dayMinutes } = this.roster;
    if (dayMinutes === null) return [];
    const worked = new Map<string, { interpreter: number; day: string; minutes: number }>();
    for (const { booth, interpreter } of seats) {
      const { day, minutes } = booths[booth]!;
      const key = `${interpreter} ${day}`;
      const before = worked.get(key)?.minutes ?? interpreters[interpreter]!.minutesOn[day] ?? 0;
      worked.set(key, { interpreter, day, minutes: before + minutes });
    }
    return [...worked.values()].filter(({ minutes }) => minutes > dayMinutes);
  }

  /** Whether somebody sits in two booths that nobody can serve both. */
  hasClash(seats: readonly Seat[]): boolean {
    const byPerson = Map.groupBy(seats, ({ interpreter }) => interpreter);
    return [...byPerson.values()].some((own) =>
      own.some(({ booth }, at) =>
        own.slice(at + 1).some((other) => other.booth === booth || this.areApart(booth, other.booth)),
      ),
    );
  }
}

/** How long somebody has worked on a day when a part begins, in four steps: of two who could, the more rested is asked. */
const STEPS = 4;
const STEP_MINUTES = 90;

/** What a seat costs: first empty places count, then people from outside, then those who have worked much already. */
export class SeatCosts {
  private readonly external: number;
  private readonly empty: number;

  constructor({ booths }: Roster) {
    const seats = booths.reduce((sum, { wanted }) => sum + wanted, 0);
    this.external = (STEPS - 1) * seats + 1;
    this.empty = (this.external + STEPS) * seats + 1;
  }

  /** Of taking a seat, against leaving it empty: always below zero. */
  of({ isExternal }: Pick<Interpreter, 'isExternal'>, minutesBefore: number): number {
    const tired = Math.min(STEPS - 1, Math.floor(minutesBefore / STEP_MINUTES));
    return (isExternal ? this.external : 0) + tired - this.empty;
  }
}
