import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { People, type Person } from '../people/index.js';
import { BulkDecisions } from './bulk-decisions.service.js';
import { RegistrationQueries } from './registration.queries.js';
import type { Registration } from './registration.entity.js';
import { apiListQuery, apiMessage, behalfForm, bulkForm, createdOut, decidedOut, noteChanges, participationInput, registrationListOut, registrationOut, type BehalfInput, type BulkInput } from './registration.schemas.js';
import { filterOf } from './registrations.pages.js';
import { Registrations } from './registrations.service.js';

/** Registrations for programs, with the rules and rights of the organizers' pages. */
@ApiTags('registrations')
@Controller('api/v1/conferences/:conf/registrations')
export class RegistrationsApi {
  constructor(
    private readonly people: People,
    private readonly queries: RegistrationQueries,
    private readonly registrations: Registrations,
    private readonly bulk: BulkDecisions,
  ) {}

  @Get()
  @Staff('registration', 'read')
  @Answers(registrationListOut)
  async list(@Web() web: WebContext, @Query({ schema: apiListQuery }) query: z.output<typeof apiListQuery>): Promise<object> {
    const rows = await this.queries.list(web.conference.id, filterOf(query), query);
    const { items, next } = pageOf(rows, query.limit, (row) => row.publicId);
    return { items: items.map((row) => shown(row, row.person)), next };
  }

  @Get(':reg')
  @Staff('registration', 'read')
  @Answers(registrationOut)
  async one(@Web() web: WebContext, @Param('reg') reg: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.answer(await this.registrations.inConference(web.conference.id, reg), reply);
  }

  /** Registers somebody who has agreed to it. `outcome` is `known` for an address that is registered already. */
  @Post()
  @Staff('registration', 'write')
  @Answers(createdOut, { status: 201 })
  async add(@Web() web: WebContext, @Body({ schema: behalfForm }) input: BehalfInput, @Req() request: FastifyRequest): Promise<object> {
    const { form, category, email, phone, locale, note, given, family, mononym, institution, position, country } = input;
    const key = request.headers['idempotency-key'];
    const { registration, outcome } = await this.registrations.register({
      conferenceId: web.conference.id,
      form,
      category,
      person: { given, family: mononym ? null : family, mononym, email: email?.address ?? null, institution, position, country, phone: phone?.original ?? null },
      locale,
      channel: 'staff',
      byStaff: true,
      note: note ?? '',
      ...(typeof key === 'string' && key !== '' ? { key: `api ${key}` } : {}),
    });
    return { id: registration.publicId, outcome };
  }

  @Post(':reg/approval')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(registrationOut)
  approve(@Web() web: WebContext, @Param('reg') reg: string, @Body({ schema: apiMessage }) decision: z.output<typeof apiMessage>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.change(web, reg, request, reply, (read) => this.registrations.approve(read, decision));
  }

  @Post(':reg/refusal')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(registrationOut)
  refuse(@Web() web: WebContext, @Param('reg') reg: string, @Body({ schema: apiMessage }) decision: z.output<typeof apiMessage>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.change(web, reg, request, reply, (read) => this.registrations.refuse(read, decision));
  }

  @Post(':reg/cancellation')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(registrationOut)
  cancel(@Web() web: WebContext, @Param('reg') reg: string, @Body({ schema: apiMessage }) decision: z.output<typeof apiMessage>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.change(web, reg, request, reply, (read) => this.registrations.cancel(read, decision));
  }

  /** One decision about several people; their mails wait in the outbox under `batch`. */
  @Post('decisions')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(decidedOut)
  decide(@Web() web: WebContext, @Body({ schema: bulkForm }) input: BulkInput): Promise<object> {
    return this.bulk.decide(web.conference.id, input);
  }

  /** The organizers' notes: payment, attendance and a text that nobody else reads. */
  @Patch(':reg')
  @Staff('registration', 'write')
  @Answers(registrationOut)
  async annotate(@Web() web: WebContext, @Param('reg') reg: string, @Body({ schema: noteChanges }) changes: z.output<typeof noteChanges>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const before = await this.registrations.inConference(web.conference.id, reg);
    const { payment = before.payment, attendance = before.attendance, note = before.note } = changes;
    return this.change(web, reg, request, reply, (read) => this.registrations.annotate(read, { payment, attendance, note: note ?? '' }));
  }

  /** Another category or form; the seat goes with it. */
  @Post(':reg/participation')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(registrationOut)
  participation(@Web() web: WebContext, @Param('reg') reg: string, @Body({ schema: participationInput }) to: z.output<typeof participationInput>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.change(web, reg, request, reply, (read) => this.registrations.changeParticipation(read, to));
  }

  private async change(web: WebContext, reg: string, request: FastifyRequest, reply: FastifyReply, act: (read: { id: string; version: number }) => Promise<Registration>): Promise<object> {
    const { id } = await this.registrations.inConference(web.conference.id, reg);
    return this.answer(await act({ id, version: versionFrom(request) }), reply);
  }

  private async answer(registration: Registration, reply: FastifyReply): Promise<object> {
    void reply.header('etag', etagOf(registration.version)).header('cache-control', 'private, no-store');
    return shown(registration, (await this.people.byId(registration.personId))!);
  }
}

function shown(row: Registration, { publicId, given, family, mononym, email, country, institution, position }: Person): object {
  const { number, category, form, approval, waitlist, payment, attendance, waitingPosition, offerUntil, note, locale, createdAt, decidedAt, cancelledAt, version } = row;
  const person = { id: publicId, given, family, mononym, email, country, institution, position };
  return { id: row.publicId, number, person, category, form, approval, waitlist, payment, attendance, waitingPosition, offerUntil, note, locale, createdAt, decidedAt, cancelledAt, version };
}
