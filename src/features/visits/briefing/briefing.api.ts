import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { briefingForm, briefingOut } from './briefing.schemas.js';
import { Briefings } from './briefings.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/briefing')
export class BriefingApi {
  constructor(
    private readonly visits: Visits,
    private readonly briefings: Briefings,
  ) {}

  /** What the host principal should know; `version` 0: nobody has written it yet. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(briefingOut)
  async get(@Web() web: WebContext, @Param('ref') ref: string) {
    return this.briefings.of(await this.visits.open(web.viewer, ref, 'inner'));
  }

  /** Written over the one whose `version` was read. Facts are lines that begin with their date. */
  @Put()
  @Staff('visit', 'count', 'any')
  @Answers(briefingOut)
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: briefingForm }) { version, ...fields }: z.output<typeof briefingForm>,
  ) {
    return this.briefings.save(await this.visits.open(web.viewer, ref, 'write'), version, fields);
  }
}
