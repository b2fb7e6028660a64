import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Visits } from '../visits/index.js';
import { SharedFeeds } from './shared-feeds.service.js';
import { blank, SharedFeedsPages, type Place } from './shared-feeds.pages.js';

/** Calendars of one visit: for the guest side, for its hosts and interpreters. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/feeds')
export class VisitFeedsPages extends SharedFeedsPages {
  constructor(
    @Inject(CONFIG) config: Config,
    feeds: SharedFeeds,
    private readonly visits: Visits,
  ) {
    super(config, feeds);
  }

  @Get()
  @Staff('visit', 'count', 'any')
  async page(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.show(web, await this.placeOf(web, ref), blank(web));
  }

  @Post()
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  async open(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.share(web, await this.placeOf(web, ref), body);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  async renew(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('feed') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.rotate(web, await this.placeOf(web, ref), id, body);
  }

  @Post(':feed/revocation')
  @Staff('visit', 'count', 'any')
  async close(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('feed') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.revoke(web, await this.placeOf(web, ref), id, body);
  }

  private async placeOf(web: WebContext, ref: string): Promise<Place> {
    const { id, title } = await this.visits.open(web.viewer, ref, 'write');
    const here = `/protocol/visits/${ref}`;
    const breadcrumbs = [
      { label: `${ref} ${pickText(title, web.locale).text}`, href: here },
      { label: web.t('visit.room.programme'), href: `${here}/programme` },
    ];
    return { keeper: { kind: 'visit', id }, here: `${here}/feeds`, breadcrumbs, section: 'protocol' };
  }
}
