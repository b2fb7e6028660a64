import { Body, Controller, Get, Post } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { WHOLE_HOUSE, type Viewer } from '../../../platform/web/viewer.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { HOUSE_SETTINGS, VisaSettingsOfConferences } from './visa-settings.service.js';
import { DETAILS_DAYS, SCAN_DAYS } from './visa-terms.rules.js';
import { visaSettingsForm } from './visa.schemas.js';

const HERE = '/org/visa-settings';

/** What the letters of visits say about the host, and the terms of what they are made of: one page for the whole house. */
@ApiExcludeController()
@Controller('org/visa-settings')
export class HouseVisaSettingsPages {
  constructor(private readonly settings: VisaSettingsOfConferences) {}

  @Get()
  @Staff('visa', 'write', 'any')
  async page(@Web() web: WebContext): Promise<string> {
    checkHouse(web.viewer);
    return this.show(web, web.emptyForm({ ...(await this.settings.of(null)) }));
  }

  @Post()
  @Staff('visa', 'write', 'any')
  save(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    checkHouse(web.viewer);
    return web.form(visaSettingsForm, body, {
      done: async ({ version, ...input }) => {
        await this.settings.edit({ id: HOUSE_SETTINGS, version }, input);
        return web.redirect(HERE, { key: 'visa.settings.saved' });
      },
      again: (form) => this.show(web, form),
    });
  }

  private show(web: WebContext, form: FormView): Promise<string> {
    const model = {
      here: HERE,
      list: '/protocol',
      house: true,
      version: form.values['version'],
      details: DETAILS_DAYS,
      scan: SCAN_DAYS,
    };
    return web.page('pages/visa/settings', model, {
      title: web.t('visa.settings.house'),
      layout: 'staff',
      section: 'protocol',
      breadcrumbs: [{ label: web.t('visit.overview.title'), href: '/protocol' }],
      form,
    });
  }
}

/** Settings of the house belong to those who are officers of the whole house. Throws NotFound. */
export function checkHouse(viewer: Viewer): void {
  if (viewer.level('visa', WHOLE_HOUSE) !== 'write') throw new NotFound();
}
