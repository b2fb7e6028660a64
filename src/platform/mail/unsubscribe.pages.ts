import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../web/openapi-notes.js';
import { FromMailPrograms } from '../web/csrf.js';
import { ByToken } from '../web/policy.js';
import { Web, WebContext } from '../web/web-context.js';
import { Unsubscribing } from './unsubscribing.js';

/** Where a reader stops bulk mail: a page that asks, since mail scanners follow links, and a POST that does it. */
@ApiExcludeController()
@Controller('unsubscribe')
export class UnsubscribePages {
  constructor(private readonly unsubscribing: Unsubscribing) {}

  @Get(':token')
  @ByToken('unsubscribe')
  async ask(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    await this.unsubscribing.mailOf(token);
    return this.show(web, token, null);
  }

  /** Also the one click of mail programs (RFC 8058). Twice is once. */
  @Post(':token')
  @HttpCode(200)
  @FromMailPrograms()
  @ByToken('unsubscribe')
  async stop(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    await this.unsubscribing.stop(await this.unsubscribing.mailOf(token));
    return this.show(web, token, 'stopped');
  }

  @Post(':token/again')
  @HttpCode(200)
  @FromMailPrograms()
  @ByToken('unsubscribe')
  async again(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    await this.unsubscribing.again(await this.unsubscribing.mailOf(token));
    return this.show(web, token, 'again');
  }

  private show(web: WebContext, token: string, done: 'stopped' | 'again' | null): Promise<string> {
    const here = `/unsubscribe/${token}`;
    void web.reply.header('referrer-policy', 'no-referrer');
    const title = web.t(done === 'stopped' ? 'unsubscribe.stopped' : 'unsubscribe.title');
    return web.page('pages/mail/unsubscribe', { here, done }, { title, robots: 'none' });
  }
}
