import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { ByToken } from '../../platform/web/policy.js';
import { matches } from '../../platform/web/published-answers.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { DriverCalendars } from './driver-calendars.service.js';
import type { Feed } from './feed.entity.js';
import { Feeds } from './feeds.service.js';
import type { KeptCalendar } from './kept-calendars.js';
import { PersonalCalendars } from './personal-calendars.service.js';
import { SharedCalendars } from './shared-calendars.service.js';

/** Calendars behind a secret address (CF1 to CF9). */
@ApiExcludeController()
@Controller('feed')
export class SecretFeedPages {
  constructor(
    private readonly feeds: Feeds,
    private readonly calendars: PersonalCalendars,
    private readonly shared: SharedCalendars,
    private readonly drivers: DriverCalendars,
  ) {}

  @Get(':token.ics')
  @ByToken('feed')
  async read(@Web() web: WebContext, @Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    void reply.headers({ 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' });
    const feed = await this.feeds.byToken(token);
    const { personId } = feed;
    const calendar = await this.calendarOf(feed, personId);
    await this.feeds.noteUse(feed, String(web.request.headers['user-agent'] ?? ''));
    await send(web, reply, calendar);
  }

  private calendarOf(feed: Feed, personId: string | null): Promise<KeptCalendar> {
    if (personId !== null) return this.calendars.of({ ...feed, personId });
    return feed.kind === 'driver' ? this.drivers.of(feed) : this.shared.of(feed);
  }
}

/** By hand, since `If-Modified-Since` does not count here: what somebody no longer chooses leaves no later time behind. */
async function send(web: WebContext, reply: FastifyReply, { file, gzip, br }: KeptCalendar): Promise<void> {
  const accepted = String(web.request.headers['accept-encoding'] ?? '');
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
  void reply.headers({
    etag: `"${file.tag}${encoding === 'identity' ? '' : `-${encoding}`}"`,
    'last-modified': file.lastModified.toUTCString(),
    'cache-control': 'private, no-cache',
    vary: 'Accept-Encoding',
    ...file.headers,
  });
  if (matches(web.request.headers['if-none-match'], undefined, file.tag, undefined)) return void (await reply.status(304).send());
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  await reply.header('content-type', file.contentType).send({ identity: file.body, gzip, br }[encoding]);
}
