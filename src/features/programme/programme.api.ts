import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, listQuery, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import {
  findingList,
  nextReleaseOut,
  releaseList,
  releaseOut,
  releaseWithChanges,
  strandList,
  strandOut,
} from './programme.answers.js';
import { behind, conferenceOf, readFrom, releaseNumber, tagged } from './programme-api.js';
import { newReleaseInput, newStrandForm, overrideForm, strandChanges } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { Releases } from './releases.service.js';

type ListQuery = z.output<typeof listQuery>;

/** Strands, conflicts and releases of a programme. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf')
export class ProgrammeApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly releases: Releases,
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

  @Get('releases')
  @Staff('programme', 'read')
  @Answers(releaseList)
  async list(@Req() request: FastifyRequest, @Query({ schema: listQuery }) { limit, after }: ListQuery) {
    const cursor = ({ number }: { number: number }) => String(number);
    return pageOf(behind(await this.releases.all(await this.own(request)), after, cursor), limit, cursor);
  }

  /** The preview of publishing: what changes, what blocks it, and how many people are to be told. */
  @Get('releases/next')
  @Staff('programme', 'write')
  @Answers(nextReleaseOut)
  async next(@Req() request: FastifyRequest) {
    return this.releases.next(await this.own(request));
  }

  /** With what changed since the release before. */
  @Get('releases/:number')
  @Staff('programme', 'read')
  @Answers(releaseWithChanges)
  async release(@Req() request: FastifyRequest, @Param('number') number: string) {
    return this.releases.withChanges(await this.own(request), releaseNumber(number));
  }

  @Post('releases')
  @Staff('programme', 'write')
  @Answers(releaseOut, { status: 201 })
  async publish(
    @Req() request: FastifyRequest,
    @Body({ schema: newReleaseInput }) input: z.output<typeof newReleaseInput>,
  ) {
    return this.releases.publish(await this.own(request), input);
  }

  private async own(request: FastifyRequest): Promise<string> {
    return (await this.programmes.ofOwner(conferenceOf(request).id)).id;
  }
}
