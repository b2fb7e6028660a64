import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { LOCALES, pickText } from '../../../kernel/locale.js';
import { cellName } from '../../../platform/documents/table-cells.rules.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { personName } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Programmes } from '../programmes.service.js';
import { base, frame, sessionsCrumb } from '../staff-pages.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { choicesForm, commitForm, undoForm, uploadForm } from './import.schemas.js';
import { roomChoice, type ImportOptions } from './import.rules.js';
import type { PlannedSession } from './import-plan.js';
import type { ProgrammeImport } from './programme-import.entity.js';
import { ProgrammeImports, type ImportPreview } from './programme-imports.service.js';
import { TABLE_FIELDS } from './table.rules.js';

/** As many of each kind as a page shows; the figures count all. */
const SHOWN = 200;
const ROWS_SHOWN = 12;
const CELLS_SHOWN = 8;

/** Programmes from files: chosen, looked at, taken over, undone. */
@ApiExcludeController()
@Controller('org/c/:conf/import')
export class ImportsPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly imports: ProgrammeImports,
    private readonly venues: Venues,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('programme', 'write')
  list(@Web() web: WebContext): Promise<string> {
    return this.showList(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @Upload()
  @Staff('programme', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(uploadForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async ({ locale }) => {
        const { id } = await this.start(web, locale);
        return web.redirect(`${here(web)}/${id}`);
      },
      again: (form) => this.showList(web, form),
    });
  }

  @Get(':id')
  @Staff('programme', 'write')
  async show(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const found = await this.own(web, id);
    return this.showOne(web, found, web.emptyForm());
  }

  @Post(':id/choices')
  @Staff('programme', 'write')
  async choose(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(choicesForm, body, {
      done: async ({ locale, venueId, header, column, room, person }) => {
        const { plan } = await this.imports.preview(found);
        const rooms = plan.unknownRooms.flatMap(({ name }) => {
          const choice = room[roomField(name)];
          return choice === undefined ? [] : [[name, choice] as const];
        });
        await this.imports.choose(found, {
          locale,
          venueId,
          rooms: { ...found.options.rooms, ...Object.fromEntries(rooms) },
          people: { ...found.options.people, ...person },
          ...(found.options.header === null
            ? {}
            : { header: Number(header ?? found.options.header), columns: columnsIn(column) }),
        });
        return web.redirect(`${here(web)}/${id}`);
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  @Post(':id/commit')
  @Staff('programme', 'write')
  async commit(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(commitForm, body, {
      done: async ({ key }) => {
        await this.imports.commit(found.programmeId, id, key);
        return web.redirect(`${here(web)}/${id}`, { key: 'imports.notice.done' });
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  @Post(':id/undo')
  @Staff('programme', 'write')
  async undo(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(undoForm, body, {
      done: async ({ version }) => {
        await this.imports.undo(found.programmeId, { id, version });
        return web.redirect(`${here(web)}/${id}`, { key: 'imports.notice.undone' });
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  private async start(web: WebContext, locale: ImportOptions['locale']): Promise<ProgrammeImport> {
    const upload = uploadedFile(web.request);
    const programme = await this.programmes.ofOwner(web.conference.id);
    return reading(() => this.imports.start(programme.id, upload, locale));
  }

  private async own(web: WebContext, id: string): Promise<ProgrammeImport> {
    return this.imports.byId((await this.programmes.ofOwner(web.conference.id)).id, id);
  }

  private async showList(web: WebContext, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const model = {
      here: here(web),
      imports: await this.imports.ofProgramme(programme.id),
      locales: LOCALES,
      megabytes: UPLOAD_MEGABYTES,
    };
    return web.page('pages/programme/imports', model, {
      ...frame(web, web.t('imports.title'), { form, crumbs: [sessionsCrumb(web)] }),
      styles: ['css/imports.css'],
    });
  }

  private async showOne(web: WebContext, found: ProgrammeImport, form: FormView): Promise<string> {
    const programme = await this.programmes.byId(found.programmeId);
    // What another click has done meanwhile shows as it is now.
    const current = form.failed ? await this.own(web, found.id) : found;
    const preview = current.state === 'preview' ? await this.imports.preview(current) : null;
    const kept = await this.imports.keptBy(current);
    const model = {
      found: current,
      kept: kept.map(({ id, title, kind }) => ({
        href: `${base(web)}/sessions/${id}`,
        title: pickText(title, web.locale).text || web.t(`sessionKind.${kind}`),
      })),
      here: `${here(web)}/${found.id}`,
      list: here(web),
      zone: programme.zone,
      locales: LOCALES,
      stale: form.failed && web.reply.statusCode === 409,
      ...(preview ? await this.previewModel(web, current, preview) : {}),
    };
    const crumbs = [sessionsCrumb(web), { label: web.t('imports.title'), href: here(web) }];
    const { locale, venueId } = current.options;
    const values = { locale, venueId, ...form.values };
    return web.page('pages/programme/import', model, {
      ...frame(web, current.filename, { form: { ...form, values }, crumbs }),
      styles: ['css/imports.css'],
    });
  }

  private async previewModel(
    web: WebContext,
    found: ProgrammeImport,
    { plan, key, counts, namesakes, table }: ImportPreview,
  ) {
    const [venues, rooms] = await Promise.all([this.venues.venues(), this.venues.rooms()]);
    const text = (words: Parameters<typeof pickText>[0]) => pickText(words, web.locale).text;
    const list = (what: PlannedSession['what']) =>
      plan.sessions.filter((session) => session.what === what).slice(0, SHOWN);
    const doubles = plan.people.filter(({ personId, name }) => personId === null && namesakes.has(name));
    return {
      preview: { key, counts, toDo: counts.added + counts.changed },
      problems: plan.problems
        .slice(0, SHOWN)
        .map(({ place, code, params }) => ({ place: web.placeOf(place), text: web.t(code, { ...params }) })),
      added: list('added'),
      changed: list('changed').map((session) => ({
        ...session,
        words: session.changes.map((change) => web.t(`imports.change.${change}`)).join(', '),
      })),
      left: list('left'),
      unchangedCount: plan.sessions.filter(({ what }) => what === 'unchanged').length,
      newStrands: plan.newStrands.join(', '),
      venues: venues.map(({ id, name }) => ({ value: id, label: text(name) })),
      unknownRooms: plan.unknownRooms.map(({ name, sessions }) => ({
        name,
        sessions,
        field: `room.${roomField(name)}`,
        value: roomChoice(found.options, name),
        choices: [
          { value: 'none', label: web.t('imports.room.none') },
          ...(venues.length > 0 ? [{ value: 'new', label: web.t('imports.room.new') }] : []),
          ...rooms.map(({ id, name: own, venue }) => ({ value: id, label: `${text(own)} · ${text(venue.name)}` })),
        ],
      })),
      doubles: doubles.slice(0, SHOWN).map(({ key: person, name }) => ({
        name,
        field: `person.${person}`,
        value: found.options.people[person] ?? 'new',
        choices: [
          { value: 'new', label: web.t('imports.person.new') },
          ...namesakes.get(name)!.map((known) => ({
            value: known.id,
            label: web.t('imports.person.same', {
              name: [personName(known), known.institution].filter(Boolean).join(', '),
            }),
          })),
        ],
      })),
      table: table && tableModel(web, found, table),
    };
  }
}

/** A table as far as one needs to see to choose its headings and columns. */
function tableModel(web: WebContext, { options }: ProgrammeImport, table: NonNullable<ImportPreview['table']>) {
  const widest = Math.max(0, ...table.rows.map(({ cells }) => cells.length));
  const letters = Array.from({ length: widest }, (_, column) => cellName(column, 0).slice(0, -1));
  return {
    rows: table.rows.slice(0, ROWS_SHOWN).map(({ at, cells }) => ({ at, cells: cells.slice(0, CELLS_SHOWN) })),
    letters: letters.slice(0, CELLS_SHOWN),
    headers: table.rows.map(({ at, cells }) => ({
      value: String(at),
      label: `${at}: ${cells.filter(Boolean).slice(0, 5).join(' · ')}`.slice(0, 80),
    })),
    header: String(options.header ?? ''),
    fields: TABLE_FIELDS.map((field) => ({
      field: `column.${field}`,
      label: web.t(`imports.column.${field}`),
      value: options.columns[field] === undefined ? '' : String(options.columns[field]),
      choices: letters.map((letter, column) => ({
        value: String(column),
        label: [letter, table.headings[column]].filter(Boolean).join(': ').slice(0, 80),
      })),
    })),
  };
}

function here(web: WebContext): string {
  return `${base(web)}/import`;
}

/** A name out of a file may hold anything: the field is called by a digest of it. */
function roomField(name: string): string {
  return derivedGuid('room', name);
}

function columnsIn(column: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    TABLE_FIELDS.flatMap((field) =>
      /^\d{1,3}$/.test(column[field] ?? '') ? [[field, Number(column[field])] as const] : [],
    ),
  );
}
