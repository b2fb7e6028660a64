import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { People, type Person } from '../people/index.js';
import { Assignment, Availability } from './assignment.entity.js';
import { Availabilities } from './availabilities.service.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { isId } from './ids.rules.js';
import type { Session } from './session.entity.js';

/** The people of a draft, one by one. */
@Injectable()
export class ProgrammePeople {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly availabilities: Availabilities,
    private readonly conflicts: Conflicts,
  ) {}

  /** Somebody of this programme by id or public id. Throws NotFound for anybody whom it does not name. */
  async find(programmeId: string, key: string): Promise<Person> {
    const person = isId(key) ? await this.people.byId(key) : await this.people.byPublicId(key);
    if (!person) throw new NotFound();
    const personId = person.id;
    const named =
      (await this.db.repository(Assignment).existsBy({ personId, session: { programmeId } })) ||
      (await this.db.repository(Availability).existsBy({ personId, programmeId }));
    if (!named) throw new NotFound();
    return person;
  }

  /** The id of whomever a program names by id or public id. Throws InvalidInput at `personId`. */
  async idOf(key: string): Promise<string> {
    if (isId(key)) return key;
    try {
      return (await this.people.byPublicId(key)).id;
    } catch (error) {
      if (error instanceof NotFound) throw InvalidInput.at('personId', 'error.programme.unknownPerson');
      throw error;
    }
  }

  /** What the draft asks of the person, when they can, and where the two disagree. */
  async one(programmeId: string, personId: string) {
    const [assigned, times, weekly, findings] = await Promise.all([
      this.db.repository(Assignment).find({
        where: { personId, session: { programmeId } },
        relations: { session: true },
        order: { session: { startsAt: 'ASC', id: 'ASC' }, id: 'ASC' },
      }),
      this.availabilities.ofPerson(programmeId, personId),
      this.availabilities.weeklyOf(programmeId, personId),
      this.conflicts.ofPerson(programmeId, personId),
    ]);
    return { assigned: assigned as (Assignment & { session: Session })[], times, weekly, findings };
  }
}
