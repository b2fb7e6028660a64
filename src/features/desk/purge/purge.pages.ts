import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LegalHolds } from '../../../platform/purge/legal-holds.service.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { PurgeDesk } from './purge-desk.js';
import { HOLD_KINDS, holdForm, nothingForm } from './purge.schemas.js';

const HERE = '/admin/purge';

/** What will be deleted within seven days, with counts only, and the legal holds that keep something longer. */
@ApiExcludeController()
@Controller('admin/purge')
export class PurgePages {
  constructor(
    private readonly desk: PurgeDesk,
    private readonly holds: LegalHolds,
    private readonly accounts: Accounts,
  ) {}

  @Get()
  @Staff('privacy', 'write', 'any')
  async page(@Web() web: WebContext): Promise<string> {
    return this.show(web, web.emptyForm({ kind: 'visit' }));
  }

  @Post('holds')
  @Staff('privacy', 'write', 'any')
  place(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(holdForm, body, {
      done: async (input) => {
        await this.holds.place(input);
        return web.redirect(HERE, { key: 'purge.done.placed' });
      },
      again: (form) => this.show(web, form),
    });
  }

  @Post('holds/:hold/lifting')
  @Staff('privacy', 'write', 'any')
  lift(@Web() web: WebContext, @Param('hold') id: string, @Body() body: unknown): Promise<string> {
    return web.form(nothingForm, body, {
      done: async () => {
        await this.holds.lift(id);
        return web.redirect(HERE, { key: 'purge.done.lifted' });
      },
      again: (form) => this.show(web, form),
    });
  }

  private async show(web: WebContext, form: FormView): Promise<string> {
    const { until, waits, lastRun, items } = await this.desk.plan();
    const holds = await this.desk.current();
    const authors = await this.accounts.byIds(holds.flatMap(({ hold }) => hold.authorId ?? []));
    const model = {
      here: HERE,
      until,
      waits,
      lastRun,
      items: items.map((item) => ({ ...item, key: item.name.replaceAll(' ', '_') })),
      holds: holds.map(({ hold, subject }) => ({
        ...hold,
        subject,
        author: authors.get(hold.authorId ?? '')?.name ?? null,
      })),
      kinds: HOLD_KINDS,
    };
    return web.page('pages/desk/purge', model, {
      title: web.t('purge.title'),
      layout: 'staff',
      section: 'admin',
      form,
    });
  }
}
