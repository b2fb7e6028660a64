import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { formatMoney } from '../../../platform/i18n/formats.js';
import { VaultError } from '../../../platform/vault/vault.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { PAYERS } from '../visit.rules.js';
import { Visits } from '../visits.service.js';
import type { VisitCost } from './cost.entity.js';
import { COST_ITEMS, plannedSum, totalsOf, type SuggestedCost } from './cost.rules.js';
import { costForm, costQuery, newCostForm } from './cost.schemas.js';
import { Costs } from './costs.service.js';
import { versionForm } from './logistics.schemas.js';
import { typedMoney } from './money.js';

/** What one visit costs. For those who answer for it: who only reads a visit sees no money. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/logistics/costs')
export class CostsPages {
  constructor(
    private readonly visits: Visits,
    private readonly costs: Costs,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: costQuery }) filled: z.output<typeof costQuery>,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    return this.show(web, visit, null, web.emptyForm({ item: 'other', quantity: '1', currency: 'BYN', ...filled }));
  }

  @Post()
  @Staff('visit', 'count', 'any')
  add(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, newCostForm, body, 'costSaved', null, (visit, fields) =>
      this.costs.add(visit, fields),
    );
  }

  @Get(':cost')
  @Staff('visit', 'count', 'any')
  async one(@Web() web: WebContext, @Param('ref') ref: string, @Param('cost') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const cost = await this.costs.one(visit, id);
    const { price, spent } = cost;
    return this.show(web, visit, cost, web.emptyForm({ ...cost, price: typedMoney(price), spent: typedMoney(spent) }));
  }

  @Post(':cost')
  @Staff('visit', 'count', 'any')
  save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('cost') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, costForm, body, 'costSaved', id, (visit, { version, ...fields }) =>
      this.costs.edit(visit, { id, version }, fields),
    );
  }

  @Post(':cost/removal')
  @Staff('visit', 'count', 'any')
  remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('cost') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, 'costRemoved', id, (visit, { version }) =>
      this.costs.remove(visit, { id, version }),
    );
  }

  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    notice: string,
    id: string | null,
    work: (visit: Visit, input: z.output<S>) => Promise<unknown>,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      work,
      makes: id === null,
      room: '/logistics/costs',
      notice,
      again: async (visit, form) => this.show(web, visit, id === null ? null : await this.costs.one(visit, id), form),
    });
  }

  /** The lines with their sums, what the file suggests, and the form: for a new line, or for the one that is corrected. */
  private async show(web: WebContext, visit: Visit, edited: VisitCost | null, form: FormView): Promise<string> {
    const costs = await this.costs.of(visit.id);
    const here = `${hrefOf(visit)}/logistics/costs`;
    const money = (minor: number | null, currency: string) =>
      minor === null ? null : formatMoney(web.locale, minor, currency);
    const model = {
      head: headOf(web, visit, 'logistics', true),
      here,
      action: edited ? `${here}/${edited.id}` : here,
      version: edited?.version ?? '',
      edited: edited !== null,
      items: COST_ITEMS,
      payers: PAYERS,
      costs: costs.map((cost) => ({
        id: cost.id,
        item: cost.item,
        what: cost.what,
        quantity: cost.quantity,
        payer: cost.payer,
        price: money(cost.price, cost.currency),
        sum: cost.price === null ? null : money(plannedSum(cost), cost.currency),
        spent: money(cost.spent, cost.currency),
      })),
      totals: totalsOf(costs).map(({ payer, currency, planned, spent }) => ({
        payer,
        planned: money(planned, currency),
        spent: spent === 0 ? null : money(spent, currency),
      })),
      ...(await this.suggestions(web, visit, here)),
      papers: `${hrefOf(visit)}/documents`,
    };
    const title = web.t('visit.cost.title');
    return web.page('pages/visits/costs', model, { ...frame(web, title, visit, 'logistics'), form });
  }

  private async suggestions(web: WebContext, visit: Visit, here: string) {
    try {
      const all = await this.costs.suggested(visit, web.locale);
      return {
        suggestions: all.map((one) => ({ ...one, href: `${here}?${queryOf(one)}#cost-title` })),
        unreadable: false,
      };
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      return { suggestions: [], unreadable: true };
    }
  }
}

function queryOf({ item, what, quantity, price, currency, payer }: SuggestedCost): string {
  return new URLSearchParams({
    item,
    what,
    quantity: String(quantity),
    ...(price === null ? {} : { price: typedMoney(price)! }),
    ...(currency === null ? {} : { currency }),
    ...(payer === null ? {} : { payer }),
  }).toString();
}
