import { Body, Controller, Get, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { reportInput, reportOut } from './report.schemas.js';
import { VisitReports } from './visit-reports.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/report')
export class ReportApi {
  constructor(
    private readonly visits: Visits,
    private readonly reports: VisitReports,
  ) {}

  /** What came of the visit, counted from its file, and what is still owed. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(reportOut)
  async get(@Web() web: WebContext, @Param('ref') ref: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.answer(await this.visits.open(web.viewer, ref, 'write'), reply);
  }

  /** The two texts that somebody writes. The version is the visit's. */
  @Put()
  @Staff('visit', 'count', 'any')
  @Answers(reportOut)
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: reportInput }) texts: z.output<typeof reportInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.visits.open(web.viewer, ref, 'write');
    return this.answer(await this.visits.edit({ id, version: versionFrom(request) }, texts), reply);
  }

  private async answer(visit: Visit, reply: FastifyReply) {
    void reply.header('etag', etagOf(visit.version));
    return this.reports.of(visit);
  }
}
