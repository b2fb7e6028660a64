import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { Series } from './conference.entity.js';
import { newSeriesInput, seriesForm } from './conferences.schemas.js';
import { Conferences } from './conferences.service.js';
import { SeriesService } from './series.service.js';

@ApiExcludeController()
@Controller('org/series')
export class SeriesPages {
  constructor(
    private readonly series: SeriesService,
    private readonly conferences: Conferences,
  ) {}

  @Get()
  @Staff('series', 'read', 'any')
  async list(@Web() web: WebContext): Promise<string> {
    const [series, conferences] = await Promise.all([this.series.list(), this.conferences.list()]);
    const model = {
      series: series.map((one) => ({ ...one, editions: conferences.filter(({ seriesId }) => seriesId === one.id) })),
      mayEdit: web.viewer.level('series', null) === 'write',
    };
    return web.page('pages/conferences/series-list', model, {
      title: web.t('conferences.series.title'),
      layout: 'staff',
      section: 'conferences',
      breadcrumbs: [crumb(web)],
    });
  }

  @Get('new')
  @Staff('series', 'write', 'any')
  blank(@Web() web: WebContext): Promise<string> {
    return this.show(web, null, web.emptyForm());
  }

  @Post()
  @Staff('series', 'write', 'any')
  create(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newSeriesInput, body, {
      done: async (input) => {
        await this.series.create(input);
        return web.redirect('/org/series', { key: 'conferences.series.saved' });
      },
      again: (form) => this.show(web, null, form),
    });
  }

  @Get(':code')
  @Staff('series', 'write', 'any')
  async edit(@Web() web: WebContext, @Param('code') code: string): Promise<string> {
    const series = await this.series.byCode(code);
    return this.show(web, series, web.emptyForm({ ...series }));
  }

  @Post(':code')
  @Staff('series', 'write', 'any')
  async save(@Web() web: WebContext, @Param('code') code: string, @Body() body: unknown): Promise<string> {
    const series = await this.series.byCode(code);
    return web.form(seriesForm, body, {
      done: async ({ version, ...changes }) => {
        await this.series.edit({ id: series.id, version }, changes);
        return web.redirect('/org/series', { key: 'conferences.series.saved' });
      },
      again: async (form) => this.show(web, await this.series.byId(series.id), form),
    });
  }

  private show(web: WebContext, series: Series | null, form: FormView): Promise<string> {
    const model = { action: series ? `/org/series/${series.code}` : '/org/series', version: series?.version ?? '' };
    const breadcrumbs = [crumb(web), { label: web.t('conferences.series.title'), href: '/org/series' }];
    return web.page('pages/conferences/series', model, {
      title: web.t(series ? 'conferences.series.edit' : 'conferences.series.new'),
      layout: 'staff',
      section: 'conferences',
      form,
      breadcrumbs,
    });
  }
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('conferences.title'), href: '/org/conferences' };
}
