import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { InvalidInput } from '../../kernel/errors.js';
import { XLSX_TYPE } from '../../platform/documents/spreadsheet.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { REASON_OVER, RegistrationExport } from './registration-export.service.js';
import { exportForm, filterQuery, type RegistrationFilter } from './registration.schemas.js';
import { filterOf, searchOf } from './registrations.pages.js';
import { staffFrame } from './staff-frame.js';

/** The list as a spreadsheet. Over 50 people a reason is asked; every export is in the journal. */
@Controller('org/c/:conf')
export class RegistrationExportPages {
  constructor(
    private readonly attempts: Attempts,
    private readonly exports: RegistrationExport,
  ) {}

  @Get('registrations.xlsx')
  @Staff('export', 'write')
  async ask(@Web() web: WebContext, @Query({ schema: filterQuery }) query: RegistrationFilter): Promise<string | Buffer> {
    const filter = filterOf(query);
    const people = await this.exports.size(web.conference.id, filter);
    return people > REASON_OVER ? this.show(web, filter, people, web.emptyForm()) : this.make(web, filter, '');
  }

  @Post('registrations.xlsx')
  @Staff('export', 'write')
  async withReason(@Web() web: WebContext, @Query({ schema: filterQuery }) query: RegistrationFilter, @Body() body: unknown): Promise<string | Buffer> {
    const filter = filterOf(query);
    const people = await this.exports.size(web.conference.id, filter);
    let file: Buffer | undefined;
    const page = await web.form(exportForm, body, {
      done: async ({ reason }) => {
        if (people > REASON_OVER && reason === null) throw InvalidInput.at('reason', 'error.registration.exportReason');
        file = await this.make(web, filter, reason ?? '');
        return '';
      },
      again: (form) => this.show(web, filter, people, form),
    });
    return file ?? page;
  }

  private async make(web: WebContext, filter: RegistrationFilter, reason: string): Promise<Buffer> {
    await this.attempts.count('export', web.viewer.id);
    const file = await this.exports.write({ conference: web.conference, filter, reason, locale: web.locale, by: web.viewer });
    void web.reply
      .status(200)
      .header('content-type', XLSX_TYPE)
      .header('content-disposition', `attachment; filename="${web.conference.slug}-registrations.xlsx"`)
      .header('cache-control', 'private, no-store');
    return file;
  }

  private show(web: WebContext, filter: RegistrationFilter, people: number, form: FormView): Promise<string> {
    const list = `/org/c/${web.conference.slug}/registrations`;
    return web.page('pages/registration/export', { here: `${list}.xlsx?${searchOf(filter)}`, list, people }, { ...staffFrame(web, 'registration.export.title', list), form });
  }
}
