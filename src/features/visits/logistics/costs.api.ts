import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import type { VisitCost } from './cost.entity.js';
import { totalsOf } from './cost.rules.js';
import { costOut, costsOut, newCostForm } from './cost.schemas.js';
import { Costs } from './costs.service.js';

/** What a visit costs, with the sums by payer. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/costs')
export class CostsApi {
  constructor(
    private readonly visits: Visits,
    private readonly costs: Costs,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(costsOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    const items = await this.costs.of((await this.visits.open(web.viewer, ref, 'inner')).id);
    return { items, totals: totalsOf(items) };
  }

  @Post()
  @Staff('visit', 'count', 'any')
  @Answers(costOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newCostForm }) fields: z.output<typeof newCostForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(fields, async () => (await this.costs.add(visit, fields)).id);
    return tagged(await this.costs.one(visit, id), reply);
  }

  @Put(':cost')
  @Staff('visit', 'count', 'any')
  @Answers(costOut)
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('cost') id: string,
    @Body({ schema: newCostForm }) fields: z.output<typeof newCostForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.costs.edit(visit, { id, version: versionFrom(request) }, fields), reply);
  }

  @Delete(':cost')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('cost') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.costs.remove(visit, { id, version: versionFrom(request) });
  }
}

function tagged(row: VisitCost, reply: FastifyReply): VisitCost {
  void reply.header('etag', etagOf(row.version));
  return row;
}
