import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, listQuery, pageOf } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { conferenceOf, releaseNumber } from '../programme-api.js';
import { Programmes } from '../programmes.service.js';
import { keptDraftList, restorationAnswer, restorationOut, restoredOut } from './restore.answers.js';
import { restoreInput } from './restore.schemas.js';
import { Restorations, type Source } from './restorations.service.js';

type ListQuery = z.output<typeof listQuery>;
type Order = z.output<typeof restoreInput>;

/** Old releases and kept drafts, brought back into the draft. An order that saw something else is 412. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf')
export class RestoreApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly restorations: Restorations,
  ) {}

  @Get('kept-drafts')
  @Staff('programme', 'read')
  @Answers(keptDraftList)
  async list(@Req() request: FastifyRequest, @Query({ schema: listQuery }) { limit, after }: ListQuery) {
    const kept = await this.restorations.keptOf(await this.own(request));
    return pageOf(
      behind(kept, after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  @Get('releases/:number/restoration')
  @Staff('programme', 'write')
  @Answers(restorationOut)
  async ofRelease(@Req() request: FastifyRequest, @Param('number') number: string) {
    return this.preview(request, { release: releaseNumber(number) });
  }

  @Post('releases/:number/restorations')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(restoredOut)
  async restoreRelease(
    @Req() request: FastifyRequest,
    @Param('number') number: string,
    @Body({ schema: restoreInput }) { seen }: Order,
  ) {
    return this.restorations.restore(await this.own(request), { release: releaseNumber(number) }, seen);
  }

  @Get('kept-drafts/:kept/restoration')
  @Staff('programme', 'write')
  @Answers(restorationOut)
  async ofKept(@Req() request: FastifyRequest, @Param('kept') kept: string) {
    return this.preview(request, { kept });
  }

  @Post('kept-drafts/:kept/restorations')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(restoredOut)
  async restoreKept(
    @Req() request: FastifyRequest,
    @Param('kept') kept: string,
    @Body({ schema: restoreInput }) { seen }: Order,
  ) {
    return this.restorations.restore(await this.own(request), { kept }, seen);
  }

  private async preview(request: FastifyRequest, source: Source) {
    return restorationAnswer(await this.restorations.preview(await this.own(request), source));
  }

  private async own(request: FastifyRequest): Promise<string> {
    return (await this.programmes.ofOwner(conferenceOf(request).id)).id;
  }
}
