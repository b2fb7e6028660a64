import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { VisitMember } from '../delegation/member.entity.js';
import type { Visit } from '../visit.entity.js';
import { LegRemoved, LegSaved } from '../visits.events.js';
import { Cars } from './cars.service.js';
import { instantsOf, legFindings, legRevision, type LegFinding, type LegStatus } from './leg.rules.js';
import { VisitLeg, VisitLegPassenger, type Car } from './logistics.entity.js';

export type LegFields = Omit<
  VisitLeg,
  'id' | 'visit' | 'visitId' | 'car' | 'guestChangedAt' | 'sequence' | 'revisedAt' | 'createdAt' | 'version'
>;
/** Who writes a journey; what their own side wrote is marked until staff save it. */
export type LegWriter = 'staff' | 'guest';

export interface Journey extends VisitLeg {
  readonly memberIds: readonly string[];
  readonly findings: readonly LegFinding[];
  readonly ordered: Car | null;
}

interface Read {
  id: string;
  version: number;
}

/** How the members of a delegation come, go and get around. */
@Injectable()
export class Journeys {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly cars: Cars,
  ) {}

  /** In the order of their beginnings, with what may go wrong. Three statements. */
  async of(visit: Visit): Promise<Journey[]> {
    const legs = await this.db.all(VisitLeg, { visitId: visit.id });
    const passengers = await this.db.all(VisitLegPassenger, { legId: legs.map(({ id }) => id) });
    const cars = await this.cars.byIds(legs.flatMap(({ carId }) => carId ?? []));
    return legs
      .map((leg) => {
        const memberIds = passengers.filter(({ legId }) => legId === leg.id).map(({ memberId }) => memberId);
        const car = cars.get(leg.carId ?? '') ?? null;
        return {
          ...leg,
          memberIds,
          ordered: car,
          findings: legFindings({ ...leg, car, passengers: memberIds.length }, visit),
        };
      })
      .toSorted((a, b) => beginning(a) - beginning(b) || (a.id < b.id ? -1 : 1));
  }

  async one(visit: Visit, id: string): Promise<Journey> {
    const found = (await this.of(visit)).find((leg) => leg.id === id);
    if (!found) throw new NotFound();
    return found;
  }

  /** Throws InvalidInput at the time, the car or the passenger that does not fit. */
  add(visit: Visit, fields: LegFields, memberIds: readonly string[], by: LegWriter = 'staff'): Promise<Journey> {
    return this.db.transaction(async () => {
      await this.check(visit, fields, memberIds);
      const id = this.ids.next();
      const now = this.clock.now();
      const calendar = { ...legRevision(null, fields, now), createdAt: now };
      await this.db.insert(VisitLeg, {
        id,
        visitId: visit.id,
        ...fields,
        ...this.written(by),
        ...calendar,
        version: 1,
      });
      await this.seat(id, memberIds);
      await this.journal.record(LegSaved({ id: visit.id, legId: id, status: fields.status }));
      return this.one(visit, id);
    });
  }

  edit(
    visit: Visit,
    read: Read,
    fields: LegFields,
    memberIds: readonly string[],
    by: LegWriter = 'staff',
  ): Promise<Journey> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      await this.check(visit, fields, memberIds);
      const calendar = legRevision(before, fields, this.clock.now());
      await this.db.updateIfUnchanged(VisitLeg, read, { ...fields, ...this.written(by), ...calendar });
      await this.db.repository(VisitLegPassenger).delete({ legId: read.id });
      await this.seat(read.id, memberIds);
      await this.journal.record(LegSaved({ id: visit.id, legId: read.id, status: fields.status }));
      return this.one(visit, read.id);
    });
  }

  /** Landed, met, delayed: what somebody at the airport says with one tap. */
  mark(visit: Visit, read: Read, status: LegStatus): Promise<Journey> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      const calendar = legRevision(before, { ...before, status }, this.clock.now());
      await this.db.updateIfUnchanged(VisitLeg, read, { status, ...calendar });
      await this.journal.record(LegSaved({ id: visit.id, legId: read.id, status }));
      return this.one(visit, read.id);
    });
  }

  remove(visit: Visit, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      await this.one(visit, read.id);
      await this.db.updateIfUnchanged(VisitLeg, read, {});
      await this.db.repository(VisitLeg).delete({ id: read.id });
      await this.journal.record(LegRemoved({ id: visit.id, legId: read.id }));
    });
  }

  private written(by: LegWriter): Pick<VisitLeg, 'guestChangedAt'> {
    return { guestChangedAt: by === 'guest' ? this.clock.now() : null };
  }

  private async check(visit: Visit, fields: LegFields, memberIds: readonly string[]): Promise<void> {
    instantsOf(fields);
    if (fields.carId !== null && !(await this.cars.byIds([fields.carId])).has(fields.carId))
      throw InvalidInput.at('carId', 'error.visit.leg.unknownCar');
    const known = await this.db.all(VisitMember, { id: memberIds, visitId: visit.id });
    if (known.length !== new Set(memberIds).size) throw InvalidInput.at('memberIds', 'error.visit.leg.unknownMember');
  }

  private seat(legId: string, memberIds: readonly string[]): Promise<void> {
    return this.db.insert(
      VisitLegPassenger,
      [...new Set(memberIds)].map((memberId) => ({ id: this.ids.next(), legId, memberId })),
    );
  }
}

function beginning(leg: VisitLeg): number {
  return instantsOf(leg).departs.getTime();
}
