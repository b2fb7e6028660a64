import { Injectable } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { floorKeys, inTurn, withdrawn, type FloorState } from './floor.rules.js';
import { FloorRequest } from './round-table.entity.js';
import { FloorAsked, FloorGiven, FloorLeft } from './round-table.events.js';

export interface Floor {
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
    return { speaking: all.find(({ state }) => state === 'speaking') ?? null, waiting: inTurn(waiting), spoken };
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
      if (speaking) await this.change(speaking, 'spoken');
      const [first] = waiting;
      if (!first) return;
      await this.change(first, 'speaking');
      await this.journal.record(FloorGiven({ id: sessionId, conferenceId, personId: first.personId }));
    });
  }

  private async change(request: FloorRequest, state: FloorState): Promise<void> {
    const now = this.clock.now();
    const times = state === 'speaking' ? { beganAt: now } : { endedAt: now };
    await this.db.updateIfUnchanged(FloorRequest, request, { state, ...floorKeys(request, state), ...times });
  }
}
