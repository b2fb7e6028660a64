import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '../web/openapi-notes.js';
import type { z } from 'zod';
import { Answers, pageOf } from '../web/api.js';
import { Staff } from '../web/policy.js';
import { Web, WebContext } from '../web/web-context.js';
import { ConferenceOutbox } from './conference-outbox.js';
import { OutboxQueries } from './outbox.queries.js';
import { batchForm, heldBatches, mailCount, mailList, mailListQuery, mailOut } from './outbox.schemas.js';

type Held = z.output<typeof batchForm>;

/** The mails of a conference: sent, waiting, and held back until somebody confirms their number. */
@ApiTags('mails')
@Controller('api/v1/conferences/:conf/mails')
export class OutboxApi {
  constructor(
    private readonly outbox: ConferenceOutbox,
    private readonly queries: OutboxQueries,
  ) {}

  @Get()
  @Staff('outbox', 'read')
  @Answers(mailList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: mailListQuery }) { limit, after, ...filter }: z.output<typeof mailListQuery>,
  ): Promise<object> {
    return pageOf(
      await this.queries.list(web.conference.id, filter, { limit, after: after ?? null }),
      limit,
      ({ id }) => id,
    );
  }

  /** What waits for a confirmation, and how many mails each batch holds. */
  @Get('batches')
  @Staff('outbox', 'read')
  @Answers(heldBatches)
  async batches(@Web() web: WebContext): Promise<object> {
    return { items: await this.queries.heldBatches(web.conference.id) };
  }

  @Get(':mail')
  @Staff('outbox', 'read')
  @Answers(mailOut)
  one(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    return this.outbox.mail(web.conference.id, id);
  }

  /** Sends a batch to as many people as `count` says; another number is answered 409 with `current.count`. */
  @Post('sendings')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(mailCount)
  async send(@Web() web: WebContext, @Body({ schema: batchForm }) { batch, count }: Held): Promise<object> {
    await this.outbox.send(web.conference.id, batch, count);
    return { count };
  }

  /** Discards a batch; `count` as in `sendings`. */
  @Post('discards')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(mailCount)
  async discard(@Web() web: WebContext, @Body({ schema: batchForm }) { batch, count }: Held): Promise<object> {
    await this.outbox.discard(web.conference.id, batch, count);
    return { count };
  }

  /** Takes one held mail out of its batch. */
  @Post(':mail/discard')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(mailOut)
  discardOne(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    return this.outbox.discardOne(web.conference.id, id);
  }

  /** Tries a failed mail again, with the same bytes. */
  @Post(':mail/retries')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(mailOut)
  retry(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    return this.outbox.retry(web.conference.id, id);
  }
}
