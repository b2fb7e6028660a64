import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Programmes } from '../programmes.service.js';
import { BoardStreams } from './board-streams.service.js';

/** Server-sent events of one board (HTML standard, 9.2). */
@Controller('org/c/:conf/board/events')
export class BoardEventsPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly streams: BoardStreams,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async listen(@Web() web: WebContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    this.streams.admit(web.viewer.id);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store',
      // A proxy that collects an answer before it hands it on would keep the events.
      'x-accel-buffering': 'no',
    });
    request.raw.socket.setNoDelay(true);
    reply.raw.write('retry: 2000\n\n');
    await this.streams.open(web, programme, web.conference.id, reply.raw);
  }
}
