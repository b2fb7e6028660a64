import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { conferenceOf, readFrom, tagged } from '../programme-api.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import type { ProposedPlace } from '../scheduler/draft/draft-places.rules.js';
import { PlanDesk } from './plan-desk.service.js';
import type { PlanReview } from './plan-reviews.service.js';
import { acceptanceOut, schedulingRunOut } from './proposing.answers.js';
import { acceptInput, pointsOf, proposalInput } from './proposing.schemas.js';
import { clockOf, minuteOf } from './clock.rules.js';
import type { SchedulingRun } from './scheduling-run.entity.js';
import { SchedulingRuns } from './scheduling-runs.service.js';

/** Proposed places: a search that is started, watched and stopped, and its plans, which are taken over or thrown away. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/proposal')
export class ProposalApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly runs: SchedulingRuns,
    private readonly desk: PlanDesk,
  ) {}

  /** The search and its plans as they are beside the draft now. */
  @Get()
  @Staff('programme', 'read')
  @Answers(schedulingRunOut)
  async state(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const programme = await this.own(request);
    const run = await this.runs.of(programme.id);
    if (!run) throw new NotFound();
    return tagged(reply, run, await this.answer(programme, run));
  }

  /** Starts a search; another one that goes on is 409, with who started it. */
  @Post()
  @HttpCode(202)
  @Staff('programme', 'write')
  @Answers(schedulingRunOut, { status: 202 })
  async start(
    @Req() request: FastifyRequest,
    @Web() web: WebContext,
    @Body({ schema: proposalInput }) input: z.output<typeof proposalInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const programme = await this.own(request);
    const { asked } = await this.desk.suggestion(web, programme, await this.runs.of(programme.id));
    const { earliest, latest, seconds, points, ...given } = input;
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const run = await this.runs.start(programme, {
      ...asked,
      ...said,
      ...(earliest === undefined ? {} : { earliest: minuteOf(earliest) }),
      ...(latest === undefined ? {} : { latest: minuteOf(latest) }),
      ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
      points: pointsOf({ ...asked.points, ...points }),
    });
    return tagged(reply, run, await this.answer(programme, run));
  }

  /** Asks a search to end: it does within a moment, with the best plans that it has. */
  @Post('cancellation')
  @HttpCode(202)
  @Staff('programme', 'write')
  @Answers(schedulingRunOut, { status: 202 })
  async cancel(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const programme = await this.own(request);
    const run = await this.runs.cancel(programme.id);
    return tagged(reply, run, await this.answer(programme, run));
  }

  /** Takes over a plan, or some of its moves, as one step of the board. */
  @Post('acceptance')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(acceptanceOut)
  async accept(
    @Req() request: FastifyRequest,
    @Web() web: WebContext,
    @Body({ schema: acceptInput }) { plan, sessions, anyway }: z.output<typeof acceptInput>,
  ) {
    const programme = await this.own(request);
    const run = await this.runs.finished(programme.id);
    const { version } = readFrom(request, run.id);
    const wanted = { aim: plan, ids: sessions ?? null, anyway, version };
    const { done, skipped } = await this.desk.takeOver(web, programme, run, wanted);
    return { operation: done.operation, said: done.said, skipped: skipped.map(({ session }) => session) };
  }

  @Delete()
  @HttpCode(204)
  @Staff('programme', 'write')
  async forget(@Req() request: FastifyRequest): Promise<void> {
    await this.runs.forget((await this.own(request)).id);
  }

  private own(request: FastifyRequest): Promise<Programme> {
    return this.programmes.ofOwner(conferenceOf(request).id);
  }

  private async answer(programme: Programme, run: SchedulingRun) {
    const [reviews, startedBy] = await Promise.all([this.desk.reviews(programme, run), this.desk.startedBy(run)]);
    const { earliest, latest } = run.asked;
    return {
      ...run,
      startedBy,
      asked: { ...run.asked, earliest: clockOf(earliest), latest: clockOf(latest) },
      minimum: run.outcome?.minimum ?? null,
      stopped: run.outcome?.isCancelled ?? false,
      plans: reviews.map(planAnswer),
      kept: run.outcome?.kept ?? [],
    };
  }
}

function planAnswer({ plan, moves, left, brought, solved, before, after, isChanged }: PlanReview) {
  return {
    aim: plan.aim,
    moves: moves.map(({ session, from, to, state }) => ({ session, from: placeOf(from), to: placeOf(to), state })),
    left,
    brought,
    solved,
    before,
    after,
    changed: isChanged,
    stuck: plan.stuck,
  };
}

function placeOf({ start, minutes, roomId }: ProposedPlace) {
  return { startsAt: start === null ? null : new Date(start), minutes, roomId };
}
