import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Answers, behind, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { feedList, feedQuery, newFeedOut, shareForm } from './feeds.schemas.js';
import { SharedFeeds, type FeedKeeper } from './shared-feeds.service.js';
import { subscriptionLinks } from './subscription-links.js';

type ListQuery = z.output<typeof feedQuery>;
type Share = z.output<typeof shareForm>;

const HOUSE: FeedKeeper = { kind: 'house' };

function of(web: WebContext): FeedKeeper {
  return { kind: 'conference', id: web.conference.id };
}

/** What all kinds of addresses answer. */
export abstract class SharedFeedsApi {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly feeds: SharedFeeds,
  ) {}

  protected async list(keeper: FeedKeeper, { limit, after }: ListQuery) {
    const open = await this.feeds.open(keeper);
    return pageOf(
      behind(open, after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  protected async share(keeper: FeedKeeper, input: Share) {
    return this.shown(await this.feeds.share(keeper, input));
  }

  protected async rotate(keeper: FeedKeeper, id: string) {
    return this.shown(await this.feeds.rotate(keeper, id));
  }

  protected revoke(keeper: FeedKeeper, id: string): Promise<void> {
    return this.feeds.revoke(keeper, id);
  }

  private shown({ feed, token }: Awaited<ReturnType<SharedFeeds['share']>>) {
    return { ...feed, address: subscriptionLinks(this.config.publicUrl, token, '').address };
  }
}

@ApiTags('feeds')
@Controller('api/v1/conferences/:conf/feeds')
export class ConferenceFeedsApi extends SharedFeedsApi {
  @Get()
  @Staff('programme', 'write')
  @Answers(feedList)
  all(@Web() web: WebContext, @Query({ schema: feedQuery }) query: ListQuery) {
    return this.list(of(web), query);
  }

  @Post()
  @Staff('programme', 'write')
  @Answers(newFeedOut, { status: 201 })
  open(@Web() web: WebContext, @Body({ schema: shareForm }) input: Share) {
    return this.share(of(web), input);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(newFeedOut)
  renew(@Web() web: WebContext, @Param('feed') id: string) {
    return this.rotate(of(web), id);
  }

  @Delete(':feed')
  @HttpCode(204)
  @Staff('programme', 'write')
  close(@Web() web: WebContext, @Param('feed') id: string): Promise<void> {
    return this.revoke(of(web), id);
  }
}

@ApiTags('feeds')
@Controller('api/v1/feeds')
export class HouseFeedsApi extends SharedFeedsApi {
  @Get()
  @Staff('venue', 'write', 'any')
  @Answers(feedList)
  all(@Query({ schema: feedQuery }) query: ListQuery) {
    return this.list(HOUSE, query);
  }

  @Post()
  @Staff('venue', 'write', 'any')
  @Answers(newFeedOut, { status: 201 })
  open(@Body({ schema: shareForm }) input: Share) {
    return this.share(HOUSE, input);
  }

  @Post(':feed/rotation')
  @HttpCode(200)
  @Staff('venue', 'write', 'any')
  @Answers(newFeedOut)
  renew(@Param('feed') id: string) {
    return this.rotate(HOUSE, id);
  }

  @Delete(':feed')
  @HttpCode(204)
  @Staff('venue', 'write', 'any')
  close(@Param('feed') id: string): Promise<void> {
    return this.revoke(HOUSE, id);
  }
}
