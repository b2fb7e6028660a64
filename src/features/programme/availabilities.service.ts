import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Availability, WeeklyAvailability } from './assignment.entity.js';
import { checkStated, weeklyMinutes, type StatedTime, type TypedWeekly } from './availability.rules.js';
import { isId } from './ids.rules.js';
import { AvailabilityStated } from './programme.events.js';
import { inProgramme, Programmes } from './programmes.service.js';

const STAFF = 'staff';

/** When people can take part, as they or staff said. */
@Injectable()
export class Availabilities {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
  ) {}

  ofPerson(programmeId: string, personId: string): Promise<Availability[]> {
    return this.db
      .repository(Availability)
      .find({ where: { programmeId, personId }, order: { startsAt: 'ASC', id: 'ASC' } });
  }

  /** Replaces everything that this source said about the person. */
  state(programmeId: string, personId: string, source: string, times: readonly StatedTime[]): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.repository(Availability).delete({ programmeId, personId, source });
      await this.db.insert(
        Availability,
        times.map((time) => ({ id: this.ids.next(), programmeId, personId, source, ...time })),
      );
      await this.record(programmeId, personId, source);
    });
  }

  /** One more time, said by staff. Throws InvalidInput at `endsAt`, RuleViolation for one that is stated already. */
  add(programmeId: string, personId: string, time: StatedTime): Promise<Availability> {
    return this.db.transaction(async () => {
      checkStated(time, await this.ofPerson(programmeId, personId));
      const row = { id: this.ids.next(), programmeId, personId, source: STAFF, ...time };
      await this.db.insert(Availability, row);
      await this.record(programmeId, personId, STAFF);
      return row as Availability;
    });
  }

  /** Takes one time away, whoever said it. Throws NotFound, also for a time of somebody else. */
  remove(programmeId: string, personId: string, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const gone = isId(id) && (await this.db.repository(Availability).delete({ id, programmeId, personId })).affected;
      if (!gone) throw new NotFound();
      await this.record(programmeId, personId, STAFF);
    });
  }

  /** What is so every week. */
  weeklyOf(programmeId: string, personId: string): Promise<WeeklyAvailability[]> {
    return this.db
      .repository(WeeklyAvailability)
      .find({ where: { programmeId, personId }, order: { weekday: 'ASC', opensAt: 'ASC', id: 'ASC' } });
  }

  /** One more weekly time, said by staff. Throws InvalidInput at `closesAt`, RuleViolation for one that is stated already. */
  addWeekly(programmeId: string, personId: string, typed: TypedWeekly): Promise<WeeklyAvailability> {
    return this.db.transaction(async () => {
      const { kind, weekday } = typed;
      const row = { id: this.ids.next(), programmeId, personId, kind, weekday, ...weeklyMinutes(typed) };
      try {
        await this.db.insert(WeeklyAvailability, row);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RuleViolation('error.programme.timeStated');
        throw error;
      }
      await this.record(programmeId, personId, STAFF);
      return row as WeeklyAvailability;
    });
  }

  /** Throws NotFound, also for a time of somebody else. */
  removeWeekly(programmeId: string, personId: string, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const rows = this.db.repository(WeeklyAvailability);
      const gone = isId(id) && (await rows.delete({ id, programmeId, personId })).affected;
      if (!gone) throw new NotFound();
      await this.record(programmeId, personId, STAFF);
    });
  }

  private async record(programmeId: string, personId: string, source: string): Promise<void> {
    const programme = await this.programmes.byId(programmeId);
    await this.journal.record(AvailabilityStated({ id: programmeId, ...inProgramme(programme), personId, source }));
  }
}
