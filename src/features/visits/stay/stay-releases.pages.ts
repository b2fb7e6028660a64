import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { StayDesk } from './stay-desk.js';
import { StayReleases } from './stay-releases.service.js';
import { StaySheets } from './stay-sheets.js';
import { agreeForm, guestQuery, numberOf, paperQuery, sendForm } from './stay.schemas.js';

/** The texts of a programme of stay: sent, agreed, changed, printed. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/programme')
export class StayReleasesPages {
  constructor(
    private readonly visits: Visits,
    private readonly releases: StayReleases,
    private readonly desk: StayDesk,
    private readonly sheets: StaySheets,
  ) {}

  @Post('releases')
  @Staff('visit', 'count', 'any')
  async send(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(sendForm, body, {
      done: async ({ after }) => {
        const { changeSheet } = await this.releases.send(visit, after);
        return changeSheet === null
          ? web.redirect(`${hrefOf(visit)}/programme`, { key: 'visit.stay.done.sent' })
          : web.redirect(`${hrefOf(visit)}/programme/changes/${changeSheet}`, {
              key: 'visit.stay.done.issued',
              params: { number: changeSheet },
            });
      },
      again: (form) => this.desk.show(web, visit, form),
    });
  }

  @Post('releases/:number/agreement')
  @Staff('visit', 'count', 'any')
  async agree(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('number') number: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(agreeForm, body, {
      done: async (input) => {
        await this.releases.agree(visit, numberOf(number), input);
        return web.redirect(`${hrefOf(visit)}/programme`, { key: 'visit.stay.done.agreed' });
      },
      again: (form) => this.desk.show(web, visit, form),
    });
  }

  @Get('changes')
  @Staff('visit', 'count', 'any')
  async pending(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.sheets.showPending(web, await this.visits.open(web.viewer, ref));
  }

  @Get('changes/:sheet')
  @Staff('visit', 'count', 'any')
  async sheet(@Web() web: WebContext, @Param('ref') ref: string, @Param('sheet') sheet: string): Promise<string> {
    return this.sheets.showSheet(web, await this.visits.open(web.viewer, ref), numberOf(sheet), web.emptyForm());
  }

  @Get('guest')
  @Staff('visit', 'count', 'any')
  async guest(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: guestQuery }) { languages, text }: z.output<typeof guestQuery>,
  ): Promise<string> {
    return this.sheets.showGuest(web, await this.visits.open(web.viewer, ref), languages, text === 'draft');
  }

  @Get('internal')
  @Staff('visit', 'count', 'any')
  async internal(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: paperQuery }) { text }: z.output<typeof paperQuery>,
  ): Promise<string> {
    return this.sheets.showInternal(web, await this.visits.open(web.viewer, ref), text === 'draft');
  }
}
