import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Anyone, ByToken, SignedIn } from '../../platform/web/policy.js';
import type { FormView } from '../../platform/web/form.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { emailForm, passwordForm, signInForm } from './accounts.schemas.js';
import { nextPath } from './next-path.js';
import { shownForm } from './shown-form.js';
import { SignIns } from './sign-ins.service.js';
import { StaffPasswords } from './staff-passwords.service.js';

/** Where staff come in and go out. */
@Controller('staff')
export class StaffSignInPages {
  constructor(
    private readonly passwords: StaffPasswords,
    private readonly signIns: SignIns,
  ) {}

  @Get('sign-in')
  @Anyone()
  signInPage(@Web() web: WebContext, @Query('next') next: unknown): Promise<string> {
    return this.showSignIn(web, web.emptyForm({ next: nextPath(next) }));
  }

  @Post('sign-in')
  @Anyone()
  signIn(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(signInForm, body, {
      done: async ({ email, password, next }) => {
        const account = await this.passwords.check(email.address, password);
        await this.signIns.start(web, { kind: 'account', id: account.id });
        return web.redirect(home(next));
      },
      again: (form) => this.showSignIn(web, form),
    });
  }

  @Post('sign-out')
  @SignedIn('account')
  async signOut(@Web() web: WebContext): Promise<string> {
    await this.signIns.end(web);
    return web.redirect('/staff/sign-in', { key: 'accounts.signedOut' });
  }

  @Get('forgotten')
  @Anyone()
  forgottenPage(@Web() web: WebContext): Promise<string> {
    return this.showForgotten(web, web.emptyForm());
  }

  @Post('forgotten')
  @Anyone()
  forgotten(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emailForm, body, {
      done: async ({ email }) => {
        await this.passwords.forgotten(email.address);
        return web.redirect('/staff/sign-in', { key: 'accounts.forgotten.sent' });
      },
      again: (form) => this.showForgotten(web, form),
    });
  }

  @Get('password/:token')
  @ByToken('password')
  passwordPage(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    return this.showPassword(web, token, web.emptyForm());
  }

  @Post('password/:token')
  @ByToken('password')
  setPassword(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    return web.form(passwordForm, body, {
      done: async ({ password }) => {
        const account = await this.passwords.setByLink(token, password);
        await this.signIns.start(web, { kind: 'account', id: account.id });
        return web.redirect('/staff/profile', { key: 'accounts.password.set' });
      },
      again: (form) => this.showPassword(web, token, form),
    });
  }

  private showSignIn(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/staff-sign-in',
      {},
      { title: web.t('accounts.signIn.title'), layout: 'plain', form: shownForm(form), robots: 'none' },
    );
  }

  private showForgotten(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/staff-forgotten',
      {},
      { title: web.t('accounts.forgotten.title'), layout: 'plain', form, robots: 'none' },
    );
  }

  private async showPassword(web: WebContext, token: string, form: FormView): Promise<string> {
    const { state, account } = await this.passwords.openLink(token);
    return web.page(
      'pages/accounts/staff-password',
      { state, email: account.email, action: `/staff/password/${token}` },
      { title: web.t('accounts.password.title'), layout: 'plain', form: shownForm(form), robots: 'none' },
    );
  }
}

function home(next: string): string {
  return next === '/' ? '/org' : next;
}
