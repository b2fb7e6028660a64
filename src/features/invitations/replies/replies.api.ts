import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf, versionFrom } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { ReplyDesk } from './reply-desk.service.js';
import { ReplyQueries, type KnownReply } from './reply.queries.js';
import { named, oneReplyOut, refusalInput, repliesQuery, replyList, substituteInput } from './reply.schemas.js';
import { mayMove } from './staff-rights.js';

type Read = Readonly<{ id: string; version: number }>;

/** Answers of calendar programs, and what is decided about them. Every decision needs If-Match. */
@ApiTags('invitations')
@Controller('api/v1/conferences/:conf/calendar-replies')
export class RepliesApi {
  constructor(
    private readonly queries: ReplyQueries,
    private readonly desk: ReplyDesk,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  @Answers(replyList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: repliesQuery }) { show, limit, after }: z.output<typeof repliesQuery>,
  ): Promise<object> {
    const rows = await this.queries.list(web.conference.id, { waiting: show === 'waiting' }, { limit, after });
    const { items, next } = pageOf(rows, limit, ({ reply }) => reply.id);
    return { items: items.map(shown), next };
  }

  @Get(':reply')
  @Staff('invitation', 'read')
  @Answers(oneReplyOut)
  one(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answered(web, id, reply);
  }

  /** Takes it as the answer of the invited person, also after the deadline. */
  @Post(':reply/counting')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(oneReplyOut)
  count(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.decide(web, id, request, reply, (read) => this.desk.count(web.conference.id, read));
  }

  /** Drafts the invitation of whoever comes instead. */
  @Post(':reply/substitute')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(oneReplyOut)
  prepare(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Body({ schema: substituteInput }) { substitute }: z.output<typeof substituteInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.decide(web, id, request, reply, (read) =>
      this.desk.prepare(web.conference.id, read, named(substitute)),
    );
  }

  /** Moves the session to the time that was asked for; needs the right to write the programme, too. */
  @Post(':reply/move')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(oneReplyOut)
  move(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.decide(web, id, request, reply, (read) => {
      mayMove(web);
      return this.desk.move(web.conference.id, read);
    });
  }

  /** Says no to another time, by mail and in their calendar. */
  @Post(':reply/refusal')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(oneReplyOut)
  refuse(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Body({ schema: refusalInput }) { comment }: z.output<typeof refusalInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.decide(web, id, request, reply, (read) => this.desk.refuse(web.conference.id, read, comment ?? ''));
  }

  @Post(':reply/setting-aside')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(oneReplyOut)
  setAside(
    @Web() web: WebContext,
    @Param('reply') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.decide(web, id, request, reply, (read) => this.desk.setAside(web.conference.id, read));
  }

  private async decide(
    web: WebContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (read: Read) => Promise<unknown>,
  ): Promise<object> {
    const known = await this.queries.one(web.conference.id, id);
    await act({ id: known.reply.id, version: versionFrom(request) });
    return this.answered(web, id, reply);
  }

  private async answered(web: WebContext, id: string, reply: FastifyReply): Promise<object> {
    const known = await this.queries.one(web.conference.id, id);
    void reply.header('etag', etagOf(known.reply.version)).header('cache-control', 'private, no-store');
    return { ...shown(known), possible: await this.desk.possible(known) };
  }
}

function shown({ reply, person, session, told }: KnownReply): object {
  return {
    ...reply,
    invitation: reply.invitationId,
    mail: reply.inboundId,
    person: person?.publicId ?? null,
    session: session?.id ?? null,
    told,
  };
}
