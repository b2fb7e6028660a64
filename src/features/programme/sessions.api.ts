import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { savedSessionOut, sessionList, sessionOut } from './programme.answers.js';
import { conferenceOf, readFrom, startOf, tagged } from './programme-api.js';
import { ProgrammeQueries } from './programme.queries.js';
import { moveInput, newSessionInput, sessionChanges, sessionListQuery } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { Sessions, type SavedSession } from './sessions.service.js';

@ApiTags('programme')
@Controller('api/v1/conferences/:conf/sessions')
export class SessionsApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly queries: ProgrammeQueries,
  ) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(sessionList)
  async list(
    @Req() request: FastifyRequest,
    @Query({ schema: sessionListQuery }) query: z.output<typeof sessionListQuery>,
  ) {
    const programme = await this.programmeOf(request);
    return pageOf(await this.queries.page(programme.id, query), query.limit, ({ id }) => id);
  }

  @Get(':id')
  @Staff('programme', 'read')
  @Answers(sessionOut)
  async get(@Req() request: FastifyRequest, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const session = await this.sessions.byId((await this.programmeOf(request)).id, id);
    return tagged(reply, session, session);
  }

  @Post()
  @Staff('programme', 'write')
  @Answers(savedSessionOut, { status: 201 })
  async create(
    @Req() request: FastifyRequest,
    @Body({ schema: newSessionInput }) input: z.output<typeof newSessionInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id, zone } = await this.programmeOf(request);
    const { place, ...texts } = input;
    const where = place && { ...place, start: startOf(place.start ?? null, zone, 'place.start') };
    return saved(reply, await this.sessions.add(id, { ...texts, ...(where ? { place: where } : {}) }));
  }

  @Patch(':id')
  @Staff('programme', 'write')
  @Answers(savedSessionOut)
  async edit(
    @Req() request: FastifyRequest,
    @Param('id') session: string,
    @Body({ schema: sessionChanges }) changes: z.output<typeof sessionChanges>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id, zone } = await this.programmeOf(request);
    const { place, ...texts } = changes;
    const where = place && { ...place, start: startOf(place.start, zone, 'place.start') };
    return saved(
      reply,
      await this.sessions.edit(id, readFrom(request, session), { ...texts, ...(where ? { place: where } : {}) }),
    );
  }

  @Post(':id/moves')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(savedSessionOut)
  async move(
    @Req() request: FastifyRequest,
    @Param('id') session: string,
    @Body({ schema: moveInput }) place: z.output<typeof moveInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id, zone } = await this.programmeOf(request);
    return saved(
      reply,
      await this.sessions.move(id, readFrom(request, session), {
        ...place,
        start: startOf(place.start, zone, 'start'),
      }),
    );
  }

  @Post(':id/cancellation')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(savedSessionOut)
  async cancel(
    @Req() request: FastifyRequest,
    @Param('id') session: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return saved(reply, await this.sessions.cancel((await this.programmeOf(request)).id, readFrom(request, session)));
  }

  @Post(':id/reinstatement')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(savedSessionOut)
  async reinstate(
    @Req() request: FastifyRequest,
    @Param('id') session: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return saved(
      reply,
      await this.sessions.reinstate((await this.programmeOf(request)).id, readFrom(request, session)),
    );
  }

  @Delete(':id')
  @HttpCode(204)
  @Staff('programme', 'write')
  async remove(@Req() request: FastifyRequest, @Param('id') session: string): Promise<void> {
    await this.sessions.remove((await this.programmeOf(request)).id, readFrom(request, session));
  }

  private programmeOf(request: FastifyRequest) {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }
}

function saved(reply: FastifyReply, answer: SavedSession): SavedSession {
  return tagged(reply, answer.session, answer);
}
