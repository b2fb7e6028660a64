import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { localDay } from '../../../kernel/zones.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { FormView } from '../../../platform/web/form.js';
import type { PageOptions } from '../../../platform/web/page-options.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { EntryRules } from './entry-rules.service.js';
import { ENTRY_OUTCOMES, ENTRY_POINTS, PASSPORT_TYPES } from './entry.rules.js';
import { nothingForm, ruleEditForm, ruleForm } from './visa.schemas.js';

const HERE = '/org/visa-rules';

/** Who needs a visa: the table of the whole house, with the day on which each line was last compared with the law. */
@ApiExcludeController()
@Controller('org/visa-rules')
export class EntryRulesPages {
  constructor(
    private readonly clock: Clock,
    private readonly rules: EntryRules,
  ) {}

  @Get()
  @Staff('entry', 'read', 'any')
  list(@Web() web: WebContext): Promise<string> {
    return this.showList(web, web.emptyForm());
  }

  @Post('proposal')
  @Staff('entry', 'write', 'any')
  propose(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(nothingForm, body, {
      done: async () => {
        await this.rules.propose();
        return web.redirect(HERE, { key: 'visa.rules.proposed' });
      },
      again: (form) => this.showList(web, form),
    });
  }

  @Get('new')
  @Staff('entry', 'write', 'any')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showForm(
      web,
      web.emptyForm({ outcome: 'not_needed', checkedOn: localDay(this.clock.now(), 'Europe/Minsk') }),
    );
  }

  @Post()
  @Staff('entry', 'write', 'any')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(ruleForm, body, {
      done: async (input) => {
        await this.rules.add(input);
        return web.redirect(HERE, { key: 'visa.rules.saved' });
      },
      again: (form) => this.showForm(web, form),
    });
  }

  @Get(':rule')
  @Staff('entry', 'write', 'any')
  async one(@Web() web: WebContext, @Param('rule') id: string): Promise<string> {
    const rule = await this.rules.byId(id);
    return this.showForm(web, web.emptyForm({ ...rule, citizenships: rule.citizenships.join(' ') }), rule);
  }

  @Post(':rule')
  @Staff('entry', 'write', 'any')
  async save(@Web() web: WebContext, @Param('rule') id: string, @Body() body: unknown): Promise<string> {
    const rule = await this.rules.byId(id);
    return web.form(ruleEditForm, body, {
      done: async ({ version, ...input }) => {
        await this.rules.edit({ id, version }, input);
        return web.redirect(HERE, { key: 'visa.rules.saved' });
      },
      again: (form) => this.showForm(web, form, rule),
    });
  }

  @Post(':rule/removal')
  @Staff('entry', 'write', 'any')
  async remove(@Web() web: WebContext, @Param('rule') id: string, @Body() body: unknown): Promise<string> {
    return web.form(nothingForm, body, {
      done: async () => {
        await this.rules.remove(id);
        return web.redirect(HERE, { key: 'visa.rules.removed' });
      },
      again: (form) => this.showList(web, form),
    });
  }

  private async showList(web: WebContext, form: FormView): Promise<string> {
    const rules = await this.rules.list();
    const model = {
      here: HERE,
      rules,
      unconfirmed: rules.some(({ confirmed }) => !confirmed),
      mayEdit: web.viewer.level('entry', null) === 'write',
    };
    return web.page('pages/visa/rules', model, { ...frame(web, 'visa.rules.title'), form });
  }

  private showForm(web: WebContext, form: FormView, rule?: { id: string; version: number }): Promise<string> {
    const choices = { outcomes: ENTRY_OUTCOMES, passportTypes: PASSPORT_TYPES, entryPoints: ENTRY_POINTS };
    const options = frame(web, rule ? 'visa.rules.one' : 'visa.rules.new');
    return web.page(
      'pages/visa/rule',
      { here: rule ? `${HERE}/${rule.id}` : HERE, list: HERE, rule, choices },
      { ...options, breadcrumbs: [{ label: web.t('visa.rules.title'), href: HERE }], form },
    );
  }
}

function frame(web: WebContext, title: string): PageOptions {
  return { title: web.t(title), layout: 'staff', section: 'conferences' };
}
