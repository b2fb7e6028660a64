import type { Capacities } from '../problem.rules.js';
import type { LeastCostQuestion, Place } from './least-cost-question.rules.js';
import { PairConflicts } from './pair-conflicts.rules.js';

export interface PricedPlace extends Place {
  readonly price: number;
}

/** Where each session may go, in itself and beside those that never move; and what the model declares about pairs. */
export class LegalPlaces {
  readonly capacities: readonly Capacities[];
  private readonly conflicts: PairConflicts;
  private readonly known = new Map<number, readonly PricedPlace[]>();

  constructor(private readonly question: LeastCostQuestion) {
    const { compiled } = question;
    this.conflicts = new PairConflicts(compiled);
    this.capacities = compiled.problem.terms.flatMap((term) => term().capacities ?? []);
  }

  /** Where a session stands now. */
  now(session: number): Place {
    const { pinned } = this.question.compiled.problem.sessions[session]!;
    const { start, room } = this.question.standing;
    return pinned ?? { start: start[session]!, room: room[session]! };
  }

  /** Pinned. */
  isFixed(session: number): boolean {
    return this.question.compiled.problem.sessions[session]!.pinned !== null;
  }

  /** Its own place among them, if that is legal, at no price. */
  of(session: number): readonly PricedPlace[] {
    let places = this.known.get(session);
    if (places === undefined) this.known.set(session, (places = this.find(session)));
    return places;
  }

  /** At least what it costs when the session does not stay; infinite when there is nowhere else. */
  leastMove(session: number): number {
    const now = this.now(session);
    const elsewhere = this.of(session).filter(({ start, room }) => start !== now.start || room !== now.room);
    return elsewhere.reduce((least, { price }) => Math.min(least, price), Infinity);
  }

  /** Sessions that have any place in conflict with one of this session's. */
  partnersOf(session: number): Iterable<number> {
    return this.conflicts.partnersOf(session);
  }

  areInConflict(a: number, placeA: Place, b: number, placeB: Place): boolean {
    return this.conflicts.isConflict(a, placeA.start, placeA.room, b, placeB.start, placeB.room);
  }

  /** Whether those who never move can be there at all, and together. */
  fixedFit(): boolean {
    const fixed = Array.from({ length: this.question.compiled.sessions }, (_, session) => session).filter((session) =>
      this.isFixed(session),
    );
    const areLegal = fixed.every(
      (a) =>
        this.isLegalAlone(a, this.now(a)) &&
        [...this.partnersOf(a)].every((b) => !this.isFixed(b) || !this.areInConflict(a, this.now(a), b, this.now(b))),
    );
    return (
      areLegal &&
      this.capacities.every((term) => {
        const used = new Map<number, number>();
        for (const session of fixed) {
          const { start, room } = this.now(session);
          term.uses(session, start, room, (row, amount) => used.set(row, (used.get(row) ?? 0) + amount));
        }
        return [...used].every(([row, amount]) => amount <= term.limit(row));
      })
    );
  }

  private find(session: number): PricedPlace[] {
    const { compiled, isPlaced, movePrice } = this.question;
    const now = this.now(session);
    const stands = isPlaced(session);
    const blockers = [...this.partnersOf(session)].filter((other) => other !== session && this.isFixed(other));
    const places: PricedPlace[] = stands ? [{ ...now, price: 0 }] : [];
    for (const start of compiled.startsOf[session]!) {
      for (const room of compiled.roomsOf[session]!) {
        if (stands && start === now.start && room === now.room) continue;
        places.push({ start, room, price: stands ? movePrice(session, start, room) : 0 });
      }
    }
    return places.filter(
      (place) =>
        this.isLegalAlone(session, place) &&
        !blockers.some((other) => this.areInConflict(session, place, other, this.now(other))),
    );
  }

  private isLegalAlone(session: number, { start, room }: Place): boolean {
    const { breach, compiled } = this.question;
    const { unary, starts, rooms } = compiled;
    return unary[((session * starts + start) * rooms + room) * 3]! < breach;
  }
}
