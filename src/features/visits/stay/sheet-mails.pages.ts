import { Body, Controller, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { SheetMails } from './sheet-mails.service.js';
import { StaySheets } from './stay-sheets.js';
import { numberOf, sheetMailsForm } from './stay.schemas.js';

/** The mails to the people of a change sheet, which somebody confirms by their number. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/programme/changes/:sheet/mails')
export class SheetMailsPages {
  constructor(
    private readonly visits: Visits,
    private readonly mails: SheetMails,
    private readonly sheets: StaySheets,
  ) {}

  @Post('sendings')
  @Staff('visit', 'count', 'any')
  send(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('sheet') sheet: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.decide(web, ref, sheet, body, 'mailsSent', (visit, number, { count }) =>
      this.mails.send(visit, number, count),
    );
  }

  @Post('discards')
  @Staff('visit', 'count', 'any')
  discard(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('sheet') sheet: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.decide(web, ref, sheet, body, 'mailsDiscarded', (visit, number, { count }) =>
      this.mails.discard(visit, number, count),
    );
  }

  private async decide(
    web: WebContext,
    ref: string,
    sheet: string,
    body: unknown,
    notice: string,
    work: (visit: Visit, number: number, input: z.output<typeof sheetMailsForm>) => Promise<void>,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const number = numberOf(sheet);
    return web.form(sheetMailsForm, body, {
      done: async (input) => {
        await work(visit, number, input);
        return web.redirect(`${hrefOf(visit)}/programme/changes/${number}`, {
          key: `visit.stay.done.${notice}`,
          params: { count: input.count },
        });
      },
      again: (form) => this.sheets.showSheet(web, visit, number, form),
    });
  }
}
