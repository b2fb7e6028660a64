import { Body, Controller, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { DOCX_TYPE } from '../../platform/documents/docx-package.js';
import { Answers, behind, etagOf, listQuery, pageOf, versionFrom } from '../../platform/web/api.js';
import { Attempts } from '../../platform/web/attempts.js';
import { download } from '../../platform/web/downloads.js';
import { reading } from '../../platform/web/file-problems.js';
import { ApiConsumes, ApiTags } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../platform/web/uploads.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { defaultName } from './default-templates.js';
import { DocumentKinds } from './document-kinds.js';
import { localeOf } from './document-templates.pages.js';
import { DocumentTemplates, type TemplateInUse } from './document-templates.service.js';
import {
  outgoingList,
  outgoingOut,
  outgoingQuery,
  templateChoiceInput,
  templateInUseOut,
  templateList,
  templateOut,
  templateUploadForm,
  uploadedTemplateOut,
} from './documents.schemas.js';
import { OutgoingRegister, type RegisterLine } from './outgoing-register.js';

/** Templates of documents for programs: which are used, what they may ask for, own ones instead. */
@ApiTags('documents')
@Controller('api/v1/document-templates')
export class DocumentTemplatesApi {
  constructor(
    private readonly attempts: Attempts,
    private readonly kinds: DocumentKinds,
    private readonly templates: DocumentTemplates,
  ) {}

  @Get()
  @Staff('template', 'read', 'any')
  @Answers(templateList)
  async list(@Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>) {
    const cursor = ({ kind, locale }: TemplateInUse) => `${kind}.${locale}`;
    const { items, next } = pageOf(behind(await this.templates.inUse(), after, cursor), limit, cursor);
    return { items: items.map((one) => ({ ...one, group: this.kinds.one(one.kind).group })), next };
  }

  @Get(':kind/:locale')
  @Staff('template', 'read', 'any')
  @Answers(templateOut)
  async one(
    @Param('kind') kind: string,
    @Param('locale') locale: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.templates.one(kind, localeOf(locale));
    void reply.header('etag', etagOf(found.version));
    return { ...found, fields: this.kinds.one(kind).fields };
  }

  /** The template in use, as .docx. */
  @Get(':kind/:locale/content')
  @Staff('template', 'read', 'any')
  async content(@Web() web: WebContext, @Param('kind') kind: string, @Param('locale') asked: string): Promise<Buffer> {
    const locale = localeOf(asked);
    const { bytes } = await this.templates.bytesInUse(kind, locale);
    return download(web.reply, { bytes, type: DOCX_TYPE, filename: defaultName(kind, locale) });
  }

  @Get(':kind/:locale/versions/:version/content')
  @Staff('template', 'read', 'any')
  async version(
    @Web() web: WebContext,
    @Param('kind') kind: string,
    @Param('locale') locale: string,
    @Param('version') id: string,
  ): Promise<Buffer> {
    const { content, filename } = await this.templates.version(kind, localeOf(locale), id);
    return download(web.reply, { bytes: content, type: DOCX_TYPE, filename });
  }

  /** A .docx that is used from now on. 422 with every broken or unknown tag; `missing` are fields that it should use. */
  @Post(':kind/:locale/versions')
  @Upload()
  @Staff('template', 'write', 'any')
  @ApiConsumes('multipart/form-data')
  @Answers(uploadedTemplateOut, { status: 201 })
  async upload(
    @Web() web: WebContext,
    @Param('kind') kind: string,
    @Param('locale') locale: string,
    @Body({ schema: templateUploadForm }) _form: z.output<typeof templateUploadForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.attempts.count('upload', web.viewer.id);
    const file = uploadedFile(web.request);
    const used = await reading(() => this.templates.upload(kind, localeOf(locale), file));
    void reply.header('etag', etagOf(used.version));
    return { ...used, missing: this.templates.check(kind, file.bytes).missing };
  }

  /** Uses an earlier version again; `template` null: the one that comes with the house. */
  @Put(':kind/:locale/choice')
  @Staff('template', 'write', 'any')
  @Answers(templateInUseOut)
  async choose(
    @Param('kind') kind: string,
    @Param('locale') locale: string,
    @Body({ schema: templateChoiceInput }) { template }: z.output<typeof templateChoiceInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = versionFrom(request);
    const used = await this.templates.choose(kind, localeOf(locale), { version }, template);
    void reply.header('etag', etagOf(used.version));
    return used;
  }
}

/** The register of what left the house, as far as the caller may read what it belongs to. */
@ApiTags('documents')
@Controller('api/v1/outgoing-documents')
export class OutgoingDocumentsApi {
  constructor(private readonly register: OutgoingRegister) {}

  @Get()
  @Staff('outgoing', 'read', 'any')
  @Answers(outgoingList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: outgoingQuery }) { limit, after }: z.output<typeof outgoingQuery>,
  ) {
    const cursor = ({ document }: RegisterLine) => document.publicId;
    const { items, next } = pageOf(await this.register.list(web.viewer, { limit, after }), limit, cursor);
    return { items: items.map(outside), next };
  }

  @Get(':document')
  @Staff('outgoing', 'read', 'any')
  @Answers(outgoingOut)
  async one(@Web() web: WebContext, @Param('document') id: string) {
    return outside(await this.register.one(web.viewer, id));
  }

  @Get(':document/content')
  @Staff('outgoing', 'read', 'any')
  async content(@Web() web: WebContext, @Param('document') id: string): Promise<Buffer> {
    const { document, bytes } = await this.register.content(web.viewer, id);
    return download(web.reply, { bytes, type: DOCX_TYPE, filename: document.filename });
  }
}

/** The row id stays inside. */
function outside({ document, owner }: RegisterLine) {
  return { ...document, id: document.publicId, belongsTo: owner.label };
}
