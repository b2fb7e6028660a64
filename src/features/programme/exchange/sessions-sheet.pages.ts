import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { XLSX_TYPE } from '../../../platform/documents/spreadsheet.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Programmes } from '../programmes.service.js';
import { SessionsSheet } from './sessions-sheet.service.js';

@ApiExcludeController()
@Controller('org/c/:conf')
export class SessionsSheetPages {
  constructor(
    private readonly attempts: Attempts,
    private readonly programmes: Programmes,
    private readonly sheet: SessionsSheet,
  ) {}

  @Get('sessions.xlsx')
  @Staff('programme', 'read')
  async sessions(@Web() web: WebContext): Promise<Buffer> {
    await this.attempts.count('export', web.viewer.id);
    const { id } = await this.programmes.ofOwner(web.conference.id);
    const file = await this.sheet.write(id, web.locale);
    void web.reply
      .header('content-type', XLSX_TYPE)
      .header('content-disposition', `attachment; filename="${web.conference.slug}-sessions.xlsx"`)
      .header('cache-control', 'private, no-store');
    return file;
  }
}
