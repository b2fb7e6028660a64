import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Answers } from '../../platform/web/api.js';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Visits } from '../visits/index.js';
import { SharedFeedsApi } from './feeds.api.js';
import { feedList, feedQuery, newFeedOut, shareForm } from './feeds.schemas.js';
import { SharedFeeds, type FeedKeeper } from './shared-feeds.service.js';

/** Calendars of one visit. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/feeds')
export class VisitFeedsApi extends SharedFeedsApi {
  constructor(
    @Inject(CONFIG) config: Config,
    feeds: SharedFeeds,
    private readonly visits: Visits,
  ) {
    super(config, feeds);
  }

  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(feedList)
  async all(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: feedQuery }) query: z.output<typeof feedQuery>,
  ) {
    return this.list(await this.keeperOf(web, ref), query);
  }

  @Post()
  @Staff('visit', 'count', 'any')
  @Answers(newFeedOut, { status: 201 })
  async open(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: shareForm }) input: z.output<typeof shareForm>,
  ) {
    return this.share(await this.keeperOf(web, ref), input);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('visit', 'count', 'any')
  @Answers(newFeedOut)
  async renew(@Web() web: WebContext, @Param('ref') ref: string, @Param('feed') id: string) {
    return this.rotate(await this.keeperOf(web, ref), id);
  }

  @Delete(':feed')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async close(@Web() web: WebContext, @Param('ref') ref: string, @Param('feed') id: string): Promise<void> {
    await this.revoke(await this.keeperOf(web, ref), id);
  }

  private async keeperOf(web: WebContext, ref: string): Promise<FeedKeeper> {
    return { kind: 'visit', id: (await this.visits.open(web.viewer, ref, 'write')).id };
  }
}
