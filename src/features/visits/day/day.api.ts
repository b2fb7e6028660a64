import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { ticksInput, ticksOut } from './day.schemas.js';
import { VisitDay } from './day.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/ticks')
export class DayApi {
  constructor(
    private readonly visits: Visits,
    private readonly day: VisitDay,
  ) {}

  /** Every line of the run sheet and of the checklist, and whether it is done. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(ticksOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    return this.answer(await this.visits.open(web.viewer, ref));
  }

  /** Taps that were made on a phone, perhaps a while ago. The later tap of a line counts; sending them again does nothing. */
  @Put()
  @Staff('visit', 'count', 'any')
  @Answers(ticksOut)
  async take(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: ticksInput }) { ticks }: z.output<typeof ticksInput>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.day.tick(visit, ticks);
    return this.answer(visit);
  }

  private async answer(visit: Visit) {
    const lines = await this.day.all(visit);
    const checks = await this.day.checklist(visit);
    return {
      items: [
        ...lines.map(({ key, at, tick }) => ({ key, at, done: tick?.done ?? false })),
        ...checks.map(({ key, done }) => ({ key, at: null, done })),
      ],
    };
  }
}
