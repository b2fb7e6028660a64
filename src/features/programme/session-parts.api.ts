import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers, behind, listQuery, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Assignments } from './assignments.service.js';
import { assignmentList, savedAssignmentOut, savedTalkOut, talkList } from './programme.answers.js';
import { conferenceOf, readFrom, tagged } from './programme-api.js';
import { ProgrammePeople } from './programme-people.queries.js';
import { assignmentChanges, newAssignmentInput, newTalkInput, orderForm, talkChanges } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { Sessions } from './sessions.service.js';
import { Talks } from './talks.service.js';

type ListQuery = z.output<typeof listQuery>;

/** Talks and people of one session. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/sessions/:id')
export class SessionPartsApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly talks: Talks,
    private readonly assignments: Assignments,
    private readonly people: ProgrammePeople,
  ) {}

  @Get('talks')
  @Staff('programme', 'read')
  @Answers(talkList)
  async listTalks(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query({ schema: listQuery }) { limit, after }: ListQuery,
  ) {
    const { session } = await this.own(request, id);
    return pageOf(
      behind(await this.talks.ofSession(session.id), after, (talk) => talk.id),
      limit,
      (talk) => talk.id,
    );
  }

  @Post('talks')
  @Staff('programme', 'write')
  @Answers(savedTalkOut, { status: 201 })
  async addTalk(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: newTalkInput }) input: z.output<typeof newTalkInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { programmeId } = await this.own(request, id);
    const saved = await this.talks.add(programmeId, id, input);
    return tagged(reply, saved.talk, saved);
  }

  @Patch('talks/:talk')
  @Staff('programme', 'write')
  @Answers(savedTalkOut)
  async editTalk(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('talk') talk: string,
    @Body({ schema: talkChanges }) changes: z.output<typeof talkChanges>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { programmeId } = await this.own(request, id);
    await this.talkOf(programmeId, id, talk);
    const saved = await this.talks.edit(programmeId, readFrom(request, talk), changes);
    return tagged(reply, saved.talk, saved);
  }

  /** One place up or down among the talks of the session; at the end it stays. */
  @Post('talks/:talk/order')
  @HttpCode(204)
  @Staff('programme', 'write')
  async orderTalk(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('talk') talk: string,
    @Body({ schema: orderForm }) { direction }: z.output<typeof orderForm>,
  ): Promise<void> {
    const { programmeId } = await this.own(request, id);
    await this.talkOf(programmeId, id, talk);
    await this.talks.reorder(programmeId, talk, direction);
  }

  @Delete('talks/:talk')
  @HttpCode(204)
  @Staff('programme', 'write')
  async removeTalk(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('talk') talk: string,
  ): Promise<void> {
    const { programmeId } = await this.own(request, id);
    await this.talkOf(programmeId, id, talk);
    await this.talks.remove(programmeId, readFrom(request, talk));
  }

  @Get('assignments')
  @Staff('programme', 'read')
  @Answers(assignmentList)
  async listAssignments(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Query({ schema: listQuery }) { limit, after }: ListQuery,
  ) {
    const { session } = await this.own(request, id);
    return pageOf(
      behind(await this.assignments.ofSession(session.id), after, (one) => one.id),
      limit,
      (one) => one.id,
    );
  }

  @Post('assignments')
  @Staff('programme', 'write')
  @Answers(savedAssignmentOut, { status: 201 })
  async assign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: newAssignmentInput }) input: z.output<typeof newAssignmentInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { programmeId } = await this.own(request, id);
    const saved = await this.assignments.assign(programmeId, {
      ...input,
      personId: await this.people.idOf(input.personId),
      sessionId: id,
    });
    return tagged(reply, saved.assignment, saved);
  }

  /** An answer that came by mail or telephone, or another seat. */
  @Patch('assignments/:assignment')
  @Staff('programme', 'write')
  @Answers(savedAssignmentOut)
  async changeAssignment(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('assignment') assignmentId: string,
    @Body({ schema: assignmentChanges }) changes: z.output<typeof assignmentChanges>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { programmeId } = await this.own(request, id);
    await this.assignmentOf(programmeId, id, assignmentId);
    const saved = await this.assignments.change(programmeId, readFrom(request, assignmentId), changes);
    return tagged(reply, saved.assignment, saved);
  }

  @Delete('assignments/:assignment')
  @HttpCode(204)
  @Staff('programme', 'write')
  async unassign(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('assignment') assignmentId: string,
  ): Promise<void> {
    const { programmeId } = await this.own(request, id);
    await this.assignmentOf(programmeId, id, assignmentId);
    await this.assignments.unassign(programmeId, readFrom(request, assignmentId));
  }

  private async own(request: FastifyRequest, id: string) {
    const programme = await this.programmes.ofOwner(conferenceOf(request).id);
    return { programmeId: programme.id, session: await this.sessions.byId(programme.id, id) };
  }

  private async talkOf(programmeId: string, sessionId: string, id: string): Promise<void> {
    if ((await this.talks.byId(programmeId, id)).sessionId !== sessionId) throw new NotFound();
  }

  private async assignmentOf(programmeId: string, sessionId: string, id: string): Promise<void> {
    if ((await this.assignments.inProgramme(programmeId, id)).sessionId !== sessionId) throw new NotFound();
  }
}
