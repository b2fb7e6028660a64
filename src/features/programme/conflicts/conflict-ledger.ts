import { ConflictIndex } from './conflict-index.rules.js';
import { findingKey, type Finding } from './finding.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';
import { momentFindings, staffingFindings } from './session-checks.rules.js';

/**
 * The conflicts of a set of sessions, kept while sessions come, move and go: a change counts anew only what it touches.
 * Without those of size, because sign-ups change outside of programmes.
 */
export class ConflictLedger {
  readonly index: ConflictIndex;
  private readonly found = new Map<string, Finding>();
  private readonly keysOf = new Map<string, Set<string>>();

  constructor(
    private judgedBy: House,
    sessions: Iterable<PlacedSession> = [],
  ) {
    this.index = new ConflictIndex(judgedBy, sessions);
    this.countAll();
  }

  get house(): House {
    return this.judgedBy;
  }

  all(): Finding[] {
    return [...this.found.values()];
  }

  /** What touches one session. */
  of(id: string): Finding[] {
    return [...(this.keysOf.get(id) ?? [])].map((key) => this.found.get(key)!);
  }

  /** A session as it is now: new, moved, or with others taking part. */
  put(session: PlacedSession): void {
    this.forget(session.id);
    this.index.put(session);
    for (const found of [...this.index.against(session), ...this.own(session)]) this.note(found);
  }

  remove(id: string): void {
    this.forget(id);
    this.index.remove(id);
  }

  /** Other rooms, limits or zones: everything is counted again. */
  judgeBy(house: House): void {
    this.judgedBy = house;
    this.index.rebuild(house);
    this.found.clear();
    this.keysOf.clear();
    this.countAll();
  }

  private countAll(): void {
    for (const found of this.index.all()) this.note(found);
    for (const session of this.index.sessions()) for (const found of this.own(session)) this.note(found);
  }

  private own(session: PlacedSession): Finding[] {
    return [...momentFindings(session, this.judgedBy), ...staffingFindings(session, this.judgedBy)];
  }

  private note(found: Finding): void {
    const key = findingKey(found);
    this.found.set(key, found);
    for (const id of found.sessions) {
      const keys = this.keysOf.get(id);
      if (keys) keys.add(key);
      else this.keysOf.set(id, new Set([key]));
    }
  }

  private forget(id: string): void {
    for (const key of this.keysOf.get(id) ?? []) {
      for (const other of this.found.get(key)!.sessions) if (other !== id) this.keysOf.get(other)?.delete(key);
      this.found.delete(key);
    }
    this.keysOf.delete(id);
  }
}
