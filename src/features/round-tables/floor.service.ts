import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation, Stale } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { floorKeys, given, inTurn, withdrawn, type FloorState } from './floor.rules.js';
import { FloorLimit, FloorRequest } from './round-table.entity.js';
import { FloorAsked, FloorGiven, FloorLeft, FloorLimited } from './round-table.events.js';

export interface Floor {
  /** How many minutes a speech may take; null: as long as it takes. */
  readonly minutes: number | null;
  /** Version of that limit, 0 before the first. */
  readonly limitVersion: number;
  readonly speaking: FloorRequest | null;
  /** In the order in which they will speak. */
  readonly waiting: readonly (FloorRequest & { spoken: number })[];
  readonly spoken: readonly FloorRequest[];
}

/** Who speaks at a round table, and who comes next. */
@Injectable()
export class FloorQueue {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  async of(sessionId: string): Promise<Floor> {
    const all = await this.db
      .repository(FloorRequest)
      .find({ where: { sessionId }, order: { askedAt: 'ASC', id: 'ASC' } });
    const spoken = all.filter(({ state }) => state === 'spoken');
    const waiting = all
      .filter(({ state }) => state === 'waiting')
      .map((one) => ({ ...one, spoken: spoken.filter(({ personId }) => personId === one.personId).length }));
    const limit = await this.db.repository(FloorLimit).findOneBy({ sessionId });
    return {
      minutes: limit?.minutes ?? null,
      limitVersion: limit?.version ?? 0,
      speaking: all.find(({ state }) => state === 'speaking') ?? null,
      waiting: inTurn(waiting),
      spoken,
    };
  }

  /** Asks for the floor. A second wish of somebody who waits or speaks changes nothing. */
  async ask(conferenceId: string, sessionId: string, personId: string): Promise<void> {
    try {
      await this.db.transaction(async () => {
        const state = 'waiting' as const;
        const now = this.clock.now();
        const times = { askedAt: now, beganAt: null, endedAt: null };
        await this.db.insert(FloorRequest, {
          id: this.ids.next(),
          sessionId,
          personId,
          state,
          ...floorKeys({ sessionId, personId }, state),
          ...times,
          version: 1,
        });
        await this.journal.record(FloorAsked({ id: sessionId, conferenceId, personId }));
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }

  /** Takes a wish back, or ends a speech. Nothing happens to somebody who is not in the queue. */
  leave(conferenceId: string, sessionId: string, personId: string): Promise<void> {
    return this.db.transaction(async () => {
      const request = await this.db
        .repository(FloorRequest)
        .findOneBy({ activeKey: floorKeys({ sessionId, personId }, 'waiting').activeKey! });
      if (!request) return;
      await this.change(request, withdrawn(request.state));
      await this.journal.record(FloorLeft({ id: sessionId, conferenceId, personId }));
    });
  }

  /** Ends the speech that is held and gives the floor to the next. Throws RuleViolation where nobody speaks or waits. */
  next(conferenceId: string, sessionId: string): Promise<void> {
    return this.db.transaction(async () => {
      const { speaking, waiting } = await this.of(sessionId);
      if (!speaking && waiting.length === 0) throw new RuleViolation('error.roundTable.nobodyWaits');
      await this.pass(conferenceId, speaking, waiting[0] ?? null);
    });
  }

  /** Gives the floor out of turn: whoever was passed over keeps their place. Throws RuleViolation for who waits no more. */
  give(conferenceId: string, sessionId: string, requestId: string): Promise<void> {
    return this.db.transaction(async () => {
      const request = await this.db.repository(FloorRequest).findOneBy({ id: requestId, sessionId });
      if (!request) throw new NotFound();
      given(request.state);
      await this.pass(conferenceId, (await this.of(sessionId)).speaking, request);
    });
  }

  /** How long a speech may take; null: as long as it takes. `version` 0 is the first limit. Throws Stale. */
  limit(conferenceId: string, sessionId: string, minutes: number | null, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const known = await this.db.repository(FloorLimit).findOneBy({ sessionId });
      if (known) await this.db.updateIfUnchanged(FloorLimit, { id: known.id, version }, { minutes });
      else await this.firstLimit(sessionId, minutes);
      await this.journal.record(FloorLimited({ id: sessionId, conferenceId, minutes }));
    });
  }

  private async firstLimit(sessionId: string, minutes: number | null): Promise<void> {
    try {
      await this.db.insert(FloorLimit, { id: this.ids.next(), sessionId, minutes, version: 1 });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(await this.db.repository(FloorLimit).findOneBy({ sessionId }));
      throw error;
    }
  }

  private async pass(conferenceId: string, from: FloorRequest | null, to: FloorRequest | null): Promise<void> {
    if (from) await this.change(from, 'spoken');
    if (!to) return;
    const { sessionId, personId } = to;
    await this.change(to, 'speaking');
    await this.journal.record(FloorGiven({ id: sessionId, conferenceId, personId }));
  }

  private async change(request: FloorRequest, state: FloorState): Promise<void> {
    const now = this.clock.now();
    const times = state === 'speaking' ? { beganAt: now } : { endedAt: now };
    await this.db.updateIfUnchanged(FloorRequest, request, { state, ...floorKeys(request, state), ...times });
  }
}
