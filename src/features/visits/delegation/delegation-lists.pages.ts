import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { cellName } from '../../../platform/documents/table-cells.rules.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { NAME_ORDERS } from '../../registration/index.js';
import { frame } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { roomOf } from './delegation-page.js';
import { DELEGATION_LIST_FIELDS } from './delegation-list.rules.js';
import { DelegationLists } from './delegation-lists.service.js';
import { listChoicesForm, versionForm } from './member.schemas.js';

/** A delegation from a spreadsheet: chosen, looked at, taken over whole. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/delegation/lists')
export class DelegationListsPages {
  constructor(
    private readonly visits: Visits,
    private readonly lists: DelegationLists,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async blank(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.showUpload(web, await this.writable(web, ref), web.emptyForm());
  }

  @Post()
  @Upload()
  @Staff('visit', 'count', 'any')
  async add(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.writable(web, ref);
    return web.form(emptyForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async () => {
        const file = uploadedFile(web.request);
        const { id } = await reading(() => this.lists.start(visit, file));
        return web.redirect(`${roomOf(visit)}/lists/${id}`);
      },
      again: (form) => this.showUpload(web, visit, form),
    });
  }

  @Get(':list')
  @Staff('visit', 'count', 'any')
  async show(@Web() web: WebContext, @Param('ref') ref: string, @Param('list') id: string): Promise<string> {
    return this.showPreview(web, await this.writable(web, ref), id, web.emptyForm());
  }

  @Post(':list/choices')
  @Staff('visit', 'count', 'any')
  async choose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('list') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    const list = await this.lists.byId(visit, id);
    return web.form(listChoicesForm, body, {
      done: async ({ version, column, ...choices }) => {
        const columns = Object.fromEntries(
          DELEGATION_LIST_FIELDS.flatMap((field) => {
            const at = column[field] ?? '';
            return /^\d{1,3}$/.test(at) ? [[field, Number(at)] as const] : [];
          }),
        );
        await this.lists.choose({ ...list, version }, { ...choices, columns });
        return web.redirect(`${roomOf(visit)}/lists/${id}`);
      },
      again: (form) => this.showPreview(web, visit, id, form),
    });
  }

  @Post(':list/commit')
  @Staff('visit', 'count', 'any')
  async commit(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('list') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    await this.lists.byId(visit, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        const count = await this.lists.commit(visit, { id, version });
        return web.redirect(roomOf(visit), { key: 'delegation.list.done', params: { count } });
      },
      again: (form) => this.showPreview(web, visit, id, form),
    });
  }

  private writable(web: WebContext, ref: string): Promise<Visit> {
    return this.visits.open(web.viewer, ref, 'write');
  }

  private showUpload(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const model = { here: `${roomOf(visit)}/lists`, back: roomOf(visit), megabytes: UPLOAD_MEGABYTES };
    const page = frame(web, web.t('delegation.list.title'), visit, 'delegation');
    return web.page('pages/visits/delegation-upload', model, { ...page, form });
  }

  private async showPreview(web: WebContext, visit: Visit, id: string, form: FormView): Promise<string> {
    const list = await this.lists.byId(visit, id);
    const { rows, problems, table } = await this.lists.preview(list);
    const { header, columns, nameOrder } = list.options;
    const headings = table.find(({ at }) => at === header)?.cells ?? [];
    const widest = Math.max(0, ...table.map(({ cells }) => cells.length));
    const model = {
      here: `${roomOf(visit)}/lists/${id}`,
      back: roomOf(visit),
      filename: list.filename,
      version: list.version,
      count: rows.length,
      problems,
      rows: rows.map(({ at, name, member, problems: wrong }) => ({
        at,
        name,
        role: member?.role ?? null,
        title: member?.title ?? null,
        wrong: wrong.map(({ place, code, params }) => ({
          place: web.placeOf(place),
          text: web.t(code, { ...params }),
        })),
      })),
      headers: table.map(({ at, cells }) => ({
        value: String(at),
        label: `${at}: ${cells.filter(Boolean).slice(0, 5).join(' · ')}`.slice(0, 80),
      })),
      fields: DELEGATION_LIST_FIELDS.map((field) => ({
        name: `column.${field}`,
        label: web.t(`delegation.list.column.${field}`),
        value: columns[field] === undefined ? '' : String(columns[field]),
        options: Array.from({ length: widest }, (_, column) => ({
          value: String(column),
          label: [cellName(column, 0).slice(0, -1), headings[column]].filter(Boolean).join(': ').slice(0, 80),
        })),
      })),
      nameOrders: NAME_ORDERS,
    };
    const values = { header: header === null ? '' : String(header), nameOrder, ...form.values };
    return web.page('pages/visits/delegation-list', model, {
      ...frame(web, list.filename, visit, 'delegation'),
      styles: ['css/imports.css'],
      form: { ...form, values },
    });
  }
}
