import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { proposalForm, seatingOut, shapeQuery, swapForm } from './seating.schemas.js';
import { Seatings } from './seatings.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/seating/:session')
export class SeatingApi {
  constructor(
    private readonly visits: Visits,
    private readonly seatings: Seatings,
  ) {}

  /** Who sits where; `version` 0: the proposal, which nobody has settled. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(seatingOut)
  async get(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Query({ schema: shapeQuery }) { shape }: z.output<typeof shapeQuery>,
  ) {
    return this.seatings.of(await this.visits.open(web.viewer, ref), session, shape ?? undefined);
  }

  @Put()
  @Staff('visit', 'count', 'any')
  @Answers(seatingOut)
  async propose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Body({ schema: proposalForm }) { shape, version }: z.output<typeof proposalForm>,
  ) {
    return this.seatings.propose(await this.visits.open(web.viewer, ref, 'write'), session, version, shape);
  }

  @Post('swaps')
  @Staff('visit', 'count', 'any')
  @Answers(seatingOut, { status: 201 })
  async swap(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Body({ schema: swapForm }) { a, b, shape, version }: z.output<typeof swapForm>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.seatings.swap(visit, session, version, a, b, shape ?? undefined);
  }
}
