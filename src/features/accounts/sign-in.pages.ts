import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import { LOCALES } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Secrets } from '../../platform/runtime/secrets.js';
import { cookieName, isSecure } from '../../platform/web/cookies.js';
import type { FormView } from '../../platform/web/form.js';
import { Anyone, ByToken, SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { codeForm, emailNextForm, nextForm } from './accounts.schemas.js';
import { nextPath } from './next-path.js';
import { PersonSignIn } from './person-sign-in.service.js';
import { shownForm } from './shown-form.js';
import { SignIns } from './sign-ins.service.js';

const HALF_HOUR_SECONDS = 1800;

/** Where delegates come in and go out: by a link or a code, without a password. */
@Controller([...LOCALES])
export class SignInPages {
  private readonly cookie: { name: string; secure: boolean };

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly secrets: Secrets,
    private readonly people: PersonSignIn,
    private readonly signIns: SignIns,
  ) {
    this.cookie = { name: cookieName(config, 'asked'), secure: isSecure(config) };
  }

  @Get('sign-in')
  @Anyone()
  signInPage(@Web() web: WebContext, @Query('next') next: unknown): Promise<string> {
    return this.showSignIn(web, web.emptyForm({ next: nextPath(next) }));
  }

  @Post('sign-in')
  @Anyone()
  ask(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emailNextForm, body, {
      done: async ({ email, next }) => {
        await this.people.ask(email, web.locale, next);
        return this.toCode(web, email.address, next);
      },
      again: (form) => this.showSignIn(web, form),
    });
  }

  @Get('sign-in/code')
  @Anyone()
  codePage(@Web() web: WebContext): Promise<string> {
    return this.showCode(web, web.emptyForm(this.asked(web)));
  }

  @Post('sign-in/code')
  @Anyone()
  useCode(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(codeForm, body, {
      done: async ({ email, code, next }) => this.enter(web, await this.people.useCode(email, code), next),
      again: (form) => this.showCode(web, form),
    });
  }

  @Get('link/:token')
  @ByToken('sign-in')
  linkPage(@Web() web: WebContext, @Param('token') token: string, @Query('next') next: unknown): Promise<string> {
    return this.showLink(web, token, nextPath(next));
  }

  @Post('link/:token')
  @ByToken('sign-in')
  useLink(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    return web.form(nextForm, body, {
      done: ({ next }) => this.enterByLink(web, token, next),
      again: () => this.showLink(web, token, '/'),
    });
  }

  @Post('link/:token/again')
  @ByToken('sign-in')
  renew(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    return web.form(nextForm, body, {
      done: async ({ next }) => {
        await this.people.renew(token, web.locale, next);
        return this.toCode(web, '', next);
      },
      again: () => this.showLink(web, token, '/'),
    });
  }

  @Post('sign-out')
  @SignedIn('person')
  async signOut(@Web() web: WebContext): Promise<string> {
    await this.signIns.end(web);
    return web.redirect(`/${web.locale}/sign-in`, { key: 'accounts.signedOut' });
  }

  /** Used or expired is no fault of the visitor's: the page of the link says so and offers a new one. */
  private async enterByLink(web: WebContext, token: string, next: string): Promise<string> {
    try {
      return await this.enter(web, await this.people.useLink(token), next);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
      void web.reply.status(error.status);
      return this.showLink(web, token, next);
    }
  }

  private async enter(web: WebContext, personId: string, next: string): Promise<string> {
    await this.signIns.start(web, { kind: 'person', id: personId });
    void web.reply.clearCookie(this.cookie.name, { path: '/', secure: this.cookie.secure });
    return web.redirect(next === '/' ? `/${web.locale}/my` : next);
  }

  /** The typed address goes along in a signed cookie: addresses of pages are logged by others, cookies are not. */
  private toCode(web: WebContext, email: string, next: string): string {
    void web.reply.setCookie(this.cookie.name, this.secrets.signed('asked', JSON.stringify({ email, next })), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.cookie.secure,
      maxAge: HALF_HOUR_SECONDS,
    });
    return web.redirect(`/${web.locale}/sign-in/code`);
  }

  private asked(web: WebContext): { email: string; next: string } {
    const text = this.secrets.verified('asked', web.request.cookies[this.cookie.name]);
    return text ? (JSON.parse(text) as { email: string; next: string }) : { email: '', next: '/' };
  }

  private showSignIn(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/sign-in',
      {},
      { title: web.t('accounts.personSignIn.title'), form: shownForm(form), robots: 'none' },
    );
  }

  private showCode(web: WebContext, form: FormView): Promise<string> {
    return web.page(
      'pages/accounts/code',
      {},
      { title: web.t('accounts.code.title'), form: shownForm(form), robots: 'none' },
    );
  }

  private async showLink(web: WebContext, token: string, next: string): Promise<string> {
    const { state, email } = await this.people.open(token);
    return web.page(
      'pages/accounts/link',
      { state, email, next, action: `/${web.locale}/link/${token}` },
      { title: web.t(state === 'valid' ? 'accounts.link.title' : `accounts.link.${state}.title`), robots: 'none' },
    );
  }
}
