import { Body, Controller, Get, HttpCode, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { conferenceOf, momentOf } from '../programme-api.js';
import { Programmes } from '../programmes.service.js';
import { boardHeatOut, boardReasonsOut } from './board.answers.js';
import { BoardHeat } from './board-heat.service.js';
import { heatQuery, reasonsInput } from './board.schemas.js';

/** How bad the places of the board are for what is about to move, and why. Nothing here changes anything. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/board')
export class HeatApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly heat: BoardHeat,
  ) {}

  @Get('heat-map')
  @Staff('programme', 'read')
  @Answers(boardHeatOut)
  async map(
    @Req() request: FastifyRequest,
    @Query({ schema: heatQuery }) { points, ...asked }: z.output<typeof heatQuery>,
  ) {
    return this.heat.maps(await this.own(request), { ...asked, points: points === '1' });
  }

  /** A question, not a change: it is a POST because the places of many sessions are too long for an address. */
  @Post('reasons')
  @HttpCode(200)
  @Staff('programme', 'read')
  @Answers(boardReasonsOut)
  async reasons(
    @Req() request: FastifyRequest,
    @Web() web: WebContext,
    @Body({ schema: reasonsInput }) { places }: z.output<typeof reasonsInput>,
  ) {
    const programme = await this.own(request);
    const asked = places.map(({ start, ...place }, index) => ({
      ...place,
      start: momentOf(start, programme.zone, `places.${index}.start`),
    }));
    return this.heat.reasons(web, programme, asked);
  }

  private own(request: FastifyRequest) {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }
}
