import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidInput } from '../../../kernel/errors.js';
import { Answers, etagOf, listQuery, pageOf, versionFrom } from '../../../platform/web/api.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Institutions } from '../../cooperation/index.js';
import { countForm, draftsOut, letterOut, remindedOut, sentOut } from '../invitation.schemas.js';
import type { Quota } from './quota.entity.js';
import { QuotaMails } from './quota.mails.js';
import { QuotaPlans } from './quota-plans.queries.js';
import { QuotaQueries } from './quota.queries.js';
import { QuotaRounds } from './quota-rounds.service.js';
import {
  amongQuery,
  draftedOut,
  newQuotasInput,
  planOut,
  quotaChanges,
  quotaList,
  quotaOut,
  type AmongQuery,
} from './quota.schemas.js';
import { Quotas } from './quotas.service.js';

/** Quotas for programs, with the rules and rights of the organizers' pages. */
@ApiTags('invitations')
@Controller('api/v1/conferences/:conf/quotas')
export class QuotasApi {
  constructor(
    private readonly clock: Clock,
    private readonly institutions: Institutions,
    private readonly quotas: Quotas,
    private readonly plans: QuotaPlans,
    private readonly queries: QuotaQueries,
    private readonly rounds: QuotaRounds,
    private readonly mails: QuotaMails,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  @Answers(quotaList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>,
  ): Promise<object> {
    const all = await this.queries.list(web.conference.id);
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) throw InvalidInput.at('after', 'error.invalid');
    const { items, next } = pageOf(all.slice(from), limit, ({ id }) => id);
    const standing = await this.queries.standing(items.map(({ id }) => id));
    return { items: items.map((quota) => shown(quota, standing.get(quota.id)?.confirmed ?? 0)), next };
  }

  /** Whom drafts would be made for, and who is left out and why; `scope` is `partners` unless it says `all`. */
  @Get('plan')
  @Staff('invitation', 'write')
  @Answers(planOut)
  async plan(@Web() web: WebContext, @Query({ schema: amongQuery }) query: AmongQuery): Promise<object> {
    const { scope, kind, country, q } = query;
    const partnersOnly = scope !== 'all';
    const plan = await this.plans.among(web.conference.id, { kind, country, q, partners: null }, { partnersOnly });
    return {
      ready: plan.ready.map(({ institution }) => institution.publicId),
      skipped: plan.skipped.map(({ institution, reason }) => ({ institution: institution.publicId, reason })),
    };
  }

  /** The preview of sending all drafts; their letters are read one by one. */
  @Get('sending')
  @Staff('invitation', 'write')
  @Answers(draftsOut)
  async drafts(@Web() web: WebContext): Promise<object> {
    const ready = await this.rounds.readyDrafts(web.conference.id);
    const drafts = (await this.queries.list(web.conference.id)).filter(({ state }) => state === 'draft');
    return {
      count: ready.size,
      ready: [...ready.keys()],
      left: drafts.filter(({ id }) => !ready.has(id)).map(({ id }) => id),
    };
  }

  /** Sends all drafts that are ready, when they are as many as expected; else 409 with `current.count`. */
  @Post('sending')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(sentOut)
  async sendAll(
    @Web() web: WebContext,
    @Body({ schema: countForm }) { count }: z.output<typeof countForm>,
  ): Promise<object> {
    await this.rounds.sendDrafts(web.conference.id, count);
    return { count };
  }

  /** A reminder to every institution with free places, held in the outbox under `batch` until its number is confirmed. */
  @Post('reminders')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(remindedOut)
  async remind(@Web() web: WebContext): Promise<object> {
    const { batch, count } = await this.rounds.remindAll(web.conference.id);
    return { count, batch: count === 0 ? null : batch };
  }

  /** Drafts for those of the institutions that can be written to. Nothing leaves before `sending`. */
  @Post()
  @Staff('invitation', 'write')
  @Answers(draftedOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: newQuotasInput }) input: z.output<typeof newQuotasInput>,
  ): Promise<object> {
    const { institutions, scope, ...terms } = input;
    if (terms.deadline <= this.clock.now()) throw InvalidInput.at('deadline', 'error.quota.deadlinePast');
    const made = await this.quotas.create({
      ...terms,
      conferenceId: web.conference.id,
      institutionIds: await this.institutions.idsOf(institutions),
      partnersOnly: scope === 'partners',
    });
    return { drafted: made.map(({ id }) => id), skipped: new Set(institutions).size - made.length };
  }

  @Get(':quota')
  @Staff('invitation', 'read')
  @Answers(quotaOut)
  async one(
    @Web() web: WebContext,
    @Param('quota') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answered(await this.quotas.inConference(web.conference.id, id), reply);
  }

  /** The letter as it would leave now. */
  @Get(':quota/letter')
  @Staff('invitation', 'read')
  @Answers(letterOut)
  async letter(@Web() web: WebContext, @Param('quota') id: string): Promise<object> {
    const quota = await this.quotas.inConference(web.conference.id, id);
    return { locale: quota.locale, ...(await this.mails.preview(quota)) };
  }

  @Patch(':quota')
  @Staff('invitation', 'write')
  @Answers(quotaOut)
  async edit(
    @Web() web: WebContext,
    @Param('quota') id: string,
    @Body({ schema: quotaChanges }) changes: z.output<typeof quotaChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read, before) => {
      const { places, deadline, consentDays, message, locale } = { ...before, ...changes };
      if (deadline <= this.clock.now()) throw InvalidInput.at('deadline', 'error.quota.deadlinePast');
      return this.quotas.edit(read, { places, deadline, consentDays, message: message ?? '', locale });
    });
  }

  /** Puts the letter into the outbox, for the first time or again. */
  @Post(':quota/sending')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(quotaOut)
  send(
    @Web() web: WebContext,
    @Param('quota') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.quotas.send(read));
  }

  @Post(':quota/withdrawal')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(quotaOut)
  withdraw(
    @Web() web: WebContext,
    @Param('quota') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.quotas.withdraw(read));
  }

  private async change(
    web: WebContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (read: { id: string; version: number }, before: Quota) => Promise<Quota>,
  ): Promise<object> {
    const before = await this.quotas.inConference(web.conference.id, id);
    return this.answered(await act({ id: before.id, version: versionFrom(request) }, before), reply);
  }

  private async answered(found: Quota, reply: FastifyReply): Promise<object> {
    void reply.header('etag', etagOf(found.version)).header('cache-control', 'private, no-store');
    const quota = await this.queries.with(found);
    const places = await this.queries.places(quota.id);
    const confirmed = places.filter(({ place }) => place.state === 'confirmed').length;
    return {
      ...shown(quota, confirmed),
      filled: places.map(({ place, registration }) => ({ ...place, registration: registration?.publicId ?? null })),
    };
  }
}

function shown(quota: Quota, confirmed: number): object {
  return { ...quota, institution: quota.institution.publicId, focalPoint: quota.person.publicId, confirmed };
}
