import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { BoardOperations, Conflicts, Programmes, type FoundConflict } from '../../programme/index.js';
import { Visits } from '../visits.service.js';
import type { Visit } from '../visit.entity.js';
import { typedFields } from './stay-fields.js';
import { StayPapers } from './stay-papers.service.js';
import { isFrozen, StayReleases } from './stay-releases.service.js';
import { StaySessions } from './stay-sessions.service.js';
import { StayQueries, type PlannedSession } from './stay.queries.js';
import {
  acceptForm,
  agreeForm,
  guestQuery,
  newStayForm,
  paperOut,
  paperQuery,
  participantForm,
  releaseOut,
  sendForm,
  shiftedOut,
  shiftForm,
  stayDifferencesOut,
  stayOut,
  staySessionOut,
} from './stay.schemas.js';

/** The programme of stay of a visit, and its texts. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/programme')
export class StayApi {
  constructor(
    private readonly visits: Visits,
    private readonly queries: StayQueries,
    private readonly stay: StaySessions,
    private readonly releases: StayReleases,
    private readonly papers: StayPapers,
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly board: BoardOperations,
  ) {}

  /** Everything that is planned, with what is in the way, and the texts that were sent. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(stayOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    const visit = await this.visits.open(web.viewer, ref);
    const { programme, sessions } = await this.queries.planned(visit);
    return {
      zone: programme.zone,
      frozen: isFrozen(visit),
      pending: (await this.releases.pending(visit)).changes.length,
      releases: await this.releases.of(visit.id),
      sessions: sessions.map(sessionOut),
    };
  }

  @Post('sessions')
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newStayForm }) input: z.output<typeof newStayForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(input, async () => {
      const { session } = await this.stay.add(visit, typedFields(input, visit.zone));
      return session.id;
    });
    return this.one(visit, id, reply);
  }

  @Get('sessions/:session')
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut)
  async get(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.one(await this.visits.open(web.viewer, ref), id, reply);
  }

  @Put('sessions/:session')
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut)
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body({ schema: newStayForm }) input: z.output<typeof newStayForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.stay.edit(visit, { id, version: versionFrom(request) }, typedFields(input, visit.zone));
    return this.one(visit, id, reply);
  }

  @Post('sessions/:session/cancellation')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut)
  async cancel(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.stay.cancel(visit, { id, version: versionFrom(request) });
    return this.one(visit, id, reply);
  }

  @Post('sessions/:session/reinstatement')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut)
  async reinstate(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.stay.reinstate(visit, { id, version: versionFrom(request) });
    return this.one(visit, id, reply);
  }

  @Delete('sessions/:session')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.stay.remove(visit, { id, version: versionFrom(request) });
  }

  @Post('sessions/:session/participants')
  @Staff('visit', 'count', 'any')
  @Answers(staySessionOut, { status: 201 })
  async assign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body({ schema: participantForm }) input: z.output<typeof participantForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.stay.assign(visit, id, input);
    return this.one(visit, id, reply);
  }

  @Delete('sessions/:session/participants/:assignment')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async unassign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Param('assignment') assignment: string,
  ): Promise<void> {
    await this.stay.unassign(await this.visits.open(web.viewer, ref, 'write'), id, assignment);
  }

  /** This host leads. */
  @Put('sessions/:session/participants/:assignment/lead')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async lead(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Param('assignment') assignment: string,
  ): Promise<void> {
    await this.stay.lead(await this.visits.open(web.viewer, ref, 'write'), id, assignment);
  }

  /** What a shift would do; nothing is changed. */
  @Post('shift-previews')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  @Answers(shiftedOut)
  async previewShift(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: shiftForm }) shift: z.output<typeof shiftForm>,
  ) {
    const { id } = await this.programmes.ofOwner((await this.visits.open(web.viewer, ref, 'write')).id);
    const { changes, newFindings } = await this.board.preview(id, { kind: 'shift', ...shift });
    return { moves: changes.map(moveOut), newConflicts: newFindings.map(conflictOut) };
  }

  /** Everything that begins on the day at the time or later goes so many minutes later. */
  @Post('shifts')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  @Answers(shiftedOut)
  async shift(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: shiftForm }) shift: z.output<typeof shiftForm>,
  ) {
    const { id } = await this.programmes.ofOwner((await this.visits.open(web.viewer, ref, 'write')).id);
    const { operation, findings } = await this.board.run(id, { kind: 'shift', ...shift });
    return { moves: operation.changes.map(moveOut), newConflicts: findings.map(conflictOut) };
  }

  @Post('accepted-conflicts')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async accept(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: acceptForm }) { key, reason }: z.output<typeof acceptForm>,
  ): Promise<void> {
    const { id } = await this.programmes.ofOwner((await this.visits.open(web.viewer, ref, 'write')).id);
    await this.conflicts.override(id, key, reason);
  }

  /** Makes what is planned now the next text; once the programme is frozen, the next change sheet. */
  @Post('releases')
  @Staff('visit', 'count', 'any')
  @Answers(releaseOut, { status: 201 })
  async send(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: sendForm }) { after }: z.output<typeof sendForm>,
  ) {
    return this.releases.send(await this.visits.open(web.viewer, ref, 'write'), after);
  }

  /** The guest side agrees with the latest text. */
  @Put('releases/:number/agreement')
  @Staff('visit', 'count', 'any')
  @Answers(releaseOut)
  async agree(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('number') number: string,
    @Body({ schema: agreeForm }) input: z.output<typeof agreeForm>,
  ) {
    return this.releases.agree(await this.visits.open(web.viewer, ref, 'write'), Number(number), input);
  }

  /** What is planned and in no text yet. */
  @Get('changes')
  @Staff('visit', 'count', 'any')
  @Answers(stayDifferencesOut)
  async pending(@Web() web: WebContext, @Param('ref') ref: string) {
    return { changes: (await this.releases.pending(await this.visits.open(web.viewer, ref))).changes };
  }

  /** Change sheet No `sheet`. */
  @Get('changes/:sheet')
  @Staff('visit', 'count', 'any')
  @Answers(stayDifferencesOut)
  async sheet(@Web() web: WebContext, @Param('ref') ref: string, @Param('sheet') sheet: string) {
    return { changes: (await this.releases.sheet(await this.visits.open(web.viewer, ref), Number(sheet))).changes };
  }

  /** The version of the guests, as it is printed. */
  @Get('guest')
  @Staff('visit', 'count', 'any')
  @Answers(paperOut)
  async guest(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: guestQuery }) { languages, text }: z.output<typeof guestQuery>,
  ) {
    const visit = await this.visits.open(web.viewer, ref);
    const chosen = languages.length > 0 ? languages : [web.locale];
    return this.papers.stayForPaper(visit, { layout: 'guest', languages: chosen, side: text });
  }

  /** The version of the house, as it is printed. */
  @Get('internal')
  @Staff('visit', 'count', 'any')
  @Answers(paperOut)
  async internal(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: paperQuery }) { text }: z.output<typeof paperQuery>,
  ) {
    const visit = await this.visits.open(web.viewer, ref);
    return this.papers.stayForPaper(visit, { layout: 'internal', languages: [web.locale], side: text });
  }

  private async one(visit: Visit, id: string, reply: FastifyReply) {
    const found = (await this.queries.planned(visit)).sessions.find(({ session }) => session.id === id);
    if (!found) throw new NotFound();
    void reply.header('etag', etagOf(found.session.version));
    return sessionOut(found);
  }
}

function sessionOut({ session, beside, people, conflicts, checks }: PlannedSession) {
  return { ...session, surroundings: beside, participants: people, conflicts: conflicts.map(conflictOut), checks };
}

function conflictOut({ key, rule, severity, minutes, override }: FoundConflict) {
  return { key, rule, severity, minutes, accepted: override?.reason ?? null };
}

function moveOut({ session, to }: { session: string; to: { start: string | null } }) {
  return { sessionId: session, start: new Date(to.start!) };
}
