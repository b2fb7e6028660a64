import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { People, type Person } from '../people/index.js';
import { AnswerBoardQueries } from './answer-board.queries.js';
import { BOARD_GROUPS } from './answer-board.rules.js';
import type { Invitation } from './invitation.entity.js';
import { InvitationRounds } from './invitation-rounds.service.js';
import { InvitationMails } from './invitation.mails.js';
import { InvitationQueries, type Delivery } from './invitation.queries.js';
import {
  answerForm,
  apiListQuery,
  boardOut,
  boardQuery,
  countForm,
  draftsOut,
  invitationInput,
  invitationList,
  invitationOut,
  letterChanges,
  letterOut,
  remindedOut,
  sentOut,
  type BoardFilter,
  type InvitationInput,
} from './invitation.schemas.js';
import { Invitations } from './invitations.service.js';

const LONGEST = 100;

/** Invitations for programs, with the rules and rights of the organizers' pages. */
@ApiTags('invitations')
@Controller('api/v1/conferences/:conf/invitations')
export class InvitationsApi {
  constructor(
    private readonly people: People,
    private readonly queries: InvitationQueries,
    private readonly invitations: Invitations,
    private readonly rounds: InvitationRounds,
    private readonly mails: InvitationMails,
    private readonly answers: AnswerBoardQueries,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  @Answers(invitationList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: apiListQuery }) { limit, after, ...filter }: z.output<typeof apiListQuery>,
  ): Promise<object> {
    const rows = await this.queries.list(web.conference.id, filter, { limit, after });
    const { items, next } = pageOf(rows, limit, ({ id }) => id);
    const deliveries = await this.queries.deliveries(items);
    return { items: items.map((row) => shown(row, row.person, deliveries.get(row.mailId ?? ''))), next };
  }

  /** How many have answered what, and who has not answered, the longest first. */
  @Get('board')
  @Staff('invitation', 'read')
  @Answers(boardOut)
  async board(@Web() web: WebContext, @Query({ schema: boardQuery }) filter: BoardFilter): Promise<object> {
    const { groups, ...counts } = await this.answers.board(web.conference.id, filter);
    const [longest, count] = await this.answers.unanswered(web.conference.id, filter, LONGEST);
    return {
      ...counts,
      groups: Object.fromEntries(
        BOARD_GROUPS.map((group) => [group, [...groups[group]].map(([key, some]) => ({ key, ...some }))]),
      ),
      unanswered: {
        count,
        longest: longest.map(({ id, person, sentAt, remindedAt, deadline }) => {
          return { invitation: id, person: person.publicId, sentAt, remindedAt, deadline };
        }),
      },
    };
  }

  /** The preview of sending all drafts; their letters are read one by one. */
  @Get('sending')
  @Staff('invitation', 'write')
  @Answers(draftsOut)
  async drafts(@Web() web: WebContext): Promise<object> {
    const ready = await this.rounds.readyDrafts(web.conference.id);
    const left = (await this.queries.drafts(web.conference.id)).filter(({ id }) => !ready.has(id));
    return { count: ready.size, ready: [...ready.keys()], left: left.map(({ id }) => id) };
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

  /** A reminder to everybody who has not answered, held in the outbox under `batch` until its number is confirmed. */
  @Post('reminders')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(remindedOut)
  async remind(@Web() web: WebContext): Promise<object> {
    const { batch, count } = await this.rounds.remindAll(web.conference.id);
    return { count, batch: count === 0 ? null : batch };
  }

  @Get(':inv')
  @Staff('invitation', 'read')
  @Answers(invitationOut)
  async one(
    @Web() web: WebContext,
    @Param('inv') inv: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answered(await this.invitations.inConference(web.conference.id, inv), reply);
  }

  /** A draft. Nothing leaves before `sending`. */
  @Post()
  @Staff('invitation', 'write')
  @Answers(invitationOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: invitationInput }) input: InvitationInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { kind, session, role, seat, deadline, message, locale, companionsAsked, companionsMax } = input;
    const draft = await this.invitations.create({
      conferenceId: web.conference.id,
      ...(kind === 'seat' ? { seat: { sessionId: session!, role: role!, number: seat } } : {}),
      person: await this.personOf(input),
      deadline: deadline ?? null,
      message: message ?? '',
      locale,
      companionsAsked,
      companionsMax,
    });
    return this.answered(draft, reply);
  }

  /** The letter as it would leave now. */
  @Get(':inv/letter')
  @Staff('invitation', 'read')
  @Answers(letterOut)
  async letter(@Web() web: WebContext, @Param('inv') inv: string): Promise<object> {
    const invitation = await this.invitations.inConference(web.conference.id, inv);
    return { locale: invitation.locale, ...(await this.mails.preview(invitation)) };
  }

  /** Deadline, words and language of the letter. */
  @Patch(':inv')
  @Staff('invitation', 'write')
  @Answers(invitationOut)
  async edit(
    @Web() web: WebContext,
    @Param('inv') inv: string,
    @Body({ schema: letterChanges }) changes: z.output<typeof letterChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const before = await this.invitations.inConference(web.conference.id, inv);
    const { deadline = before.deadline, message = before.message, locale = before.locale } = changes;
    const { companionsAsked = before.companionsAsked, companionsMax = before.companionsMax } = changes;
    return this.change(web, inv, request, reply, (read) =>
      this.invitations.edit(read, { deadline, message: message ?? '', locale, companionsAsked, companionsMax }),
    );
  }

  /** Puts the letter into the outbox, for the first time or again. */
  @Post(':inv/sending')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(invitationOut)
  send(
    @Web() web: WebContext,
    @Param('inv') inv: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, inv, request, reply, (read) => this.invitations.send(read));
  }

  @Post(':inv/withdrawal')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(invitationOut)
  withdraw(
    @Web() web: WebContext,
    @Param('inv') inv: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, inv, request, reply, (read) => this.invitations.withdraw(read));
  }

  /** An answer that came by telephone or letter; the same again changes nothing. */
  @Post(':inv/answers')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(invitationOut)
  async answer(
    @Web() web: WebContext,
    @Param('inv') inv: string,
    @Body({ schema: answerForm }) given: z.output<typeof answerForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { id } = await this.invitations.inConference(web.conference.id, inv);
    return this.answered(await this.invitations.answer(id, { ...given, channel: 'staff' }), reply);
  }

  private async personOf({ person, locale }: InvitationInput) {
    if (typeof person === 'string') return { id: (await this.people.byPublicId(person)).id };
    return { ...person, email: person.email.address, locale };
  }

  private async change(
    web: WebContext,
    inv: string,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (read: { id: string; version: number }) => Promise<Invitation>,
  ): Promise<object> {
    const { id } = await this.invitations.inConference(web.conference.id, inv);
    return this.answered(await act({ id, version: versionFrom(request) }), reply);
  }

  private async answered(invitation: Invitation, reply: FastifyReply): Promise<object> {
    void reply.header('etag', etagOf(invitation.version)).header('cache-control', 'private, no-store');
    const person = (await this.people.byId(invitation.personId))!;
    const delivery = (await this.queries.deliveries([invitation])).get(invitation.mailId ?? '');
    return shown(invitation, person, delivery);
  }
}

function shown(row: Invitation, person: Person, delivery: Delivery | undefined): object {
  const { id, kind, role, state, deadline, message, locale, comment, confirmAgain, createdAt, version } = row;
  const { sentAt, remindedAt, answeredAt, answerChannel, substitute } = row;
  const { companionsAsked, companionsMax, companions } = row;
  const { publicId, given, family, mononym, email, institution } = person;
  return {
    id,
    kind,
    session: row.sessionId,
    role,
    person: { id: publicId, given, family, mononym, email, institution },
    state,
    delivery: delivery?.state ?? null,
    deadline,
    message,
    locale,
    sentAt,
    remindedAt,
    answeredAt,
    answerChannel,
    comment,
    substitute: substitute && { name: substitute.name, email: substitute.email, invitation: substitute.invitationId },
    companionsAsked,
    companionsMax,
    companions,
    confirmAgain,
    createdAt,
    version,
  };
}
