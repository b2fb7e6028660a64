import { Body, Controller, Get, Put, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { limitsOut } from '../programme.answers.js';
import { conferenceOf, readFrom, tagged } from '../programme-api.js';
import { limitsInput } from '../programme.schemas.js';
import { Programmes } from '../programmes.service.js';
import { limitsOf } from './limits.rules.js';

/** The minutes by which a programme counts its conflicts. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/conflict-limits')
export class LimitsApi {
  constructor(private readonly programmes: Programmes) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(limitsOut)
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const programme = await this.programmes.ofOwner(conferenceOf(request).id);
    return tagged(reply, programme, limitsOf(programme.limits));
  }

  @Put()
  @Staff('programme', 'write')
  @Answers(limitsOut)
  async change(
    @Req() request: FastifyRequest,
    @Body({ schema: limitsInput }) limits: z.output<typeof limitsInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.programmes.ofOwner(conferenceOf(request).id);
    const changed = await this.programmes.changeLimits(readFrom(request, id), limits);
    return tagged(reply, changed, limitsOf(changed.limits));
  }
}
