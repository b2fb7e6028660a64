import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, listQuery, pageOf } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading, shownProblem } from '../../../platform/web/file-problems.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { personName } from '../../people/index.js';
import { readFrom, tagged } from '../programme-api.js';
import { Programmes } from '../programmes.service.js';
import { importList, importOut, importPlanOut } from './import.answers.js';
import { roomChoice, type ImportOptions } from './import.rules.js';
import { commitForm, importChoices, uploadInput } from './import.schemas.js';
import type { ProgrammeImport } from './programme-import.entity.js';
import { ProgrammeImports, type ImportPreview } from './programme-imports.service.js';
import { TABLE_FIELDS } from './table.rules.js';

/**
 * Programmes from files, as on the pages: send the file, look at the plan, choose what it asks, commit the plan that was
 * seen. What cannot be read is 422 with the line, cell or path; a plan that is not the one of now any more is 412.
 */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/imports')
export class ImportsApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly imports: ProgrammeImports,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('programme', 'write')
  @Answers(importList)
  async list(@Web() web: WebContext, @Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>) {
    const all = await this.imports.ofProgramme(await this.own(web));
    return pageOf(
      behind(all, after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  /** The file stays a preview of its sender until it is committed, a week at most; the next one takes its place. */
  @Post()
  @Upload()
  @Staff('programme', 'write')
  @ApiConsumes('multipart/form-data')
  @Answers(importOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: uploadInput }) { locale }: z.output<typeof uploadInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.attempts.count('upload', web.viewer.id);
    const file = uploadedFile(web.request);
    const programmeId = await this.own(web);
    const started = await reading(() => this.imports.start(programmeId, file, locale));
    return tagged(reply, started, started);
  }

  /** The report: what it brought, and what undoing it came to. */
  @Get(':id')
  @Staff('programme', 'write')
  @Answers(importOut)
  async one(@Web() web: WebContext, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const found = await this.imports.byId(await this.own(web), id);
    return tagged(reply, found, found);
  }

  /** What committing it would do now. 409 once it is done. */
  @Get(':id/plan')
  @Staff('programme', 'write')
  @Answers(importPlanOut)
  async plan(@Web() web: WebContext, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const found = await this.imports.byId(await this.own(web), id);
    return tagged(reply, found, shownPlan(web, found, await this.imports.preview(found)));
  }

  @Patch(':id')
  @Staff('programme', 'write')
  @Answers(importPlanOut)
  async choose(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: importChoices }) { header, columns, rooms, people, ...choices }: z.output<typeof importChoices>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.imports.byId(await this.own(web), id);
    const { options } = found;
    const byName = rooms?.map(({ name, choice }) => [name, choice] as const);
    const byKey = people?.map(({ key, choice }) => [key, choice] as const);
    const chosen = await this.imports.choose(
      { ...found, ...readFrom(request, id) },
      {
        ...choices,
        ...(header === undefined || options.header === null ? {} : { header }),
        ...(columns === undefined || options.header === null ? {} : { columns: columnsIn(columns) }),
        ...(byName === undefined ? {} : { rooms: { ...options.rooms, ...Object.fromEntries(byName) } }),
        ...(byKey === undefined ? {} : { people: { ...options.people, ...Object.fromEntries(byKey) } }),
      },
    );
    return tagged(reply, chosen, shownPlan(web, chosen, await this.imports.preview(chosen)));
  }

  @Post(':id/commit')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(importOut)
  async commit(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: commitForm }) { key }: z.output<typeof commitForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const done = await this.imports.commit(await this.own(web), id, key);
    return tagged(reply, done, done);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(importOut)
  async undo(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const undone = await this.imports.undo(await this.own(web), readFrom(request, id));
    return tagged(reply, undone, undone);
  }

  private async own(web: WebContext): Promise<string> {
    return (await this.programmes.ofOwner(web.conference.id)).id;
  }
}

function columnsIn(columns: Partial<Record<string, number | null>>): ImportOptions['columns'] {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([field, column]) =>
      typeof column === 'number' ? [[field, column] as const] : [],
    ),
  );
}

function shownPlan(
  web: WebContext,
  { options, version }: ProgrammeImport,
  { plan, key, counts, namesakes, table }: ImportPreview,
): z.input<typeof importPlanOut> {
  return {
    key,
    counts,
    problems: plan.problems.map((problem) => shownProblem(web, problem)),
    sessions: plan.sessions.flatMap(({ place, what, known, title, start, minutes, room, track, changes }) =>
      what === 'unchanged'
        ? []
        : [
            {
              place,
              what,
              sessionId: known?.id ?? null,
              title,
              startsAt: start,
              minutes,
              room,
              strand: track,
              changes: [...changes],
            },
          ],
    ),
    newStrands: [...plan.newStrands],
    unknownRooms: plan.unknownRooms.map((room) => ({ ...room, choice: roomChoice(options, room.name) })),
    people: plan.people
      .filter(({ personId }) => personId === null)
      .map(({ key: person, name, sessions }) => ({
        key: person,
        name,
        sessions,
        choice: options.people[person] ?? 'new',
        namesakes: (namesakes.get(name) ?? []).map((known) => ({
          personId: known.id,
          name: personName(known),
          institution: known.institution,
        })),
      })),
    choices: { locale: options.locale, venueId: options.venueId },
    table: table && {
      header: options.header,
      columns: Object.fromEntries(TABLE_FIELDS.map((field) => [field, options.columns[field] ?? null])),
      rows: table.rows.map(({ at, cells }) => ({ at, cells: [...cells] })),
    },
    version,
  };
}
