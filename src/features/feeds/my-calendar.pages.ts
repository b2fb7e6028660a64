import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { LOCALES } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { emptyForm } from './feeds.schemas.js';
import { Feeds } from './feeds.service.js';
import { subscriptionLinks } from './subscription-links.js';

/** Where a person makes, changes and ends the secret address of their calendar. */
@Controller([...LOCALES])
export class MyCalendarPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly feeds: Feeds,
  ) {}

  @Get('my/calendar')
  @SignedIn('person')
  page(@Web() web: WebContext): Promise<string> {
    return this.show(web, web.emptyForm());
  }

  /** Shows the address in the answer itself and never again: it is in no redirect, and only its hash is kept. */
  @Post('my/calendar')
  @HttpCode(200)
  @SignedIn('person')
  make(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        return this.show(web, web.emptyForm(), await this.feeds.renew(web.viewer.id, web.locale));
      },
      again: (form) => this.show(web, form),
    });
  }

  @Post('my/calendar/revoke')
  @SignedIn('person')
  revoke(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        await this.feeds.revoke(web.viewer.id);
        return web.redirect(`/${web.locale}/my/calendar`, { key: 'feeds.revoked' });
      },
      again: (form) => this.show(web, form),
    });
  }

  /** The way from the tasks of a registration: there is one calendar for all of them. */
  @Get('my/:reg/calendar')
  @SignedIn('person')
  fromTask(@Web() web: WebContext): string {
    return web.redirect(`/${web.locale}/my/calendar`);
  }

  private async show(web: WebContext, form: FormView, token?: string): Promise<string> {
    const feed = await this.feeds.ofPerson(web.viewer.id);
    const { publicUrl } = this.config;
    const title = web.t('feeds.title');
    const links = token && subscriptionLinks(publicUrl, token, web.t('feeds.mine'));
    if (token) void web.reply.header('referrer-policy', 'no-referrer');
    const my = { label: web.t('registration.my.title'), href: `/${web.locale}/my` };
    const model = { here: `/${web.locale}/my/calendar`, links: links ?? null, feed: feed && { createdAt: feed.createdAt, lastUsedAt: feed.lastUsedAt, lastAgent: feed.lastAgent } };
    return web.page('pages/feeds/my-calendar', model, { title, form, robots: 'none', breadcrumbs: [my] });
  }
}
