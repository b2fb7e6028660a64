import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { listed, VisaAnswers, type VisaCall } from './visa-answers.js';
import { VisaDesk } from './visa-desk.service.js';
import { VisaRequests } from './visa-requests.service.js';
import { HOUSE_SETTINGS, VisaSettingsOfConferences } from './visa-settings.service.js';
import { checkHouse } from './house-visa-settings.pages.js';
import {
  concludeInput,
  correctInput,
  decideInput,
  letterInput,
  queueOut,
  queueQuery,
  revealedOut,
  revealInput,
  sendInput,
  signInput,
  visaRequestOut,
  visaSettingsInput,
  visaSettingsOut,
} from './visa.schemas.js';

/** Visa support of a conference for programs: as on the pages, masked unless a reason is given, and every look is written down. */
@ApiTags('visa')
@Controller('api/v1/conferences/:conf')
export class VisaApi {
  constructor(
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly answers: VisaAnswers,
    private readonly settings: VisaSettingsOfConferences,
  ) {}

  /** Counts and states; whoever may only count sees no more than this. */
  @Get('visa-requests')
  @Staff('visa', 'count')
  @Answers(queueOut)
  async queue(
    @Web() web: WebContext,
    @Query({ schema: queueQuery }) { state }: z.output<typeof queueQuery>,
  ): Promise<object> {
    const { id } = web.conference;
    const [rows, counts] = await Promise.all([this.desk.queue(id, state), this.desk.counts(id)]);
    return { counts, items: rows.map(listed) };
  }

  @Get('visa-requests/:id')
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async one(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.one(await this.call(web, id, reply));
  }

  /** The values themselves, or a file. The reason is kept with your name. */
  @Post('visa-requests/:id/reveals')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(revealedOut)
  async reveal(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: revealInput }) input: z.output<typeof revealInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.reveal(await this.call(web, id, reply), input);
  }

  /** The name in Cyrillic as the letter shall have it. */
  @Patch('visa-requests/:id')
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async correct(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: correctInput }) input: z.output<typeof correctInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.correct(await this.call(web, id, reply), input);
  }

  @Post('visa-requests/:id/letters')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async draft(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: letterInput }) input: z.output<typeof letterInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.draft(await this.call(web, id, reply), input);
  }

  /** The scan of the signed letter: PDF, JPEG or PNG. */
  @Post('visa-requests/:id/signature')
  @HttpCode(200)
  @Upload()
  @Staff('visa', 'write')
  @ApiConsumes('multipart/form-data')
  @Answers(visaRequestOut)
  async sign(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: signInput }) _: z.output<typeof signInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.sign(await this.call(web, id, reply));
  }

  @Post('visa-requests/:id/sending')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async send(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: sendInput }) input: z.output<typeof sendInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.send(await this.call(web, id, reply), input);
  }

  @Post('visa-requests/:id/outcome')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async conclude(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: concludeInput }) input: z.output<typeof concludeInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.conclude(await this.call(web, id, reply), input);
  }

  @Post('visa-requests/:id/decision')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  async decide(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: decideInput }) input: z.output<typeof decideInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.answers.decide(await this.call(web, id, reply), input);
  }

  @Get('visa-settings')
  @Staff('visa', 'write')
  @Answers(visaSettingsOut)
  async settingsOf(@Web() web: WebContext, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const settings = await this.settings.of(web.conference.id);
    void reply.header('etag', etagOf(settings.version));
    return settings;
  }

  @Patch('visa-settings')
  @Staff('visa', 'write')
  @Answers(visaSettingsOut)
  async saveSettings(
    @Web() web: WebContext,
    @Body({ schema: visaSettingsInput }) input: z.output<typeof visaSettingsInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const settings = await this.settings.edit({ id: web.conference.id, version: versionFrom(request) }, input);
    void reply.header('etag', etagOf(settings.version));
    return settings;
  }

  private async call(web: WebContext, id: string, reply: FastifyReply): Promise<VisaCall> {
    return { web, request: await this.requests.inConference(web.conference.id, id), reply };
  }
}

/** The same of the whole house, for its visits. */
@ApiTags('visa')
@Controller('api/v1/visa-settings')
export class HouseVisaSettingsApi {
  constructor(private readonly settings: VisaSettingsOfConferences) {}

  @Get()
  @Staff('visa', 'write', 'any')
  @Answers(visaSettingsOut)
  async get(@Web() web: WebContext, @Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    checkHouse(web.viewer);
    const settings = await this.settings.of(null);
    void reply.header('etag', etagOf(settings.version));
    return settings;
  }

  @Patch()
  @Staff('visa', 'write', 'any')
  @Answers(visaSettingsOut)
  async save(
    @Web() web: WebContext,
    @Body({ schema: visaSettingsInput }) input: z.output<typeof visaSettingsInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    checkHouse(web.viewer);
    const settings = await this.settings.edit({ id: HOUSE_SETTINGS, version: versionFrom(request) }, input);
    void reply.header('etag', etagOf(settings.version));
    return settings;
  }
}
