import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { incidentInput, incidentOut, incidentsOut, ticksInput, ticksOut } from './day.schemas.js';
import { Incidents } from './incidents.service.js';
import { VisitDay } from './day.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref')
export class DayApi {
  constructor(
    private readonly visits: Visits,
    private readonly day: VisitDay,
    private readonly incidents: Incidents,
  ) {}

  /** Every line of the run sheet and of the checklist, and whether it is done. */
  @Get('ticks')
  @Staff('visit', 'count', 'any')
  @Answers(ticksOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    return this.answer(await this.visits.open(web.viewer, ref));
  }

  /** Taps that were made on a phone, perhaps a while ago. The later tap of a line counts; sending them again does nothing. */
  @Put('ticks')
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

  /** What went otherwise than planned, in the order in which it happened. */
  @Get('incidents')
  @Staff('visit', 'count', 'any')
  @Answers(incidentsOut)
  async happened(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.incidents.of((await this.visits.open(web.viewer, ref, 'write')).id) };
  }

  @Post('incidents')
  @Staff('visit', 'count', 'any')
  @Answers(incidentOut, { status: 201 })
  async note(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: incidentInput }) fields: z.output<typeof incidentInput>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(fields, async () => (await this.incidents.note(visit, fields)).id);
    return this.incidents.one(visit, id);
  }

  @Delete('incidents/:incident')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async removeIncident(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('incident') id: string,
  ): Promise<void> {
    await this.incidents.remove(await this.visits.open(web.viewer, ref, 'write'), id);
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
