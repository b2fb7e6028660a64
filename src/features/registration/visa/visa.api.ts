import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { fileKindOf } from '../../../platform/documents/file-kind.rules.js';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { VisaDesk, type QueueRow } from './visa-desk.service.js';
import { VisaLetters } from './visa-letters.service.js';
import type { VisaRequest } from './visa-request.entity.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import { shownMask, VisaVault } from './visa-vault.service.js';
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
    private readonly attempts: Attempts,
    private readonly desk: VisaDesk,
    private readonly requests: VisaRequests,
    private readonly letters: VisaLetters,
    private readonly vault: VisaVault,
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
    return this.answer(reply, await this.own(web, id));
  }

  /** The values themselves, or a file. The reason is kept with your name. */
  @Post('visa-requests/:id/reveals')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(revealedOut)
  async reveal(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: revealInput }) { what, reason }: z.output<typeof revealInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const revealed = await this.desk.reveal(await this.own(web, id), what, reason);
    void reply.header('cache-control', 'private, no-store');
    if ('details' in revealed) return { details: Object.fromEntries(revealed.details), file: null };
    const { filename, type, bytes } = revealed.file;
    return { details: null, file: { filename, type, base64: bytes.toString('base64') } };
  }

  /** The name in Cyrillic as the letter shall have it. */
  @Patch('visa-requests/:id')
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  correct(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: correctInput }) { cyrillicName }: z.output<typeof correctInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.requests.correct(read, cyrillicName));
  }

  @Post('visa-requests/:id/letters')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  draft(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: letterInput }) input: z.output<typeof letterInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, async (read) =>
      this.letters.draft(await this.desk.stayOf(await this.own(web, id)), read, input),
    );
  }

  /** The scan of the signed letter: PDF, JPEG or PNG. */
  @Post('visa-requests/:id/signature')
  @HttpCode(200)
  @Upload()
  @Staff('visa', 'write')
  @ApiConsumes('multipart/form-data')
  @Answers(visaRequestOut)
  sign(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: signInput }) _: z.output<typeof signInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, async (read) => {
      await this.attempts.count('upload', web.viewer.id);
      const { filename, bytes } = uploadedFile(web.request);
      const format = await reading(() => Promise.resolve(fileKindOf(filename, bytes)));
      return this.letters.sign(read, { format, bytes });
    });
  }

  @Post('visa-requests/:id/sending')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  send(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: sendInput }) { delivery }: z.output<typeof sendInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.letters.send(read, delivery));
  }

  @Post('visa-requests/:id/outcome')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  conclude(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: concludeInput }) { outcome, note }: z.output<typeof concludeInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.desk.conclude(read, outcome, note));
  }

  @Post('visa-requests/:id/decision')
  @HttpCode(200)
  @Staff('visa', 'write')
  @Answers(visaRequestOut)
  decide(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: decideInput }) { need, why }: z.output<typeof decideInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.change(web, id, request, reply, (read) => this.desk.decide(read, need, why));
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

  private own(web: WebContext, id: string): Promise<VisaRequest> {
    return this.requests.inConference(web.conference.id, id);
  }

  private async change(
    web: WebContext,
    publicId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    act: (read: { id: string; version: number }) => Promise<VisaRequest>,
  ): Promise<object> {
    const { id } = await this.own(web, publicId);
    return this.answer(reply, await act({ id, version: versionFrom(request) }));
  }

  private async answer(reply: FastifyReply, request: VisaRequest): Promise<object> {
    const [row, opened, letters] = await Promise.all([
      this.desk.row(request),
      this.vault.open(request.id),
      this.letters.of(request.id),
    ]);
    const { entryOn, exitOn, entries, consulate, delivery, sentAt, note, purgedAt, version } = request;
    void reply.header('etag', etagOf(version)).header('cache-control', 'private, no-store');
    const details = Object.fromEntries([...opened].map(([field, value]) => [field, shownMask(field, value)]));
    return {
      ...listed(row),
      entryOn,
      exitOn,
      entries,
      consulate,
      delivery,
      sentAt,
      note,
      purgedAt,
      details,
      letters,
      version,
    };
  }
}

function listed({ request, stay, name, country }: QueueRow): object {
  const { publicId, state, mismatch, expiresSoon, updatedAt } = request;
  return { id: publicId, number: stay?.number ?? '', name, country, state, mismatch, expiresSoon, updatedAt };
}
