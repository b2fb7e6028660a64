import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers, behind, etagOf, listQuery, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { Conference } from './conference.entity.js';
import {
  conferenceChanges,
  conferenceList,
  conferenceOut,
  conferenceQuery,
  newConferenceInput,
  newSeriesInput,
  seriesChanges,
  seriesList,
  seriesOut,
} from './conferences.schemas.js';
import { Conferences } from './conferences.service.js';
import { SeriesService } from './series.service.js';

@ApiTags('conferences')
@Controller('api/v1/conferences')
export class ConferencesApi {
  constructor(private readonly conferences: Conferences) {}

  /** The conferences in which the caller has a role, the latest first. */
  @Get()
  @Staff('conference', 'read', 'any')
  @Answers(conferenceList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: conferenceQuery }) { limit, after, kind }: z.output<typeof conferenceQuery>,
  ) {
    const seen = (await this.conferences.list()).filter(
      (conference) => web.viewer.level('conference', conference.id) && (!kind || conference.kind === kind),
    );
    return pageOf(behind(seen, after, ({ id }) => id), limit, (conference) => conference.id);
  }

  @Get(':conf')
  @Staff('conference', 'read')
  @Answers(conferenceOut)
  async get(@Web() web: WebContext, @Res({ passthrough: true }) reply: FastifyReply) {
    const conference = await this.conferences.byId(web.conference.id);
    if (!conference) throw new NotFound();
    return tagged(conference, reply);
  }

  @Post()
  @Staff('series', 'write', 'any')
  @Answers(conferenceOut, { status: 201 })
  async create(
    @Body({ schema: newConferenceInput }) input: z.output<typeof newConferenceInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.conferences.create(input), reply);
  }

  @Patch(':conf')
  @Staff('conference', 'write')
  @Answers(conferenceOut)
  async edit(
    @Web() web: WebContext,
    @Param('conf') _conf: string,
    @Body({ schema: conferenceChanges }) changes: z.output<typeof conferenceChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(
      await this.conferences.edit({ id: web.conference.id, version: versionFrom(request) }, changes),
      reply,
    );
  }
}

@ApiTags('conferences')
@Controller('api/v1/series')
export class SeriesApi {
  constructor(private readonly series: SeriesService) {}

  @Get()
  @Staff('series', 'read', 'any')
  @Answers(seriesList)
  async list(@Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>) {
    return pageOf(behind(await this.series.list(), after, ({ id }) => id), limit, (series) => series.id);
  }

  @Get(':id')
  @Staff('series', 'read', 'any')
  @Answers(seriesOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(await this.series.byId(id), reply);
  }

  @Post()
  @Staff('series', 'write', 'any')
  @Answers(seriesOut, { status: 201 })
  async create(
    @Body({ schema: newSeriesInput }) input: z.output<typeof newSeriesInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.series.create(input), reply);
  }

  @Patch(':id')
  @Staff('series', 'write', 'any')
  @Answers(seriesOut)
  async edit(
    @Param('id') id: string,
    @Body({ schema: seriesChanges }) changes: z.output<typeof seriesChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.series.edit({ id, version: versionFrom(request) }, changes), reply);
  }
}

function tagged<T extends Pick<Conference, 'version'>>(row: T, reply: FastifyReply): T {
  void reply.header('etag', etagOf(row.version));
  return row;
}
