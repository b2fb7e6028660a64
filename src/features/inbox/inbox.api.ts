import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import type { InboundMail } from '../../platform/inbound/inbound-mail.entity.js';
import { InboxQueries } from '../../platform/inbound/inbox.queries.js';
import { contentsOf } from '../../platform/inbound/mail-contents.js';
import { Answers, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Conferences } from '../conferences/index.js';
import { invitationOf } from '../invitations/index.js';
import { People } from '../people/index.js';
import { InboxReplies } from './inbox-replies.service.js';
import { InboxDesk } from './inbox-desk.service.js';
import { inboxList, inboxMailFullOut, inboxMailOut, inboxQuery, linkForm, replyForm } from './inbox.schemas.js';

/** Mails from outside, for programs: the same that their account sees on the pages. */
@ApiTags('mails')
@Controller('api/v1/inbox')
export class InboxApi {
  constructor(
    private readonly desk: InboxDesk,
    private readonly replies: InboxReplies,
    private readonly queries: InboxQueries,
    private readonly people: People,
    private readonly conferences: Conferences,
  ) {}

  @Get()
  @Staff('inbox', 'read', 'any')
  @Answers(inboxList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: inboxQuery }) { show, kind, q, limit, after }: z.output<typeof inboxQuery>,
  ): Promise<object> {
    const scope = await this.desk.scopeOf(web.viewer);
    const rows = await this.queries.list(scope, { open: show === 'open', kind, q }, { limit, after });
    const { items, next } = pageOf(rows, limit, ({ id }) => id);
    return { items: await this.shown(items), next };
  }

  /** The mail in words; markup is never given, and attachments by name only. */
  @Get(':mail')
  @Staff('inbox', 'read', 'any')
  @Answers(inboxMailFullOut)
  async one(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    const mail = await this.desk.one(web.viewer, id);
    const contents = await contentsOf(mail);
    const thread = await this.desk.thread(web.viewer, mail);
    return {
      ...(await this.shown([mail]))[0],
      contents: typeof contents === 'string' ? null : contents,
      replying: await this.replies.replying(mail),
      thread: thread.map(({ direction, at, mail: one }) => ({
        direction,
        id: one.id,
        at,
        subject: one.subject,
        state: direction === 'sent' ? one.state : null,
      })),
    };
  }

  /** Somebody has dealt with it. */
  @Post(':mail/done')
  @HttpCode(200)
  @Staff('inbox', 'write', 'any')
  @Answers(inboxMailOut)
  async done(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    return (await this.shown([await this.desk.done(web.viewer, id)]))[0]!;
  }

  @Post(':mail/reopening')
  @HttpCode(200)
  @Staff('inbox', 'write', 'any')
  @Answers(inboxMailOut)
  async reopen(@Web() web: WebContext, @Param('mail') id: string): Promise<object> {
    return (await this.shown([await this.desk.reopen(web.viewer, id)]))[0]!;
  }

  /** A letter to whoever wrote, in plain words, at once; `seen` as in `replying`. */
  @Post(':mail/replies')
  @HttpCode(200)
  @Staff('inbox', 'write', 'any')
  @Answers(inboxMailOut)
  async reply(
    @Web() web: WebContext,
    @Param('mail') id: string,
    @Body({ schema: replyForm }) reply: z.output<typeof replyForm>,
  ): Promise<object> {
    await this.desk.one(web.viewer, id);
    await this.replies.reply(web.viewer, id, reply, web.locale);
    return (await this.shown([await this.desk.one(web.viewer, id)]))[0]!;
  }

  /** Says whose it is, and to which of their invitations it belongs. */
  @Post(':mail/links')
  @HttpCode(200)
  @Staff('inbox', 'write', 'any')
  @Answers(inboxMailOut)
  async link(
    @Web() web: WebContext,
    @Param('mail') id: string,
    @Body({ schema: linkForm }) link: z.output<typeof linkForm>,
  ): Promise<object> {
    return (await this.shown([await this.desk.link(web.viewer, id, link)]))[0]!;
  }

  private async shown(mails: readonly InboundMail[]): Promise<object[]> {
    const people = await this.people.byIds(mails.flatMap(({ personId }) => personId ?? []));
    const slugs = new Map((await this.conferences.list()).map(({ id, slug }) => [id, slug]));
    return mails.map((mail) => ({
      ...mail,
      person: people.get(mail.personId ?? '')?.publicId ?? null,
      conference: slugs.get(mail.conferenceId ?? '') ?? null,
      invitation: invitationOf(mail),
    }));
  }
}
