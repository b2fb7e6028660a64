import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { AccountQueries } from './accounts.queries.js';
import { apiTokenInput, emptyForm, ownPasswordForm, profileForm, SCOPES } from './accounts.schemas.js';
import { Accounts } from './accounts.service.js';
import { ApiTokens } from './api-tokens.service.js';
import { PlaceNames } from './place-names.js';
import { shownForm } from './shown-form.js';
import { SignIns } from './sign-ins.service.js';
import { StaffPasswords } from './staff-passwords.service.js';

/** A member of staff's own things: name, language, password, signed-in browsers, API tokens. */
@Controller('staff/profile')
export class ProfilePages {
  constructor(
    private readonly accounts: Accounts,
    private readonly queries: AccountQueries,
    private readonly passwords: StaffPasswords,
    private readonly signIns: SignIns,
    private readonly tokens: ApiTokens,
    private readonly places: PlaceNames,
  ) {}

  @Get()
  @SignedIn('account')
  profilePage(@Web() web: WebContext): Promise<string> {
    return this.showProfile(web);
  }

  @Post()
  @SignedIn('account')
  editProfile(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(profileForm, body, {
      done: async ({ version, ...changes }) => {
        await this.accounts.editProfile({ id: web.viewer.id, version }, changes);
        return web.redirect('/staff/profile', { key: 'accounts.profile.saved' });
      },
      again: (form) => this.showProfile(web, form),
    });
  }

  @Post('sign-ins/:id/end')
  @SignedIn('account')
  async endSignIn(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    if (!(await this.signIns.revoke({ kind: 'account', id: web.viewer.id }, id))) throw new NotFound();
    return web.redirect('/staff/profile', { key: 'accounts.profile.signInEnded' });
  }

  @Get('password')
  @SignedIn('account')
  passwordPage(@Web() web: WebContext): Promise<string> {
    return this.showPassword(web, web.emptyForm());
  }

  @Post('password')
  @SignedIn('account')
  changePassword(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(ownPasswordForm, body, {
      done: async ({ current, password }) => {
        await this.passwords.change(web.viewer.id, current, password);
        await this.signIns.start(web, { kind: 'account', id: web.viewer.id });
        return web.redirect('/staff/profile', { key: 'accounts.password.set' });
      },
      again: (form) => this.showPassword(web, form),
    });
  }

  @Get('tokens')
  @SignedIn('account')
  tokensPage(@Web() web: WebContext): Promise<string> {
    return this.showTokens(web, web.emptyForm({ days: '90' }));
  }

  /** The secret is in this answer and nowhere else, so there is no redirect. */
  @Post('tokens')
  @SignedIn('account')
  @HttpCode(200)
  createToken(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(apiTokenInput, body, {
      done: async (input) => {
        const { token } = await this.tokens.create(web.viewer.id, input);
        return web.page(
          'pages/accounts/token-created',
          { token },
          { title: web.t('accounts.tokens.created'), layout: 'staff', breadcrumbs: [crumb(web)] },
        );
      },
      again: (form) => this.showTokens(web, form),
    });
  }

  @Post('tokens/:id/revoke')
  @SignedIn('account')
  revokeToken(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        await this.tokens.revoke(web.viewer.id, id);
        return web.redirect('/staff/profile/tokens', { key: 'accounts.tokens.revoked' });
      },
      again: (form) => this.showTokens(web, form),
    });
  }

  private async showProfile(web: WebContext, form?: FormView): Promise<string> {
    const { id, signInId } = web.viewer;
    const account = await this.queries.byId(id);
    if (!account) throw new NotFound();
    const [grants, signIns] = await Promise.all([this.queries.grantsOf(id), this.signIns.of({ kind: 'account', id })]);
    return web.page(
      'pages/accounts/profile',
      {
        version: account.version,
        email: account.email,
        roles: await this.places.describe(web.locale, grants),
        signIns: signIns.map((one) => ({
          id: one.id,
          agent: one.agent,
          createdAt: one.createdAt,
          seenAt: one.seenAt,
          here: one.id === signInId,
        })),
      },
      {
        title: web.t('accounts.profile.title'),
        layout: 'staff',
        form: form ?? web.emptyForm({ name: account.name, locale: account.locale }),
      },
    );
  }

  private showPassword(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/own-password',
      {},
      { title: web.t('accounts.password.change'), layout: 'staff', form: shownForm(form), breadcrumbs: [crumb(web)] },
    );
  }

  private async showTokens(web: WebContext, form: FormView): Promise<string> {
    const tokens = await this.tokens.of(web.viewer.id);
    return web.page(
      'pages/accounts/tokens',
      {
        tokens: tokens.map(({ id, name, prefix, scopes, expiresAt, lastUsedAt }) => ({
          id,
          name,
          prefix,
          scopes: scopes.join(', '),
          expiresAt,
          lastUsedAt,
        })),
        scopes: SCOPES.map((scope) => ({ value: scope, label: scope })),
      },
      { title: web.t('accounts.tokens.title'), layout: 'staff', form, breadcrumbs: [crumb(web)] },
    );
  }
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('accounts.profile.title'), href: '/staff/profile' };
}
