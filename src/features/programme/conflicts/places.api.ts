import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { conferenceOf, momentOf } from '../programme-api.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import {
  explanationOut,
  explanationQuery,
  heatMapOut,
  heatMapQuery,
  placesOut,
  placesQuery,
} from './places.schemas.js';
import { Places } from './places.service.js';

/** Where a session could go, and why not elsewhere. Nothing here changes anything. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/sessions/:id')
export class PlacesApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly places: Places,
  ) {}

  /** Free places, best first, and what refuses the others. */
  @Get('places')
  @Staff('programme', 'read')
  @Answers(placesOut)
  async ranked(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query({ schema: placesQuery }) { limit, ...asked }: z.output<typeof placesQuery>,
  ) {
    return this.places.places(await this.programmeOf(request), id, asked, limit ?? 20);
  }

  /** How bad every start in every room is. */
  @Get('heat-map')
  @Staff('programme', 'read')
  @Answers(heatMapOut)
  async heatMap(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query({ schema: heatMapQuery }) asked: z.output<typeof heatMapQuery>,
  ) {
    const { map, minutes } = await this.places.heatMap(await this.programmeOf(request), id, asked);
    const count = map.starts.length;
    const rooms = map.rooms.map((roomId, at) => ({
      id: roomId,
      heat: map.heat.subarray(at * count, (at + 1) * count).join(''),
      points: [...map.points.subarray(at * count, (at + 1) * count)],
    }));
    return { starts: map.starts.map((start) => new Date(start)), minutes, rooms };
  }

  /** What is against one place. */
  @Get('explanation')
  @Staff('programme', 'read')
  @Answers(explanationOut)
  async explanation(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query({ schema: explanationQuery }) { start, minutes, roomId }: z.output<typeof explanationQuery>,
  ) {
    const programme = await this.programmeOf(request);
    const moment = start === undefined ? null : momentOf(start, programme.zone, 'start');
    return this.places.explain(programme, id, { start: moment, minutes, roomId });
  }

  private programmeOf(request: FastifyRequest): Promise<Programme> {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }
}
