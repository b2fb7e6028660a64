import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { Answers, etagOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { resolutionOut, resolutionVersionOut } from './round-table.answers.js';
import { adopterForm, commentInput, resolutionInput } from './round-table.schemas.js';
import { atTable, RoundTables, type Table } from './round-tables.queries.js';
import { Resolutions } from './resolutions.service.js';
import { shownResolution, typedTexts } from './table-words.js';

/** The resolution of a round table: versions, comments by paragraph, adoption, adopters. Adopted text never changes. */
@ApiTags('round tables')
@Controller('api/v1/conferences/:conf/sessions/:id/round-table/resolution')
export class ResolutionsApi {
  constructor(
    private readonly tables: RoundTables,
    private readonly resolutions: Resolutions,
  ) {}

  /** The latest version; 404 before the first. */
  @Get()
  @Staff('programme', 'read')
  @Answers(resolutionOut)
  async show(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.shown(await this.table(web, id), reply);
  }

  @Get('versions/:number')
  @Staff('programme', 'read')
  @Answers(resolutionVersionOut)
  async version(@Web() web: WebContext, @Param('id') id: string, @Param('number') number: string): Promise<object> {
    const { session } = await this.table(web, id);
    const text = await this.resolutions.of(session.id);
    const found = text?.versions.find((version) => String(version.number) === number);
    if (!found) throw new NotFound();
    return found;
  }

  /** The next version of the draft. If-Match: the version of the resolution, "v0" for the first text. */
  @Post('versions')
  @Staff('programme', 'write')
  @Answers(resolutionOut, { status: 201 })
  async draft(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: resolutionInput }) texts: z.output<typeof resolutionInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const table = await this.table(web, id);
    await this.resolutions.draft(web.conference.id, table.session.id, typedTexts(texts), versionFrom(request));
    return this.shown(table, reply);
  }

  /** What somebody at the table says to one paragraph. */
  @Post('comments')
  @Staff('programme', 'write')
  @Answers(resolutionOut, { status: 201 })
  async comment(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: commentInput }) { person, ...comment }: z.output<typeof commentInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const table = await this.table(web, id);
    atTable(table, person, 'person');
    await this.resolutions.comment(web.conference.id, table.session.id, person, comment);
    return this.shown(table, reply);
  }

  /** If-Match: the version of the comment. */
  @Post('comments/:comment/settlement')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(resolutionOut)
  async settle(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('comment') comment: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const table = await this.table(web, id);
    const read = { id: comment, version: versionFrom(request) };
    await this.resolutions.settle(web.conference.id, table.session.id, read);
    return this.shown(table, reply);
  }

  /** Adopts the version that was seen. 409 while comments are open. */
  @Post('adoption')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(resolutionOut)
  async adopt(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const table = await this.table(web, id);
    await this.resolutions.adopt(web.conference.id, table.session.id, versionFrom(request));
    return this.shown(table, reply);
  }

  /** Somebody at the table stands behind the adopted text; once. */
  @Post('adopters')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(resolutionOut)
  async sign(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: adopterForm }) { adopter }: z.output<typeof adopterForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const table = await this.table(web, id);
    atTable(table, adopter, 'adopter');
    await this.resolutions.sign(web.conference.id, table.session.id, adopter);
    return this.shown(table, reply);
  }

  private table(web: WebContext, id: string): Promise<Table> {
    return this.tables.bySession(web.conference.id, id);
  }

  private async shown(table: Table, reply: FastifyReply): Promise<object> {
    const text = await this.resolutions.of(table.session.id);
    if (!text) throw new NotFound();
    const { version } = text.resolution;
    void reply.header('etag', etagOf(version));
    return { ...shownResolution(table, text, null), version };
  }
}
