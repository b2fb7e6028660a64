import type { Choice, LeastCostQuestion, Place } from './least-cost-question.rules.js';
import type { LegalPlaces } from './legal-places.rules.js';
import { ModelBuilder, type LinearModel } from './linear-model.rules.js';

/** A column of the model: a session at a place. */
interface Option extends Place {
  readonly session: number;
  readonly column: number;
}

interface Use {
  readonly session: number;
  /** Null: of a session that stands where it is for sure, or may be gone. */
  readonly column: number | null;
  readonly amount: number;
}

/** What the rounds of a proof have found to be missing from the model. */
export interface Met {
  readonly pairs: ReadonlySet<string>;
  readonly samePlace: boolean;
}

/**
 * The linear model of a ring: free sessions may take any legal place; all others stand or are gone. Capacities, and pairs
 * of a free session with one that stands, have their rows; pairs of free sessions only where `met` names them, since most
 * never meet.
 */
export class RingModel {
  private readonly builder = new ModelBuilder();
  private readonly options: Option[] = [];
  private readonly optionsOf = new Map<number, Option[]>();
  private readonly dropOf = new Map<number, number>();
  /** Columns of sessions that are not free but may be gone. */
  private readonly standsBy = new Map<number, number>();
  /** What the columns leave out of the cost. */
  constant = 0;

  constructor(
    private readonly question: LeastCostQuestion,
    private readonly places: LegalPlaces,
    private readonly free: ReadonlySet<number>,
    met: Met,
  ) {
    for (const session of free) this.addOptions(session);
    this.addCapacities();
    for (const session of free) this.addPairsWithStanding(session);
    if (met.samePlace) this.addPlaces();
    for (const pair of met.pairs) {
      const [a, b] = pair.split(' ').map(Number);
      this.addPair(a!, b!);
    }
  }

  get linear(): LinearModel {
    return this.builder;
  }

  /** What a solution says: where everybody goes, and who of the others is gone. */
  read(isChosen: (column: number) => boolean): { choices: Choice[]; gone: number[] } {
    const { sessions } = this.question.compiled;
    const choices = Array.from({ length: sessions }, (_, session): Choice => this.places.now(session));
    for (const { session, start, room, column } of this.options)
      if (isChosen(column)) choices[session] = { start, room };
    for (const [session, column] of this.dropOf) if (isChosen(column)) choices[session] = 'dropped';
    const gone = [...this.standsBy].flatMap(([session, column]) => (isChosen(column) ? [] : [session]));
    return { choices, gone };
  }

  /** Pairs of free sessions that a solution puts where they may not be together. */
  meetings(choices: readonly Choice[]): { a: number; b: number; isSamePlace: boolean }[] {
    return [...this.free].flatMap((a) =>
      [...this.places.partnersOf(a)].flatMap((b) => {
        const [placeA, placeB] = [choices[a]!, choices[b]!];
        if (b < a || !this.free.has(b) || placeA === 'dropped' || placeB === 'dropped') return [];
        if (!this.places.areInConflict(a, placeA, b, placeB)) return [];
        return [{ a, b, isSamePlace: placeA.start === placeB.start && placeA.room === placeB.room }];
      }),
    );
  }

  /** Every legal place of a free session, and being left out. */
  private addOptions(session: number): void {
    const { dropPrice } = this.question;
    const options = this.places.of(session).map(({ start, room, price }): Option => {
      return { session, start, room, column: this.builder.column(price) };
    });
    const columns = options.map(({ column }) => column);
    if (dropPrice !== null) {
      const dropped = this.builder.column(dropPrice);
      this.dropOf.set(session, dropped);
      columns.push(dropped);
    }
    this.builder.exactlyOne(columns);
    this.options.push(...options);
    this.optionsOf.set(session, options);
  }

  /** Whether a session that is not free may be gone. */
  private goneCost(session: number): number {
    const { gonePrice } = this.question;
    if (this.places.isFixed(session)) return Infinity;
    return gonePrice ?? this.places.leastMove(session);
  }

