import { Body, Controller, Get, Post } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { limitsForm } from '../programme.schemas.js';
import { Programmes } from '../programmes.service.js';
import { base, frame } from '../staff-pages.js';
import { LIMITS, limitsOf } from './limits.rules.js';

/** The minutes by which a programme counts its conflicts. */
@Controller('org/c/:conf/conflict-limits')
export class LimitsPages {
  constructor(private readonly programmes: Programmes) {}

  @Get()
  @Staff('programme', 'write')
  async show(@Web() web: WebContext): Promise<string> {
    const { limits } = await this.programmes.ofOwner(web.conference.id);
    return this.page(web, web.emptyForm({ ...limitsOf(limits) }));
  }

  @Post()
  @Staff('programme', 'write')
  async save(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const { id } = await this.programmes.ofOwner(web.conference.id);
    return web.form(limitsForm, body, {
      done: async ({ version, ...limits }) => {
        await this.programmes.changeLimits({ id, version }, limits);
        return web.redirect(`${base(web)}/conflicts`, { key: 'programme.notice.saved' });
      },
      again: (form) => this.page(web, form),
    });
  }

  private async page(web: WebContext, form: FormView): Promise<string> {
    const { version } = await this.programmes.ofOwner(web.conference.id);
    const back = `${base(web)}/conflicts`;
    const crumbs = [{ label: web.t('programme.conflicts'), href: back }];
    const model = { limits: LIMITS, version, back, action: `${base(web)}/conflict-limits` };
    return web.page('pages/programme/limits', model, frame(web, web.t('programme.limits.title'), { form, crumbs }));
  }
}
