import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidInput } from '../../../kernel/errors.js';
import { Answers, etagOf, listQuery, pageOf, versionFrom } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading, shownProblem } from '../../../platform/web/file-problems.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { personName } from '../../people/index.js';
import { listImportList, listImportOut, listPlanOut } from './list-import.answers.js';
import type { ListImport } from './list-import.entity.js';
import { LIST_FIELDS } from './list-fields.rules.js';
import { listChoicesInput, listCommitForm, listUploadInput } from './list-import.schemas.js';
import { ListImports, type ListPreview } from './list-imports.service.js';

/**
 * Lists of participants, as on the pages: send the file, look at the plan, decide who people are, correct or leave out rows
 * with errors, commit the plan that was seen. Undecided and wrong rows are left out. No consents are recorded.
 */
@ApiTags('registrations')
@Controller('api/v1/conferences/:conf/registration-imports')
export class ListImportsApi {
  constructor(
    private readonly imports: ListImports,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('registration', 'write')
  @Answers(listImportList)
  async list(@Web() web: WebContext, @Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>) {
    const all = await this.imports.ofConference(web.conference.id);
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    if (after !== undefined && from === 0) throw InvalidInput.at('after', 'error.invalid');
    return pageOf(all.slice(from), limit, ({ id }) => id);
  }

  /** The file stays a preview of its sender until it is committed, a week at most; the next one takes its place. */
  @Post()
  @Upload()
  @Staff('registration', 'write')
  @ApiConsumes('multipart/form-data')
  @Answers(listImportOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: listUploadInput }) { locale, category, form, approval }: z.output<typeof listUploadInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.attempts.count('upload', web.viewer.id);
    const file = uploadedFile(web.request);
    const usual = { locale, category, form, approval };
    const started = await reading(() => this.imports.start(web.conference.id, file, usual));
    return tagged(reply, started, started);
  }

  /** The report: what it brought, which rows were left out, and what undoing it came to. */
  @Get(':id')
  @Staff('registration', 'write')
  @Answers(listImportOut)
  async one(@Web() web: WebContext, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const found = await this.imports.byId(web.conference.id, id);
    return tagged(reply, found, found);
  }

  /** What committing it would do now. 409 once it is done. */
  @Get(':id/plan')
  @Staff('registration', 'write')
  @Answers(listPlanOut)
  async plan(@Web() web: WebContext, @Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const found = await this.imports.byId(web.conference.id, id);
    return tagged(reply, found, shownPlan(web, found, await this.imports.preview(found)));
  }

  @Patch(':id')
  @Staff('registration', 'write')
  @Answers(listPlanOut)
  async choose(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: listChoicesInput }) { columns, fixes, people, ...choices }: z.output<typeof listChoicesInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.imports.byId(web.conference.id, id);
    const { options } = found;
    const byCell = fixes?.map(({ cell, text }) => [cell, text] as const);
    const byRow = people?.map(({ row, choice }) => [String(row), choice] as const);
    const chosen = await this.imports.choose(
      { ...found, version: versionFrom(request) },
      {
        ...choices,
        ...(columns === undefined ? {} : { columns: columnsIn(columns) }),
        ...(byCell === undefined ? {} : { fixes: { ...options.fixes, ...Object.fromEntries(byCell) } }),
        ...(byRow === undefined ? {} : { people: { ...options.people, ...Object.fromEntries(byRow) } }),
      },
    );
    return tagged(reply, chosen, shownPlan(web, chosen, await this.imports.preview(chosen)));
  }

  @Post(':id/commit')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(listImportOut)
  async commit(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: listCommitForm }) { key }: z.output<typeof listCommitForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const done = await this.imports.commit(web.conference.id, id, key);
    return tagged(reply, done, done);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Staff('registration', 'write')
  @Answers(listImportOut)
  async undo(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const undone = await this.imports.undo(web.conference.id, { id, version: versionFrom(request) });
    return tagged(reply, undone, undone);
  }
}

function tagged<T>(reply: FastifyReply, { version }: { version: number }, answer: T): T {
  void reply.header('etag', etagOf(version));
  return answer;
}

function columnsIn(columns: Partial<Record<string, number | null>>): ListImport['options']['columns'] {
  return Object.fromEntries(Object.entries(columns).filter(([, column]) => typeof column === 'number'));
}

function shownPlan(
  web: WebContext,
  { options, version }: ListImport,
  { plan, key, people, rows, sameFile }: ListPreview,
): z.input<typeof listPlanOut> {
  const { locale, category, form, approval, letters, nameOrder, header, columns } = options;
  return {
    key,
    counts: plan.counts,
    sameFile: sameFile && { filename: sameFile.filename, doneAt: sameFile.doneAt },
    rows: plan.rows.map(({ at, candidates, problems, hints, ...row }) => ({
      ...row,
      row: at,
      problems: problems.map((problem) => shownProblem(web, problem)),
      hints: hints.map((hint) => shownProblem(web, hint)),
      candidates: candidates.flatMap((id) => {
        const person = people.get(id);
        if (!person) return [];
        return [{ personId: id, name: personName(person), email: person.email, institution: person.institution }];
      }),
    })),
    choices: {
      locale,
      category,
      form,
      approval,
      letters,
      nameOrder,
      header,
      columns: Object.fromEntries(LIST_FIELDS.map((field) => [field, columns[field] ?? null])),
    },
    table: rows.map(({ at, cells }) => ({ at, cells: [...cells] })),
    version,
  };
}
