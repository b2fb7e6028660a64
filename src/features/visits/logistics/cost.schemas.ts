import { z } from 'zod';
import { choice, integerField, optionalChoice, optionalLine } from '../../../platform/web/fields.js';
import { PAYERS } from '../visit.rules.js';
import { COST_ITEMS } from './cost.rules.js';
import { currency, money } from './logistics.schemas.js';

const version = integerField({ min: 1, max: 2_000_000_000 });

const costFields = {
  item: choice(COST_ITEMS),
  what: optionalLine(300),
  quantity: integerField({ min: 1, max: 100_000 }),
  price: money,
  currency: currency.transform((code) => code ?? 'BYN'),
  payer: optionalChoice(PAYERS),
  spent: money,
};
export const newCostForm = z.strictObject(costFields).meta({ id: 'VisitCostInput' });
export const costForm = z.strictObject({ ...costFields, version });

/** What a suggestion fills into the form. */
export const costQuery = z.object({
  item: z.enum(COST_ITEMS).optional().catch(undefined),
  what: z.string().max(300).optional().catch(undefined),
  quantity: z.string().max(9).optional().catch(undefined),
  price: z.string().max(20).optional().catch(undefined),
  currency: z.string().max(3).optional().catch(undefined),
  payer: z.enum(PAYERS).optional().catch(undefined),
});

const minor = z.number().meta({ description: 'Minor units' });
export const costOut = z
  .object({
    id: z.uuid(),
    item: z.enum(COST_ITEMS),
    what: z.string().nullable(),
    quantity: z.number(),
    price: minor.nullable(),
    currency: z.string(),
    payer: z.enum(PAYERS).nullable(),
    spent: minor.nullable(),
    version: z.number(),
  })
  .meta({ id: 'VisitCost' });
export const costsOut = z
  .object({
    items: z.array(costOut),
    totals: z.array(z.object({ payer: z.enum(PAYERS).nullable(), currency: z.string(), planned: minor, spent: minor })),
  })
  .meta({ id: 'VisitCosts' });
