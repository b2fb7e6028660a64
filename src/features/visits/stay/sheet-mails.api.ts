import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { SheetMails } from './sheet-mails.service.js';
import { numberOf, sheetMailsForm, sheetMailsOut } from './stay.schemas.js';

@ApiTags('visits')
@Controller('api/v1/visits/:ref/programme/changes/:sheet/mails')
export class SheetMailsApi {
  constructor(
    private readonly visits: Visits,
    private readonly mails: SheetMails,
  ) {}

  /** What was drafted for the people of a change sheet, and who has no address. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(sheetMailsOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string, @Param('sheet') sheet: string) {
    return this.mails.of(await this.visits.open(web.viewer, ref, 'inner'), numberOf(sheet));
  }

  /** Sends what is held; `count` repeats how many these are. */
  @Post('sendings')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async send(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('sheet') sheet: string,
    @Body({ schema: sheetMailsForm }) { count }: z.output<typeof sheetMailsForm>,
  ): Promise<void> {
    await this.mails.send(await this.visits.open(web.viewer, ref, 'write'), numberOf(sheet), count);
  }

  /** Nobody will send what is held. */
  @Post('discards')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async discard(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('sheet') sheet: string,
    @Body({ schema: sheetMailsForm }) { count }: z.output<typeof sheetMailsForm>,
  ): Promise<void> {
    await this.mails.discard(await this.visits.open(web.viewer, ref, 'write'), numberOf(sheet), count);
  }
}
