import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import type { Visit } from '../visit.entity.js';
import { CostRemoved, CostSaved } from '../visits.events.js';
import { Catering } from './catering.queries.js';
import { VisitCost } from './cost.entity.js';
import { COST_ITEMS, suggestedCosts, type SuggestedCost } from './cost.rules.js';
import { Gifts } from './gifts.service.js';
import { Journeys } from './journeys.service.js';
import { nights } from './lodging.rules.js';
import { Lodgings } from './lodgings.service.js';

export type CostFields = Omit<VisitCost, 'id' | 'visit' | 'visitId' | 'createdAt' | 'version'>;

interface Read {
  id: string;
  version: number;
}

/** What a visit costs, line by line, and who pays. */
@Injectable()
export class Costs {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly lodgings: Lodgings,
    private readonly catering: Catering,
    private readonly gifts: Gifts,
    private readonly journeys: Journeys,
  ) {}

  /** By item, in the order in which they were entered. */
  async of(visitId: string): Promise<VisitCost[]> {
    const costs = await this.db.all(VisitCost, { visitId });
    const at = ({ item }: VisitCost) => COST_ITEMS.indexOf(item);
    return costs.toSorted(
      (a, b) => at(a) - at(b) || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
    );
  }

  async one(visit: Visit, id: string): Promise<VisitCost> {
    const cost = await this.db.one(VisitCost, { id, visitId: visit.id });
    if (!cost) throw new NotFound();
    return cost;
  }

  /** What the file knows that costs something and is not entered yet, in the words of a language. Throws VaultError as the order does. */
  async suggested(visit: Visit, locale: Locale): Promise<SuggestedCost[]> {
    const cars = Map.groupBy(
      (await this.journeys.of(visit)).filter(({ status, ordered }) => ordered && status !== 'cancelled'),
      ({ ordered }) => ordered!.id,
    );
    const facts = {
      financing: visit.financing,
      rooms: (await this.lodgings.of(visit.id)).map(({ hotel, from, until, payer }) => ({
        hotel,
        nights: nights(from, until),
        payer,
      })),
      meals: (await this.catering.of(visit)).map(({ session, heads }) => ({
        title: pickText(session.title, locale).text || this.translator.t(locale, 'sessionKind.meal'),
        heads,
      })),
      gifts: (await this.gifts.of(visit.id)).filter(({ way }) => way === 'given'),
      cars: [...cars.values()].map((legs) => ({ name: legs[0]!.ordered!.name, journeys: legs.length })),
    };
    return suggestedCosts(facts, await this.of(visit.id));
  }

  add(visit: Visit, fields: CostFields): Promise<VisitCost> {
    return this.db.transaction(async () => {
      const row = { id: this.ids.next(), visitId: visit.id, ...fields, createdAt: this.clock.now(), version: 1 };
      await this.db.insert(VisitCost, row);
      await this.journal.record(CostSaved({ id: visit.id, costId: row.id, item: fields.item }));
      return row as VisitCost;
    });
  }

  edit(visit: Visit, read: Read, fields: CostFields): Promise<VisitCost> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      const version = await this.db.updateIfUnchanged(VisitCost, read, fields);
      await this.journal.record(CostSaved({ id: visit.id, costId: read.id, item: fields.item }));
      return { ...before, ...fields, version };
    });
  }

  remove(visit: Visit, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const { item } = await this.one(visit, read.id);
      await this.db.updateIfUnchanged(VisitCost, read, {});
      await this.db.repository(VisitCost).delete({ id: read.id });
      await this.journal.record(CostRemoved({ id: visit.id, costId: read.id, item }));
    });
  }
}
