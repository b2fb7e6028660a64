import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Conferences, type Conference } from '../conferences/index.js';
import type { Recipient } from './audience.rules.js';
import { MailingDeliveries, type MailingDelivery } from './mailing-deliveries.service.js';
import type { Mailing } from './mailing.entity.js';
import {
  deliveryList,
  leftOutInput,
  mailingForm,
  mailingList,
  mailingOut,
  mailingQuery,
  previewOut,
  queuedOut,
  queueInput,
  recipientsApiQuery,
  resendForm,
  resentOut,
} from './mailings.schemas.js';
import { Mailings } from './mailings.service.js';

type Text = z.output<typeof mailingForm>;

@ApiTags('mailings')
@Controller('api/v1/conferences/:conf/mailings')
export class MailingsApi {
  constructor(
    private readonly conferences: Conferences,
    private readonly mailings: Mailings,
    private readonly deliveries: MailingDeliveries,
  ) {}

  @Get()
  @Staff('outbox', 'read')
  @Answers(mailingList)
  async list(@Web() web: WebContext, @Query({ schema: mailingQuery }) { limit, after }: z.output<typeof mailingQuery>) {
    return pageOf(
      behind(await this.mailings.all(web.conference.id), after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  @Get(':mailing')
  @Staff('outbox', 'read')
  @Answers(mailingOut)
  async get(@Web() web: WebContext, @Param('mailing') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, await this.mailings.one(web.conference.id, id));
  }

  @Post()
  @Staff('outbox', 'write')
  @Answers(mailingOut, { status: 201 })
  async write(
    @Web() web: WebContext,
    @Body({ schema: mailingForm }) text: Text,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.mailings.write(web.conference.id, text));
  }

  @Put(':mailing')
  @Staff('outbox', 'write')
  @Answers(mailingOut)
  async edit(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Body({ schema: mailingForm }) text: Text,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.mailings.edit(web.conference.id, { id, version: versionFrom(request) }, text));
  }

  @Delete(':mailing')
  @HttpCode(204)
  @Staff('outbox', 'write')
  remove(@Web() web: WebContext, @Param('mailing') id: string, @Req() request: FastifyRequest): Promise<void> {
    return this.mailings.remove(web.conference.id, { id, version: versionFrom(request) });
  }

  /** Whom it reaches now, and each letter as it would be made, those likeliest to look wrong first. */
  @Get(':mailing/preview')
  @Staff('outbox', 'read')
  @Answers(previewOut)
  async preview(@Web() web: WebContext, @Param('mailing') id: string) {
    const mailing = await this.mailings.one(web.conference.id, id);
    const found = await this.mailings.preview(await this.conference(web), mailing);
    return {
      count: found.letters.length,
      lacking: found.lacking.map(({ recipient, missing }) => ({ ...someone(recipient), missing })),
      withoutAddress: found.withoutAddress.map(someone),
      unreachable: found.unreachable.map(someone),
      leftOut: found.leftOut.map(someone),
      letters: found.letters.map(({ recipient, locale, subject, body }) => ({
        publicId: recipient.publicId,
        locale,
        subject,
        body,
      })),
    };
  }

  /** Makes the mails, which wait in the outbox; `count` is the number that was seen. */
  @Post(':mailing/queue')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(queuedOut)
  async queue(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Body({ schema: queueInput }) { count }: z.output<typeof queueInput>,
    @Req() request: FastifyRequest,
  ) {
    const batch = await this.mailings.queue(await this.conference(web), { id, version: versionFrom(request) }, count);
    return { batch, count };
  }

  /** What became of its mails: each person once, with the last mail to them. */
  @Get(':mailing/recipients')
  @Staff('outbox', 'read')
  @Answers(deliveryList)
  async recipients(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Query({ schema: recipientsApiQuery }) { state, limit, after }: z.output<typeof recipientsApiQuery>,
  ) {
    const all = await this.deliveries.of(await this.mailings.one(web.conference.id, id));
    const some = all.filter(({ delivery }) => state === null || delivery === state);
    const { items, next } = pageOf(
      behind(some, after, ({ mail }) => mail.id),
      limit,
      ({ mail }) => mail.id,
    );
    return { items: items.map(shownDelivery), next };
  }

  /** Once more to those whose address was corrected, at once; `count` as was seen, another number is 409. */
  @Post(':mailing/resending')
  @HttpCode(200)
  @Staff('outbox', 'write')
  @Answers(resentOut)
  async resend(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Body({ schema: resendForm }) { count }: z.output<typeof resendForm>,
  ) {
    await this.deliveries.resend(await this.conference(web), await this.mailings.one(web.conference.id, id), count);
    return { count };
  }

  /** Takes people out of the audience by public id; the list replaces the one before. */
  @Put(':mailing/left-out')
  @Staff('outbox', 'write')
  @Answers(mailingOut)
  async leaveOut(
    @Web() web: WebContext,
    @Param('mailing') id: string,
    @Body({ schema: leftOutInput }) { people }: z.output<typeof leftOutInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const read = { id, version: versionFrom(request) };
    return tagged(reply, await this.mailings.leaveOut(await this.conference(web), read, people));
  }

  private async conference(web: WebContext): Promise<Conference> {
    return (await this.conferences.byId(web.conference.id))!;
  }
}

function tagged(reply: FastifyReply, mailing: Mailing): Mailing {
  void reply.header('etag', etagOf(mailing.version));
  return mailing;
}

function someone({ publicId, name }: Recipient) {
  return { publicId, name };
}

function shownDelivery({ mail, delivery, person, times, corrected }: MailingDelivery) {
  const { id, recipient, problem, sentAt, createdAt } = mail;
  return {
    mail: id,
    person: person?.publicId ?? null,
    recipient,
    state: delivery,
    problem,
    at: sentAt ?? createdAt,
    times,
    corrected,
  };
}
