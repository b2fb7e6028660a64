import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Ids } from '../../platform/runtime/ids.js';
import { referenceOf, type Series } from './document-kind.rules.js';
import { ReferenceCounter } from './outgoing-document.entity.js';

export interface Reference {
  readonly series: Series;
  readonly year: number;
  readonly number: number;
  /** As it is printed. */
  readonly text: string;
}

/** Numbers of letters and visits: from 1 each year, none twice, none left out as long as what they are for is kept. */
@Injectable()
export class References {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
  ) {}

  /** The next number, taken in the transaction that is open (or one of its own): when that is undone, so is the number. */
  next(series: Series, year: number): Promise<Reference> {
    return this.db.transaction(async () => {
      const number = await this.taken(series, year);
      return { series, year, number, text: referenceOf(series, year, number) };
    });
  }

  private async taken(series: Series, year: number): Promise<number> {
    for (;;) {
      const counter = await this.db.one(ReferenceCounter, { series, year });
      if (counter) {
        const number = counter.last + 1;
        if (await this.db.compareAndSet(ReferenceCounter, { id: counter.id, last: counter.last }, { last: number }))
          return number;
        continue;
      }
      try {
        await this.db.insert(ReferenceCounter, { id: this.ids.next(), series, year, last: 1 });
        return 1;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    }
  }
}
