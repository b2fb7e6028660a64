import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Answers, versionFrom } from '../../../platform/web/api.js';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import {
  concludeInput,
  correctInput,
  decideInput,
  letterInput,
  revealedOut,
  revealInput,
  sendInput,
  signInput,
  visaRequestOut,
  VisaAnswers,
  type VisaCall,
} from '../../registration/index.js';
import { Delegations } from '../delegation/members.service.js';
import { Visits } from '../visits.service.js';
import { MemberVisaRequests } from './member-visa-requests.service.js';
import { memberDetailsInput, openedOut, visitVisasOut } from './visas.schemas.js';
import { VisitVisasPage } from './visit-visas-page.js';

/** The visas of a delegation for programs: as on the pages, masked unless a reason is given, and every look is written down. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/visas')
export class VisitVisasApi {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly requests: MemberVisaRequests,
    private readonly answers: VisaAnswers,
    private readonly page: VisitVisasPage,
  ) {}

  /** States only: whoever may read the visit sees this and no more. */
  @Get()
  @Staff('visa', 'count', 'any')
  @Answers(visitVisasOut)
  async list(@Web() web: WebContext, @Param('ref') ref: string): Promise<object> {
    const rows = await this.page.rows(await this.visits.open(web.viewer, ref));
    return {
      items: rows.map(({ member, name, request, decision }) => ({
        member: member.id,
        place: member.orderNo,
        name,
        citizenship: member.citizenship,
        need: decision?.outcome ?? null,
        state: request?.state ?? null,
        mismatch: request?.mismatch ?? false,
        expiresSoon: request?.expiresSoon ?? false,
      })),
    };
  }

  /** Opens a request for everybody who needs a visa and has none. */
  @Post()
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(openedOut)
  async beginAll(@Web() web: WebContext, @Param('ref') ref: string): Promise<object> {
    return { opened: await this.requests.beginAll(await this.page.officerOf(web, ref)) };
  }

  @Get(':member')
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async one(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.one(await this.call(web, ref, id, reply));
  }

  /** Opens the request of one member with what the delegation says of them, and asks the table again. */
  @Post(':member')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async begin(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const visit = await this.page.officerOf(web, ref);
    await this.requests.begin(visit, await this.delegations.member(visit, id));
    return this.answers.one(await this.call(web, ref, id, reply));
  }

  /** What came on paper. Sealed fields that are empty stay as they were. */
  @Put(':member/details')
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async give(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: memberDetailsInput }) { consent, ...input }: z.output<typeof memberDetailsInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const visit = await this.page.officerOf(web, ref);
    const member = await this.delegations.member(visit, id);
    const version = (await this.requests.of(member)) ? versionFrom(web.request) : null;
    await this.requests.give(visit, member, input, { consent, channel: 'paper', version });
    return this.answers.one(await this.call(web, ref, id, reply));
  }

  /** The values themselves, or a file. The reason is kept with your name. */
  @Post(':member/reveals')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(revealedOut)
  async reveal(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: revealInput }) input: z.output<typeof revealInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.reveal(await this.call(web, ref, id, reply), input);
  }

  /** The name in Cyrillic as the letter shall have it. */
  @Patch(':member')
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async correct(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: correctInput }) input: z.output<typeof correctInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.correct(await this.call(web, ref, id, reply), input);
  }

  @Post(':member/letters')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async draft(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: letterInput }) input: z.output<typeof letterInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.draft(await this.call(web, ref, id, reply), input);
  }

  /** The scan of the signed letter: PDF, JPEG or PNG. */
  @Post(':member/signature')
  @HttpCode(200)
  @Upload()
  @Staff('visa', 'write', 'any')
  @ApiConsumes('multipart/form-data')
  @Answers(visaRequestOut)
  async sign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: signInput }) _: z.output<typeof signInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.sign(await this.call(web, ref, id, reply));
  }

  @Post(':member/sending')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async send(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: sendInput }) input: z.output<typeof sendInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.send(await this.call(web, ref, id, reply), input);
  }

  @Post(':member/outcome')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async conclude(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: concludeInput }) input: z.output<typeof concludeInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.conclude(await this.call(web, ref, id, reply), input);
  }

  /** Overrides the table, with the reason. */
  @Post(':member/decision')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  @Answers(visaRequestOut)
  async decide(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: decideInput }) input: z.output<typeof decideInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.decide(await this.call(web, ref, id, reply), input);
  }

  private async call(web: WebContext, ref: string, id: string, reply: FastifyReply): Promise<VisaCall> {
    const { request } = await this.page.place(web, await this.page.officerOf(web, ref), id);
    return { web, request, reply };
  }
}
