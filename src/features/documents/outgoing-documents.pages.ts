import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { DOCX_TYPE } from '../../platform/documents/docx-package.js';
import { pageOf } from '../../platform/web/api.js';
import { download } from '../../platform/web/downloads.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { outgoingQuery } from './documents.schemas.js';
import { OutgoingRegister } from './outgoing-register.js';

/** The register of what left the house: numbers, dates, and the documents as they were. */
@ApiExcludeController()
@Controller('org/documents/outgoing')
export class OutgoingDocumentsPages {
  constructor(private readonly register: OutgoingRegister) {}

  @Get()
  @Staff('outgoing', 'read', 'any')
  async list(
    @Web() web: WebContext,
    @Query({ schema: outgoingQuery }) { limit, after }: z.output<typeof outgoingQuery>,
  ): Promise<string> {
    const { items, next } = pageOf(
      await this.register.list(web.viewer, { limit, after }),
      limit,
      ({ document }) => document.publicId,
    );
    const model = {
      lines: items.map(({ document, owner }) => ({
        ...document,
        owner,
        href: document.secret || document.removedAt ? '' : `/org/documents/outgoing/${document.publicId}`,
      })),
      older: next ? `/org/documents/outgoing?after=${next}` : '',
      newer: after ? '/org/documents/outgoing' : '',
    };
    return web.page('pages/documents/outgoing', model, {
      title: web.t('documents.outgoing.title'),
      layout: 'staff',
      section: 'documents',
      breadcrumbs: [{ label: web.t('documents.title'), href: '/org/documents' }],
    });
  }

  @Get(':document')
  @Staff('outgoing', 'read', 'any')
  async file(@Web() web: WebContext, @Param('document') id: string): Promise<Buffer> {
    const { document, bytes } = await this.register.content(web.viewer, id);
    return download(web.reply, { bytes, type: DOCX_TYPE, filename: document.filename });
  }
}
