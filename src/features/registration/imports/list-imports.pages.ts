import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, UPLOAD_MEGABYTES, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { CATEGORIES, FORMS } from '../participation.rules.js';
import { RegistrationQueries } from '../registration.queries.js';
import { staffFrame } from '../staff-frame.js';
import { personName } from '../../people/index.js';
import { LIST_FIELDS } from './list-fields.rules.js';
import type { ListImport } from './list-import.entity.js';
import { LIST_APPROVALS, type ListOptions } from './list-import.rules.js';
import { listChoicesForm, listCommitForm, listUndoForm, listUploadForm } from './list-import.schemas.js';
import { ListImports } from './list-imports.service.js';
import { shownPreview } from './list-import-words.js';

/** Lists of participants from files: chosen, looked at, corrected, taken over, undone. */
@ApiExcludeController()
@Controller('org/c/:conf/registrations/imports')
export class ListImportsPages {
  constructor(
    private readonly imports: ListImports,
    private readonly registrations: RegistrationQueries,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('registration', 'write')
  list(@Web() web: WebContext): Promise<string> {
    const usual = { locale: web.locale, category: 'listener', form: 'in_person', approval: 'confirmed' };
    return this.showList(web, web.emptyForm(usual));
  }

  @Post()
  @Upload()
  @Staff('registration', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(listUploadForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async (usual) => {
        const file = uploadedFile(web.request);
        const { id } = await reading(() => this.imports.start(web.conference.id, file, usual));
        return web.redirect(`${here(web)}/${id}`);
      },
      again: (form) => this.showList(web, form),
    });
  }

  @Get(':id')
  @Staff('registration', 'write')
  async show(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.showOne(web, await this.own(web, id), web.emptyForm());
  }

  @Post(':id/choices')
  @Staff('registration', 'write')
  async choose(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(listChoicesForm, body, {
      done: async (input) => {
        await this.imports.choose(found, changesIn(input, found.options));
        return web.redirect(`${here(web)}/${id}${input.part === 'table' ? '' : `#${input.part}`}`);
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  @Post(':id/commit')
  @Staff('registration', 'write')
  async commit(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(listCommitForm, body, {
      done: async ({ key }) => {
        await this.imports.commit(web.conference.id, id, key);
        return web.redirect(`${here(web)}/${id}`, { key: 'participants.notice.done' });
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  @Post(':id/undo')
  @Staff('registration', 'write')
  async undo(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const found = await this.own(web, id);
    return web.form(listUndoForm, body, {
      done: async ({ version }) => {
        await this.imports.undo(web.conference.id, { id, version });
        return web.redirect(`${here(web)}/${id}`, { key: 'participants.notice.undone' });
      },
      again: (form) => this.showOne(web, found, form),
    });
  }

  private own(web: WebContext, id: string): Promise<ListImport> {
    return this.imports.byId(web.conference.id, id);
  }

  private async showList(web: WebContext, form: FormView): Promise<string> {
    const model = {
      here: here(web),
      imports: await this.imports.ofConference(web.conference.id),
      megabytes: UPLOAD_MEGABYTES,
      ...choices(),
    };
    return web.page('pages/registration/imports', model, {
      ...staffFrame(web, 'participants.title', `/org/c/${web.conference.slug}/registrations`),
      styles: ['css/imports.css'],
      form,
    });
  }

  private async showOne(web: WebContext, found: ListImport, form: FormView): Promise<string> {
    // What another click has done meanwhile shows as it is now.
    const current = form.failed ? await this.own(web, found.id) : found;
    const preview = current.state === 'preview' ? await this.imports.preview(current) : null;
    const model = {
      found: current,
      here: `${here(web)}/${found.id}`,
      list: here(web),
      registrations: `/org/c/${web.conference.slug}/registrations`,
      outbox: `/org/c/${web.conference.slug}/mail/outbox?batch=list-${found.id}`,
      zone: web.conference.zone,
      stale: form.failed && web.reply.statusCode === 409,
      kept: await this.kept(web, current),
      leftOut: Object.entries(current.leftOut ?? {}).flatMap(([why, rows]) => (rows.length > 0 ? [{ why, rows }] : [])),
      ...choices(),
      ...(preview ? shownPreview(web, current, preview) : {}),
    };
    const { locale, category, form: way, approval, letters, nameOrder, header } = current.options;
    const values = { locale, category, form: way, approval, letters, nameOrder, header, ...form.values };
    const frame = staffFrame(web, 'participants.title', `/org/c/${web.conference.slug}/registrations`);
    return web.page('pages/registration/import', model, {
      ...frame,
      title: current.filename,
      styles: ['css/imports.css'],
      form: { ...form, values },
      breadcrumbs: [...(frame.breadcrumbs ?? []), { label: web.t('participants.title'), href: here(web) }],
    });
  }

  private async kept(web: WebContext, { undone }: ListImport) {
    const rows = await this.registrations.byIds(web.conference.id, undone?.kept ?? []);
    return rows.map(({ publicId, number, person }) => ({
      href: `/org/c/${web.conference.slug}/registrations/${publicId}`,
      number,
      name: personName(person),
    }));
  }
}

function here(web: WebContext): string {
  return `/org/c/${web.conference.slug}/registrations/imports`;
}

function choices() {
  return { locales: LOCALES, categories: CATEGORIES, forms: FORMS, approvals: LIST_APPROVALS };
}

/** The choices of one of the forms; those of the others stay. */
function changesIn(input: z.output<typeof listChoicesForm>, options: ListOptions): Partial<ListOptions> {
  if (input.part === 'table') {
    const { part: _, column, ...usual } = input;
    const columns = LIST_FIELDS.flatMap((field) =>
      /^\d{1,3}$/.test(column[field] ?? '') ? [[field, Number(column[field])] as const] : [],
    );
    return { ...usual, columns: Object.fromEntries(columns) };
  }
  const { skipped, people } = decided(input.person, options);
  if (input.part === 'people') return { skipped, people };
  const ticked = Object.keys(input.left).map(Number).filter(Number.isInteger);
  return { people, fixes: { ...options.fixes, ...input.fix }, skipped: [...new Set([...skipped, ...ticked])] };
}

/** By row: somebody known, somebody new, or nobody at all. */
function decided(person: Readonly<Record<string, string>>, { skipped, people }: ListOptions) {
  const rows = Object.entries(person).filter(([row]) => /^\d{1,5}$/.test(row));
  const left = rows.filter(([, choice]) => choice === 'skip').map(([row]) => Number(row));
  const others = skipped.filter((at) => !rows.some(([row]) => Number(row) === at));
  const named = rows.filter(([, choice]) => choice !== 'skip' && choice !== '');
  const rest = Object.entries(people).filter(([row]) => !rows.some(([other]) => other === row));
  return { skipped: [...others, ...left], people: Object.fromEntries([...rest, ...named]) };
}
