import { Body, Controller, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import {
  commitmentOut,
  commitmentsOut,
  newCommitmentForm,
  openCommitmentsOut,
  settleInput,
} from './commitment.schemas.js';
import { Commitments } from './commitments.service.js';

@ApiTags('visits')
@Controller('api/v1')
export class CommitmentsApi {
  constructor(
    private readonly visits: Visits,
    private readonly commitments: Commitments,
  ) {}

  /** All that is open, the most pressing first. */
  @Get('commitments')
  @Staff('visit', 'count', 'any')
  @Answers(openCommitmentsOut)
  async open(@Web() web: WebContext) {
    const found = await this.commitments.openFor(web.viewer);
    return { items: found.map(({ commitment, visit }) => ({ ...commitment, visit: visit.ref })) };
  }

  @Get('visits/:ref/commitments')
  @Staff('visit', 'count', 'any')
  @Answers(commitmentsOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.commitments.of((await this.visits.open(web.viewer, ref)).id) };
  }

  @Post('visits/:ref/commitments')
  @Staff('visit', 'count', 'any')
  @Answers(commitmentOut, { status: 201 })
  async make(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newCommitmentForm }) fields: z.output<typeof newCommitmentForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(fields, async () => (await this.commitments.make(visit, fields)).id);
    return tagged(await this.commitments.one(visit, id), reply);
  }

  @Put('visits/:ref/commitments/:id')
  @Staff('visit', 'count', 'any')
  @Answers(commitmentOut)
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('id') id: string,
    @Body({ schema: newCommitmentForm }) fields: z.output<typeof newCommitmentForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.commitments.edit(visit, { id, version: versionFrom(request) }, fields), reply);
  }

  @Post('visits/:ref/commitments/:id/settling')
  @Staff('visit', 'count', 'any')
  @Answers(commitmentOut, { status: 201 })
  async settle(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('id') id: string,
    @Body({ schema: settleInput }) { to, outcome }: z.output<typeof settleInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.commitments.settle(visit, { id, version: versionFrom(request) }, to, outcome), reply);
  }
}

function tagged<T extends { version: number }>(row: T, reply: FastifyReply): T {
  void reply.header('etag', etagOf(row.version));
  return row;
}
