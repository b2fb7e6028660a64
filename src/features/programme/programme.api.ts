import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, listQuery, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { findingList, strandList, strandOut } from './programme.answers.js';
import { conferenceOf, readFrom, tagged } from './programme-api.js';
import { newStrandForm, overrideForm, strandChanges } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';

type ListQuery = z.output<typeof listQuery>;

/** Strands and conflicts of a programme. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf')
export class ProgrammeApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
  ) {}

  @Get('strands')
  @Staff('programme', 'read')
  @Answers(strandList)
  async strands(@Req() request: FastifyRequest, @Query({ schema: listQuery }) { limit, after }: ListQuery) {
    return pageOf(
      behind(await this.programmes.strands(await this.own(request)), after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  @Get('strands/:id')
  @Staff('programme', 'read')
  @Answers(strandOut)
  async strand(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const strand = await this.programmes.strand(await this.own(request), id);
    return tagged(reply, strand, strand);
  }

  @Post('strands')
  @Staff('programme', 'write')
  @Answers(strandOut, { status: 201 })
  async addStrand(
    @Req() request: FastifyRequest,
    @Body({ schema: newStrandForm }) input: z.output<typeof newStrandForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const strand = await this.programmes.addStrand(await this.own(request), input);
    return tagged(reply, strand, strand);
  }

  @Patch('strands/:id')
  @Staff('programme', 'write')
  @Answers(strandOut)
  async editStrand(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: strandChanges }) changes: z.output<typeof strandChanges>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const strand = await this.programmes.editStrand(await this.own(request), readFrom(request, id), changes);
    return tagged(reply, strand, strand);
  }

  @Delete('strands/:id')
  @HttpCode(204)
  @Staff('programme', 'write')
  async removeStrand(@Req() request: FastifyRequest, @Param('id') id: string): Promise<void> {
    await this.programmes.removeStrand(await this.own(request), readFrom(request, id));
  }

  @Get('findings')
  @Staff('programme', 'read')
  @Answers(findingList)
  async findings(@Req() request: FastifyRequest, @Query({ schema: listQuery }) { limit, after }: ListQuery) {
    return pageOf(
      behind(await this.conflicts.findings(await this.own(request)), after, ({ key }) => key),
      limit,
      ({ key }) => key,
    );
  }

  @Post('findings/overrides')
  @HttpCode(204)
  @Staff('programme', 'write')
  async override(
    @Req() request: FastifyRequest,
    @Body({ schema: overrideForm }) { key, reason }: z.output<typeof overrideForm>,
  ): Promise<void> {
    await this.conflicts.override(await this.own(request), key, reason);
  }

  @Delete('findings/overrides/:key')
  @HttpCode(204)
  @Staff('programme', 'write')
  async withdrawOverride(@Req() request: FastifyRequest, @Param('key') key: string): Promise<void> {
    await this.conflicts.withdrawOverride(await this.own(request), key);
  }

  private async own(request: FastifyRequest): Promise<string> {
    return (await this.programmes.ofOwner(conferenceOf(request).id)).id;
  }
}
