import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { issuedListOut, issuedOut, issueForm } from './visit-documents.schemas.js';
import { VisitDocuments } from './visit-documents.service.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/documents')
export class VisitDocumentsApi {
  constructor(
    private readonly visits: Visits,
    private readonly documents: VisitDocuments,
  ) {}

  /** The letters that were issued, the newest first. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(issuedListOut)
  async issued(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.documents.issued(await this.visits.open(web.viewer, ref, 'inner')) };
  }

  /** Gives a letter its number and keeps it. */
  @Post(':kind/issue')
  @Staff('visit', 'count', 'any')
  @Answers(issuedOut, { status: 201 })
  async issue(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('kind') kind: string,
    @Body({ schema: issueForm }) { locale }: z.output<typeof issueForm>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.documents.issue(visit, kind, { viewer: web.viewer, locale });
  }
}
