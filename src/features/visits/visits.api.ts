import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { LetterReadings } from './letter/letter-readings.service.js';
import { LetterVisits } from './letter/letter-visits.service.js';
import { VisitPapers } from './papers/papers.service.js';
import { VisitForms } from './visit-forms.js';
import { nextStates } from './visit.rules.js';
import { VisitReadiness } from './visit-readiness.service.js';
import {
  decisionInput,
  letterInput,
  letterOut,
  namedForm,
  newVisitInput,
  overrideForm,
  paperForm,
  paperOut,
  papersOut,
  readinessOut,
  restoreForm,
  statisticsOut,
  stepInput,
  visitChanges,
  visitList,
  visitOut,
  visitQuery,
} from './visits.schemas.js';
import { VisitQueries } from './visits.queries.js';
import { Visits } from './visits.service.js';

@ApiTags('visits')
@Controller('api/v1/visits')
export class VisitsApi {
  constructor(
    private readonly visits: Visits,
    private readonly queries: VisitQueries,
    private readonly readiness: VisitReadiness,
    private readonly papers: VisitPapers,
    private readonly forms: VisitForms,
    private readonly letters: LetterReadings,
    private readonly letterVisits: LetterVisits,
  ) {}

  /** The visits that the caller may know of, the latest reference first. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(visitList)
  async list(@Web() web: WebContext, @Query({ schema: visitQuery }) query: z.output<typeof visitQuery>) {
    const { limit, after, ...filter } = query;
    const found = await this.queries.list(web.viewer, filter, { limit, after });
    return pageOf(await this.visits.shownTo(web.viewer, found), limit, ({ ref }) => ref);
  }

  @Post()
  @Staff('visit', 'write', 'any')
  @Answers(visitOut, { status: 201 })
  async open(
    @Web() web: WebContext,
    @Body({ schema: newVisitInput }) given: z.output<typeof newVisitInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { from, letter = null, people, ...input } = given;
    const id = await web.onceFor(given, async () => {
      const earlier = from ? await this.visits.open(web.viewer, from) : null;
      const fields = { ...this.forms.kept(earlier), ...input };
      return (await this.letterVisits.open(fields, { letter, keep: true, people }, earlier?.id ?? null)).id;
    });
    return tagged(await this.visits.byId(id), reply);
  }

  /** Visits and guests by year and country, of the visits that the caller may know of. */
  @Get('statistics')
  @Staff('visit', 'count', 'any')
  @Answers(statisticsOut)
  async statistics(@Web() web: WebContext) {
    return { items: await this.queries.statistics(web.viewer) };
  }

  /** What a letter says that a new visit can be filled in with, and where. Nothing is stored. */
  @Post('letter-readings')
  @HttpCode(200)
  @Staff('visit', 'write', 'any')
  @Answers(letterOut)
  async readLetter(@Body({ schema: letterInput }) { letter }: z.output<typeof letterInput>) {
    return { text: letter, ...(await this.letters.read(letter)) };
  }

  @Get(':ref')
  @Staff('visit', 'count', 'any')
  @Answers(visitOut)
  async get(@Web() web: WebContext, @Param('ref') ref: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const [shown] = await this.visits.shownTo(web.viewer, [await this.visits.open(web.viewer, ref)]);
    return tagged(shown!, reply);
  }

  @Patch(':ref')
  @Staff('visit', 'count', 'any')
  @Answers(visitOut)
  async edit(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: visitChanges }) changes: z.output<typeof visitChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.visits.edit({ id, version: versionFrom(request) }, changes), reply);
  }

  @Put(':ref/decision')
  @Staff('visit', 'count', 'any')
  @Answers(visitOut)
  async decide(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: decisionInput }) decision: z.output<typeof decisionInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.visits.edit({ id, version: versionFrom(request) }, decision), reply);
  }

  /** One step of the visit's way. 409 where something that the step needs is missing. */
  @Post(':ref/steps')
  @Staff('visit', 'count', 'any')
  @Answers(visitOut, { status: 201 })
  async step(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: stepInput }) step: z.output<typeof stepInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.visits.step({ id, version: versionFrom(request) }, step), reply);
  }

  /** What is there and what is missing, and where the visit can go. */
  @Get(':ref/readiness')
  @Staff('visit', 'count', 'any')
  @Answers(readinessOut)
  async ready(@Web() web: WebContext, @Param('ref') ref: string) {
    const visit = await this.visits.open(web.viewer, ref);
    const lines = await this.readiness.of(visit);
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    return { next: nextStates(visit), lines: mayEdit ? lines : lines.map((line) => ({ ...line, reason: null })) };
  }

  @Post(':ref/readiness/overrides')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async override(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: overrideForm }) { key, reason }: z.output<typeof overrideForm>,
  ): Promise<void> {
    await this.visits.override(await this.visits.open(web.viewer, ref, 'write'), key, reason);
  }

  @Post(':ref/readiness/restorations')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async restore(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: restoreForm }) { key }: z.output<typeof restoreForm>,
  ): Promise<void> {
    await this.visits.restore(await this.visits.open(web.viewer, ref, 'write'), key);
  }

  @Post(':ref/named')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async name(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: namedForm }) { accountId }: z.output<typeof namedForm>,
  ): Promise<void> {
    await this.visits.name(await this.visits.open(web.viewer, ref, 'write'), accountId);
  }

  @Delete(':ref/named/:account')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async unname(@Web() web: WebContext, @Param('ref') ref: string, @Param('account') account: string): Promise<void> {
    await this.visits.unname(await this.visits.open(web.viewer, ref, 'write'), account);
  }

  /** The register of the visit's file, the latest first. */
  @Get(':ref/papers')
  @Staff('visit', 'count', 'any')
  @Answers(papersOut)
  async file(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.papers.of((await this.visits.open(web.viewer, ref, 'inner')).id) };
  }

  @Post(':ref/papers')
  @Staff('visit', 'count', 'any')
  @Answers(paperOut, { status: 201 })
  async enter(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: paperForm }) input: z.output<typeof paperForm>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(input, async () => (await this.papers.enter(visit, input)).id);
    return this.papers.one(visit, id);
  }

  @Delete(':ref/papers/:paper')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async remove(@Web() web: WebContext, @Param('ref') ref: string, @Param('paper') paper: string): Promise<void> {
    await this.papers.remove(await this.visits.open(web.viewer, ref, 'write'), paper);
  }
}

function tagged<T extends { version: number }>(row: T, reply: FastifyReply): T {
  void reply.header('etag', etagOf(row.version));
  return row;
}
