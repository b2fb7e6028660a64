import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES } from '../../../kernel/locale.js';
import { formatMoney } from '../../../platform/i18n/formats.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { reportForm } from './report.schemas.js';
import { VisitReports } from './visit-reports.service.js';

/** After a visit: what is owed, and the report. It holds costs and incidents, so it is for who writes the visit. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/report')
export class ReportPages {
  constructor(
    private readonly visits: Visits,
    private readonly reports: VisitReports,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async report(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.show(web, visit, web.emptyForm({ results: visit.results, lessons: visit.lessons }));
  }

  @Post()
  @Staff('visit', 'count', 'any')
  save(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: reportForm,
      body,
      work: (visit, { version, ...texts }) => this.visits.edit({ id: visit.id, version }, texts),
      room: '/report',
      notice: 'saved',
      again: (visit, form) => this.show(web, visit, form),
    });
  }

  private async show(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const { costs, ...report } = await this.reports.of(visit);
    const here = hrefOf(visit);
    const places = { thank_you: `${here}/documents`, report: `${here}#papers`, photos: `${here}/day#checklist` };
    const model = {
      ...report,
      head: headOf(web, visit, 'report', true),
      here: `${here}/report`,
      zone: visit.zone,
      duties: report.duties.map((one) => ({ ...one, href: places[one.duty] })),
      costs: costs.map(({ payer, currency, planned, spent }) => ({
        payer,
        planned: formatMoney(web.locale, planned, currency),
        spent: formatMoney(web.locale, spent, currency),
      })),
      documents: LOCALES.map((locale) => ({ locale, href: `${here}/documents/visit_report.${locale}.docx` })),
    };
    return web.page('pages/visits/report', model, { ...frame(web, web.t('visit.room.report'), visit), form });
  }
}
