import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { conferenceOf, startOf } from '../programme-api.js';
import { Programmes } from '../programmes.service.js';
import { boardOperationOut, boardPreviewOut, boardStateOut } from './board.answers.js';
import { BoardDesk } from './board-desk.service.js';
import type { BoardCommand } from './board-steps.service.js';
import { operationInput, previewInput } from './board.schemas.js';

/** The board: what it shows now, steps, undo and redo. A step that comes too late is 409, with who was faster and when. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/board')
export class BoardApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly desk: BoardDesk,
  ) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(boardStateOut)
  async state(@Req() request: FastifyRequest, @Web() web: WebContext) {
    return this.desk.state(web, await this.own(request));
  }

  @Post('operations')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(boardOperationOut)
  async operate(
    @Req() request: FastifyRequest,
    @Web() web: WebContext,
    @Body({ schema: operationInput }) input: z.output<typeof operationInput>,
  ) {
    const programme = await this.own(request);
    return this.desk.run(web, programme, commandOf(input, programme.zone));
  }

  @Post('previews')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(boardPreviewOut)
  async preview(
    @Req() request: FastifyRequest,
    @Web() web: WebContext,
    @Body({ schema: previewInput }) input: z.output<typeof previewInput>,
  ) {
    const programme = await this.own(request);
    return this.desk.preview(web, programme, commandOf(input, programme.zone));
  }

  @Post('undo')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(boardOperationOut)
  async undo(@Req() request: FastifyRequest, @Web() web: WebContext) {
    return this.desk.undo(web, await this.own(request));
  }

  @Post('redo')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(boardOperationOut)
  async redo(@Req() request: FastifyRequest, @Web() web: WebContext) {
    return this.desk.redo(web, await this.own(request));
  }

  private own(request: FastifyRequest) {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }
}

type Input = z.output<typeof operationInput> | z.output<typeof previewInput>;

/** The same step with its starts as moments. */
function commandOf(input: Input, zone: string): BoardCommand {
  if (input.kind !== 'place') return input;
  const sessions = input.sessions.map(({ id, version, start, minutes, roomId }, index) => ({
    id,
    version,
    place: { start: startOf(start, zone, `sessions.${index}.start`), minutes, roomId },
  }));
  return { kind: 'place', sessions };
}
