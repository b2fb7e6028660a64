import { Body, Controller, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading, shownProblem } from '../../../platform/web/file-problems.js';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import type { VisitList } from './delegation-list.entity.js';
import { DelegationLists } from './delegation-lists.service.js';
import { listChoicesInput, listOut, listUploadInput } from './member.schemas.js';

/** A delegation from a spreadsheet, for programs: send the file, look at the rows, choose columns, take over whole. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/members/lists')
export class DelegationListsApi {
  constructor(
    private readonly visits: Visits,
    private readonly lists: DelegationLists,
    private readonly attempts: Attempts,
  ) {}

  @Post()
  @Upload()
  @Staff('visit', 'count', 'any')
  @ApiConsumes('multipart/form-data')
  @Answers(listOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: listUploadInput }) _: z.output<typeof listUploadInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.writable(web, ref);
    await this.attempts.count('upload', web.viewer.id);
    const file = uploadedFile(web.request);
    return this.shown(web, await reading(() => this.lists.start(visit, file)), reply);
  }

  @Get(':list')
  @Staff('visit', 'count', 'any')
  @Answers(listOut)
  async get(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('list') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.shown(web, await this.lists.byId(await this.writable(web, ref), id), reply);
  }

  @Patch(':list')
  @Staff('visit', 'count', 'any')
  @Answers(listOut)
  async choose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('list') id: string,
    @Body({ schema: listChoicesInput }) choices: z.output<typeof listChoicesInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const list = await this.lists.byId(await this.writable(web, ref), id);
    return this.shown(web, await this.lists.choose({ ...list, version: versionFrom(request) }, choices), reply);
  }

  /** All or nothing: 409 while a row is wrong. */
  @Post(':list/commit')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async commit(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('list') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.writable(web, ref);
    const list = await this.lists.byId(visit, id);
    await this.lists.commit(visit, { id: list.id, version: versionFrom(request) });
  }

  private writable(web: WebContext, ref: string): Promise<Visit> {
    return this.visits.open(web.viewer, ref, 'write');
  }

  private async shown(web: WebContext, list: VisitList, reply: FastifyReply) {
    const { rows, problems } = await this.lists.preview(list);
    void reply.header('etag', etagOf(list.version));
    return {
      id: list.id,
      filename: list.filename,
      header: list.options.header,
      columns: list.options.columns,
      problems,
      rows: rows.map(({ at, name, problems: wrong }) => ({
        row: at,
        name,
        problems: wrong.map((problem) => shownProblem(web, problem)),
      })),
    };
  }
}
