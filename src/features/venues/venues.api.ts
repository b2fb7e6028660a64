import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers, behind, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import {
  moveForm,
  newRoomInput,
  newVenueForm,
  roomChanges,
  roomList,
  roomOut,
  venueChanges,
  venueList,
  venueOut,
  venueQuery,
} from './venues.schemas.js';
import { Venues } from './venues.service.js';

type ListQuery = z.output<typeof venueQuery>;

@ApiTags('venues')
@Controller('api/v1/venues')
export class VenuesApi {
  constructor(private readonly venues: Venues) {}

  @Get()
  @Staff('venue', 'read', 'any')
  @Answers(venueList)
  async list(@Query({ schema: venueQuery }) { limit, after }: ListQuery) {
    return pageOf(behind(await this.venues.venues(), after, ({ id }) => id), limit, (venue) => venue.id);
  }

  @Get(':id')
  @Staff('venue', 'read', 'any')
  @Answers(venueOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(await this.venues.byId(id), reply);
  }

  @Post()
  @Staff('venue', 'write', 'any')
  @Answers(venueOut, { status: 201 })
  async create(
    @Body({ schema: newVenueForm }) input: z.output<typeof newVenueForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.venues.addVenue(input), reply);
  }

  @Patch(':id')
  @Staff('venue', 'write', 'any')
  @Answers(venueOut)
  async edit(
    @Param('id') id: string,
    @Body({ schema: venueChanges }) changes: z.output<typeof venueChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.venues.editVenue({ id, version: versionFrom(request) }, changes), reply);
  }
}

@ApiTags('venues')
@Controller('api/v1/rooms')
export class RoomsApi {
  constructor(private readonly venues: Venues) {}

  @Get()
  @Staff('venue', 'read', 'any')
  @Answers(roomList)
  async list(@Query({ schema: venueQuery }) { limit, after }: ListQuery) {
    return pageOf(behind(await this.venues.rooms(), after, ({ id }) => id), limit, (room) => room.id);
  }

  @Get(':id')
  @Staff('venue', 'read', 'any')
  @Answers(roomOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(await this.venues.roomById(id), reply);
  }

  @Post()
  @Staff('venue', 'write', 'any')
  @Answers(roomOut, { status: 201 })
  async create(
    @Body({ schema: newRoomInput }) { venueId, ...fields }: z.output<typeof newRoomInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.venues.addRoom(venueId, fields), reply);
  }

  @Patch(':id')
  @Staff('venue', 'write', 'any')
  @Answers(roomOut)
  async edit(
    @Param('id') id: string,
    @Body({ schema: roomChanges }) changes: z.output<typeof roomChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.venues.editRoom({ id, version: versionFrom(request) }, changes), reply);
  }

  /** One place up or down among the rooms of its building; at the end it stays. */
  @Post(':id/order')
  @HttpCode(204)
  @Staff('venue', 'write', 'any')
  async order(
    @Param('id') id: string,
    @Body({ schema: moveForm }) { direction }: z.output<typeof moveForm>,
  ): Promise<void> {
    if (!(await this.venues.roomById(id))) throw new NotFound();
    await this.venues.moveRoom(id, direction);
  }
}

function tagged<T extends { version: number }>(row: T | null, reply: FastifyReply): T {
  if (!row) throw new NotFound();
  void reply.header('etag', etagOf(row.version));
  return row;
}
