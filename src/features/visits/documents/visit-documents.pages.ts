import { Body, Controller, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { DOCX_TYPE } from '../../../platform/documents/docx-package.js';
import { attachment, download } from '../../../platform/web/downloads.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { documentName, issueForm, packQuery, partQuery } from './visit-documents.schemas.js';
import { VisitDocuments } from './visit-documents.service.js';
import { VisitPacks } from './visit-packs.service.js';
import { readerOf } from './visit-papers.rules.js';

/** Everything that is printed for a visit. Documents are their officers' alone: who only reads the visit gets none. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/documents')
export class VisitDocumentsPages {
  constructor(
    private readonly visits: Visits,
    private readonly documents: VisitDocuments,
    private readonly packs: VisitPacks,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.show(web, await this.visits.open(web.viewer, ref, 'inner'), web.emptyForm({ locale: 'be' }));
  }

  @Get('pack.zip')
  @Staff('visit', 'count', 'any')
  async pack(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: packQuery }) { language }: z.output<typeof packQuery>,
  ): Promise<StreamableFile> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const { filename, pieces } = await this.packs.pack(visit, web.viewer, language);
    void web.reply.header('cache-control', 'private, no-store');
    return new StreamableFile(Readable.from(pieces), { type: 'application/zip', disposition: attachment(filename) });
  }

  @Get('letters/:letter')
  @Staff('visit', 'count', 'any')
  async letter(@Web() web: WebContext, @Param('ref') ref: string, @Param('letter') letter: string): Promise<Buffer> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const { document, bytes } = await this.documents.letter(visit, letter);
    return download(web.reply, { bytes, type: DOCX_TYPE, filename: document.filename });
  }

  @Get(':name')
  @Staff('visit', 'count', 'any')
  async one(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('name') name: string,
    @Query({ schema: partQuery }) { of: part }: z.output<typeof partQuery>,
  ): Promise<Buffer> {
    const [, kind, locale] = documentName.exec(name) ?? [];
    if (!kind || !locale) throw new NotFound();
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const { bytes, filename } = await this.documents.make(visit, kind, {
      viewer: web.viewer,
      locale: locale as Locale,
      part,
    });
    return download(web.reply, { bytes, type: DOCX_TYPE, filename });
  }

  @Post(':kind/issue')
  @Staff('visit', 'count', 'any')
  async issue(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('kind') kind: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(issueForm, body, {
      done: ({ locale }) =>
        web.once(body, async () => {
          const { reference: number } = await this.documents.issue(visit, kind, { viewer: web.viewer, locale });
          return web.redirect(`${hrefOf(visit)}/documents`, { key: 'visit.done.issued', params: { number } });
        }),
      again: (form) => this.show(web, visit, form),
    });
  }

  private async show(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const model = {
      head: headOf(web, visit, 'documents', true),
      here: `${hrefOf(visit)}/documents`,
      groups: await this.groups(web, visit),
      warnings: await this.documents.warnings(visit),
      locales: LOCALES,
      issued: (await this.documents.issued(visit)).map(({ publicId, title, reference, madeAt, locale }) => ({
        publicId,
        title,
        reference,
        madeAt,
        locale,
      })),
    };
    return web.page('pages/visits/documents', model, {
      ...frame(web, web.t('visit.room.documents'), visit),
      form,
      styles: ['css/documents.css'],
    });
  }

  /** Kinds in groups; of each the parts that can be printed, with their addresses by language. */
  private async groups(web: WebContext, visit: Visit) {
    const kinds = await this.documents.shown(visit, web.viewer, web.locale);
    const shown = kinds.map(({ kind, group, numbered, parts }) => ({
      kind,
      group,
      numbered,
      parts: parts.map(({ key, label, notes = [] }) => ({
        label,
        notes,
        reader: readerOf(kind, key),
        files: LOCALES.map((locale) => ({
          locale,
          href: `${hrefOf(visit)}/documents/${kind}.${locale}.docx${key === '' ? '' : `?of=${encodeURIComponent(key)}`}`,
        })),
      })),
    }));
    return [...Map.groupBy(shown, ({ group }) => group)].map(([group, all]) => ({ group, kinds: all }));
  }
}
