import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { CarSaved } from '../visits.events.js';
import { Car } from './logistics.entity.js';

export type CarFields = Omit<Car, 'id' | 'version'>;

/** The cars of the house and of those it orders from. */
@Injectable()
export class Cars {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** Those in use first, then by name. */
  all(): Promise<Car[]> {
    return this.db.repository(Car).find({ order: { inUse: 'DESC', name: 'ASC', id: 'ASC' } });
  }

  async byId(id: string): Promise<Car> {
    const car = await this.db.one(Car, { id });
    if (!car) throw new NotFound();
    return car;
  }

  /** In one statement; ids that are not known are left out. */
  async byIds(ids: Iterable<string>): Promise<Map<string, Car>> {
    const found = await this.db.all(Car, { id: [...new Set(ids)] });
    return new Map(found.map((car) => [car.id, car]));
  }

  add(fields: CarFields): Promise<Car> {
    return this.db.transaction(async () => {
      const car: Car = { id: this.ids.next(), ...fields, version: 1 };
      await this.db.insert(Car, car);
      await this.journal.record(CarSaved({ id: car.id }));
      return car;
    });
  }

  edit(read: { id: string; version: number }, fields: CarFields): Promise<Car> {
    return this.db.transaction(async () => {
      const before = await this.byId(read.id);
      const version = await this.db.updateIfUnchanged(Car, read, fields);
      await this.journal.record(CarSaved({ id: before.id }));
      return { ...before, ...fields, version };
    });
  }
}
