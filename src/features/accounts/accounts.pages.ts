import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ROLES } from './access.rules.js';
import { AccountQueries, type AccountWithGrants } from './accounts.queries.js';
import { activityForm, emptyForm, grantForm, inviteForm } from './accounts.schemas.js';
import { Accounts } from './accounts.service.js';
import { PlaceNames } from './place-names.js';

const LIMIT = 100;
const HERE = '/admin/accounts';

/** The administrator's pages of staff accounts. */
@Controller('admin/accounts')
export class AdminAccountsPages {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountQueries,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @Staff('account', 'read', 'any')
  async list(@Web() web: WebContext, @Query('after') after: unknown): Promise<string> {
    const rows = await this.queries.list({ limit: LIMIT, ...(typeof after === 'string' ? { after } : {}) });
    const { items, next } = pageOf(rows, LIMIT, (account) => account.id);
    return web.page(
      'pages/accounts/list',
      {
        accounts: await Promise.all(items.map((account) => this.row(web, account))),
        older: next ? `${HERE}?after=${next}` : null,
      },
      { title: web.t('accounts.list.title'), layout: 'staff', section: 'admin' },
    );
  }

  @Get('new')
  @Staff('account', 'write', 'any')
  inviting(@Web() web: WebContext): Promise<string> {
    return this.showInvite(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @Staff('account', 'write', 'any')
  invite(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(inviteForm, body, {
      done: async ({ email, name, locale, role, conference }) => {
        const id = await this.accounts.invite(web.viewer, {
          email: email.address,
          name,
          locale,
          grants: [{ role, conferenceId: conference }],
        });
        return web.redirect(`${HERE}/${id}`, { key: 'accounts.invite.sent' });
      },
      again: (form) => this.showInvite(web, form),
    });
  }

  @Get(':id')
  @Staff('account', 'read', 'any')
  account(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.showAccount(web, id, web.emptyForm());
  }

  @Post(':id/grants')
  @Staff('account', 'write', 'any')
  grant(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return web.form(grantForm, body, {
      done: async ({ role, conference, version }) => {
        await this.accounts.grant(web.viewer, { id, version }, { role, conferenceId: conference });
        return web.redirect(`${HERE}/${id}`, { key: 'accounts.roles.saved' });
      },
      again: (form) => this.showAccount(web, id, form),
    });
  }

  @Post(':id/revocations')
  @Staff('account', 'write', 'any')
  revoke(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return web.form(grantForm, body, {
      done: async ({ role, conference, version }) => {
        await this.accounts.revoke(web.viewer, { id, version }, { role, conferenceId: conference });
        return web.redirect(`${HERE}/${id}`, { key: 'accounts.roles.saved' });
      },
      again: (form) => this.showAccount(web, id, form),
    });
  }

  @Post(':id/deactivation')
  @Staff('account', 'write', 'any')
  deactivate(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.setActive(web, id, body, false);
  }

  @Post(':id/activation')
  @Staff('account', 'write', 'any')
  activate(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.setActive(web, id, body, true);
  }

  @Post(':id/invitation')
  @Staff('account', 'write', 'any')
  inviteAgain(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        await this.accounts.inviteAgain(id);
        return web.redirect(`${HERE}/${id}`, { key: 'accounts.invite.sent' });
      },
      again: (form) => this.showAccount(web, id, form),
    });
  }

  private setActive(web: WebContext, id: string, body: unknown, active: boolean): Promise<string> {
    return web.form(activityForm, body, {
      done: async ({ version }) => {
        await this.accounts.setActive(web.viewer, { id, version }, active);
        return web.redirect(`${HERE}/${id}`, { key: active ? 'accounts.activity.opened' : 'accounts.activity.closed' });
      },
      again: (form) => this.showAccount(web, id, form),
    });
  }

  private async showInvite(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/invite',
      { roles: ROLES, places: await this.places.places(web.locale) },
      { title: web.t('accounts.invite.title'), layout: 'staff', section: 'admin', form, breadcrumbs: [crumb(web)] },
    );
  }

  private async showAccount(web: WebContext, id: string, form: FormView): Promise<string> {
    const [account] = await this.queries.withGrants({ id }, 1);
    if (!account) throw new NotFound();
    return web.page(
      'pages/accounts/account',
      {
        account: await this.row(web, account),
        own: account.id === web.viewer.id,
        roles: ROLES,
        places: await this.places.places(web.locale),
      },
      { title: account.name, layout: 'staff', section: 'admin', form, breadcrumbs: [crumb(web)] },
    );
  }

  private async row(web: WebContext, account: AccountWithGrants): Promise<Record<string, unknown>> {
    const { id, name, email, locale, version, createdAt } = account;
    return {
      id,
      name,
      email,
      locale,
      version,
      createdAt,
      state: stateOf(account),
      grants: await this.places.describe(web.locale, account.grants),
    };
  }
}

/** `invited` until the first password, `closed` when nobody may sign in to it. */
export function stateOf(account: { active: boolean; passwordHash: string | null }): 'active' | 'invited' | 'closed' {
  if (!account.active) return 'closed';
  return account.passwordHash === null ? 'invited' : 'active';
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('accounts.list.title'), href: HERE };
}
