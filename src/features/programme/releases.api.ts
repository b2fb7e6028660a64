import { mailCounts } from './programme.ports.js';
import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Forbidden } from '../../kernel/errors.js';
import { Answers, behind, listQuery, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { conferenceOf, releaseNumber } from './programme-api.js';
import type { Programme } from './programme.entity.js';
import { comparisonQuery, newReleaseInput } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import {
  comparisonAnswer,
  comparisonOut,
  nextReleaseOut,
  releaseList,
  releaseOut,
  releaseWithChanges,
} from './release.answers.js';
import { ReleaseDesk } from './release-desk.service.js';
import { Releases } from './releases.service.js';

type ListQuery = z.output<typeof listQuery>;

/** Releases of a programme: publishing, and what differs between them. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/releases')
export class ReleasesApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly releases: Releases,
    private readonly desk: ReleaseDesk,
  ) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(releaseList)
  async list(@Req() request: FastifyRequest, @Query({ schema: listQuery }) { limit, after }: ListQuery) {
    const cursor = ({ number }: { number: number }) => String(number);
    return pageOf(behind(await this.releases.all((await this.own(request)).id), after, cursor), limit, cursor);
  }

  /** The preview of publishing: what changes, what blocks it, and who learns of it, and how. */
  @Get('next')
  @Staff('programme', 'write')
  @Answers(nextReleaseOut)
  async next(@Req() request: FastifyRequest) {
    const programme = await this.own(request);
    const next = await this.releases.next(programme.id);
    const audience = await this.desk.concerned(programme, next, next.told);
    return {
      ...next,
      ...mailCounts(next.told),
      ...comparisonAnswer({ ...next, names: audience.names }, audience),
      signUps: audience.signUps,
    };
  }

  /** From one release to another, or to the draft; 0 is before the first. */
  @Get('comparison')
  @Staff('programme', 'read')
  @Answers(comparisonOut)
  async compare(
    @Req() request: FastifyRequest,
    @Query({ schema: comparisonQuery }) { from, to }: z.output<typeof comparisonQuery>,
  ) {
    const found = await this.releases.compare((await this.own(request)).id, from, to);
    return { from, to, ...comparisonAnswer(found) };
  }

  /** With what changed since the release before. */
  @Get(':number')
  @Staff('programme', 'read')
  @Answers(releaseWithChanges)
  async release(@Req() request: FastifyRequest, @Param('number') number: string) {
    const release = await this.releases.withChanges((await this.own(request)).id, releaseNumber(number));
    return { ...release, ...comparisonAnswer(release) };
  }

  @Post()
  @Staff('programme', 'write')
  @Answers(releaseOut, { status: 201 })
  async publish(
    @Req() request: FastifyRequest,
    @Body({ schema: newReleaseInput }) input: z.output<typeof newReleaseInput>,
  ) {
    const { id, ownerId } = await this.own(request);
    if (input.send && request.viewer?.level('outbox', ownerId) !== 'write') throw new Forbidden('error.forbidden');
    return this.releases.publish(id, input);
  }

  private own(request: FastifyRequest): Promise<Programme> {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }
}