  /** The column of a session that stands or is gone. */
  private standsColumn(session: number, cost: number): number {
    let column = this.standsBy.get(session);
    if (column === undefined) {
      column = this.builder.column(-cost);
      this.constant += cost;
      this.standsBy.set(session, column);
    }
    return column;
  }

  private addCapacities(): void {
    const others = Array.from({ length: this.question.compiled.sessions }, (_, session) => session).filter(
      (session) => !this.free.has(session),
    );
    for (const term of this.places.capacities) {
      const rows = new Map<number, Use[]>();
      for (const { session, start, room, column } of this.options) {
        term.uses(session, start, room, (row, amount) => {
          const uses = rows.get(row);
          if (uses) uses.push({ session, column, amount });
          else rows.set(row, [{ session, column, amount }]);
        });
      }
      for (const session of others) {
        const { start, room } = this.places.now(session);
        term.uses(session, start, room, (row, amount) => rows.get(row)?.push({ session, column: null, amount }));
      }
      for (const [row, uses] of rows) this.addCapacity(term.limit(row), uses);
    }
  }

  private addCapacity(limit: number, uses: readonly Use[]): void {
    // A session takes one place: of its columns only the greediest counts.
    const most = new Map<number, number>();
    for (const { session, amount } of uses) most.set(session, Math.max(most.get(session) ?? 0, amount));
    if ([...most.values()].reduce((sum, amount) => sum + amount, 0) <= limit) return;
    const columns: number[] = [];
    const amounts: number[] = [];
    let left = limit;
    for (const { session, column, amount } of uses) {
      const cost = column === null ? this.goneCost(session) : 0;
      if (cost === Infinity) left -= amount;
      else {
        columns.push(column ?? this.standsColumn(session, cost));
        amounts.push(amount);
      }
    }
    this.builder.row(columns, -Infinity, left, amounts);
  }

  private addPairsWithStanding(session: number): void {
    const options = this.optionsOf.get(session)!;
    for (const other of this.places.partnersOf(session)) {
      if (this.free.has(other) || this.places.isFixed(other)) continue;
      const place = this.places.now(other);
      const against = options.filter((option) => this.places.areInConflict(session, option, other, place));
      if (against.length === 0) continue;
      const columns = against.map(({ column }) => column);
      const cost = this.goneCost(other);
      if (cost === Infinity) this.builder.row(columns, -Infinity, 0);
      else this.builder.atMostOne([...columns, this.standsColumn(other, cost)]);
    }
  }

  /** Where no two may have one place at once: of all who may have it, one. */
  private addPlaces(): void {
    const { rooms } = this.question.compiled;
    const byPlace = Map.groupBy(this.options, ({ start, room }) => start * rooms + room);
    for (const options of byPlace.values()) {
      let left = options;
      while (left.length > 1) {
        const together: Option[] = [];
        for (const option of left)
          if (together.every((one) => this.places.areInConflict(one.session, one, option.session, option)))
            together.push(option);
        this.builder.atMostOne(together.map(({ column }) => column));
        left = left.filter((option) => !together.includes(option));
      }
    }
  }

  /** Everything that two free sessions may not do together. */
  private addPair(a: number, b: number): void {
    const [optionsA, optionsB] = [this.optionsOf.get(a)!, this.optionsOf.get(b)!];
    const rows = new Map<string, { own: number[]; against: number[] }>();
    for (const one of optionsA) {
      const against = optionsB.flatMap((other) => (this.places.areInConflict(a, one, b, other) ? [other.column] : []));
      if (against.length === 0) continue;
      const key = against.join(' ');
      const row = rows.get(key);
      if (row) row.own.push(one.column);
      else rows.set(key, { own: [one.column], against });
    }
    for (const { own, against } of rows.values()) this.builder.atMostOne([...own, ...against]);
  }
}
