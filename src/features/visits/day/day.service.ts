import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { actingAccount } from '../../../platform/runtime/request-context.js';
import { instantsOf } from '../logistics/leg.rules.js';
import { Journeys, type Journey } from '../logistics/journeys.service.js';
import { StayQueries, type PlannedAttendance, type PlannedSession } from '../stay/stay.queries.js';
import type { Visit } from '../visit.entity.js';
import { DayTicked } from '../visits.events.js';
import { checklist, keyOfCheck, type Check } from './checklist.rules.js';
import { VisitTick } from './tick.entity.js';
import { ticked, type Tick } from './tick.rules.js';

export interface DayLine {
  readonly key: string;
  readonly at: Date;
  readonly until: Date;
  /** One of them. */
  readonly session: PlannedSession | null;
  readonly attended: PlannedAttendance | null;
  readonly leg: Journey | null;
  readonly tick: Tick | null;
}

/** The day of a visit, line by line: sessions and journeys, and what of it is done. */
@Injectable()
export class VisitDay {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly stays: StayQueries,
    private readonly journeys: Journeys,
  ) {}

  /** The days on which something is planned, in order, on the calendar of the venue. */
  async days(visit: Visit): Promise<string[]> {
    return [...new Set((await this.lines(visit)).map(({ at }) => localDay(at, visit.zone)))].toSorted();
  }

  /** The day of the visit that is shown when none is asked for: today, else the first one to come, else the first. */
  dayOf(visit: Visit, days: readonly string[]): string {
    const today = localDay(this.clock.now(), visit.zone);
    return days.find((day) => day >= today) ?? days[0] ?? visit.startsOn ?? today;
  }

  all(visit: Visit): Promise<DayLine[]> {
    return this.lines(visit);
  }

  async on(visit: Visit, day: string): Promise<DayLine[]> {
    return (await this.lines(visit)).filter(({ at }) => localDay(at, visit.zone) === day);
  }

  /** What software cannot see, and whether somebody has. */
  async checklist(visit: Visit): Promise<{ check: Check; key: string; done: boolean }[]> {
    const { sessions, members } = await this.stays.planned(visit);
    const planned = sessions.filter(({ session }) => session.status === 'planned');
    const checks = checklist({
      interpreted: planned.some(({ people }) => people.some(({ role }) => role === 'interpreter')),
      signing: planned.some(({ session }) => session.kind === 'signing'),
      level: visit.level,
      access: members.some(({ access }) => access !== null),
      photographed: visit.press !== 'closed',
    });
    const done = new Set((await this.db.all(VisitTick, { visitId: visit.id, done: true })).map(({ key }) => key));
    return checks.map((check) => ({ check, key: keyOfCheck(check), done: done.has(keyOfCheck(check)) }));
  }

  /** Takes taps, in any order and as often as they come. Throws InvalidInput for a line that is not of this visit. */
  tick(visit: Visit, taps: readonly (Tick & { key: string })[]): Promise<void> {
    return this.db.transaction(async () => {
      const known = new Set([
        ...(await this.lines(visit)).map(({ key }) => key),
        ...(await this.checklist(visit)).map(({ key }) => key),
      ]);
      for (const tap of taps) {
        if (!known.has(tap.key)) throw InvalidInput.at('key', 'error.visit.noSuchLine');
        await this.take(visit, tap);
      }
    });
  }

  private async take(visit: Visit, tap: Tick & { key: string }): Promise<void> {
    const before = await this.db.one(VisitTick, { visitId: visit.id, key: tap.key });
    const after = ticked(before, tap, this.clock.now());
    if (!after) return;
    const tickedBy = actingAccount();
    if (before) await this.db.updateIfUnchanged(VisitTick, before, { ...after, tickedBy });
    else if (!(await this.insert({ visitId: visit.id, key: tap.key, ...after, tickedBy }))) return;
    await this.journal.record(DayTicked({ id: visit.id, key: tap.key, done: after.done }));
  }

  /** Two phones may tick the same line at once: once is enough. */
  private async insert(row: Omit<VisitTick, 'id' | 'visit' | 'version'>): Promise<boolean> {
    try {
      await this.db.insert(VisitTick, { id: this.ids.next(), ...row, version: 1 });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private async lines(visit: Visit): Promise<DayLine[]> {
    const { sessions, attended } = await this.stays.planned(visit);
    const journeys = await this.journeys.of(visit);
    const ticks = new Map((await this.db.all(VisitTick, { visitId: visit.id })).map((tick) => [tick.key, tick]));
    const lines: Omit<DayLine, 'tick'>[] = [
      ...sessions.flatMap((planned) => {
        const { id, startsAt, endsAt, status } = planned.session;
        if (startsAt === null || endsAt === null || status !== 'planned') return [];
        return [{ key: `session:${id}`, at: startsAt, until: endsAt, session: planned, attended: null, leg: null }];
      }),
      ...attended.flatMap((one) => {
        const { sessionId, startsAt, endsAt, state } = one;
        if (startsAt === null || endsAt === null || state === 'off') return [];
        return [{ key: `session:${sessionId}`, at: startsAt, until: endsAt, session: null, attended: one, leg: null }];
      }),
      ...journeys.flatMap((leg) => {
        if (leg.status === 'cancelled') return [];
        const { departs, arrives } = instantsOf(leg);
        const at = leg.direction === 'arrival' ? arrives : departs;
        return [{ key: `leg:${leg.id}`, at, until: arrives, session: null, attended: null, leg }];
      }),
    ];
    return lines
      .map((line) => ({ ...line, tick: ticks.get(line.key) ?? null }))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1));
  }
}
