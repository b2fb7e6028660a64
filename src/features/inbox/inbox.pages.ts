import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { INBOUND_KINDS } from '../../platform/inbound/inbound-mail.entity.js';
import { InboxQueries } from '../../platform/inbound/inbox.queries.js';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { InboxReplies } from './inbox-replies.service.js';
import { InboxDesk } from './inbox-desk.service.js';
import {
  emptyForm,
  inboxPageQuery,
  linkForm,
  mailPageQuery,
  replyForm,
  type InboxPageQuery,
  type MailPageQuery,
} from './inbox.schemas.js';
import { MailCard } from './mail-card.js';
import { MailWords } from './mail-words.js';

const PAGE = 50;
const HERE = '/org/inbox';
const NOTHING: MailPageQuery = { q: null, person: null };

/** Mails from outside that wait for a person, and all the others. */
@Controller('org/inbox')
export class InboxPages {
  constructor(
    private readonly desk: InboxDesk,
    private readonly replies: InboxReplies,
    private readonly queries: InboxQueries,
    private readonly words: MailWords,
    private readonly card: MailCard,
  ) {}

  @Get()
  @Staff('inbox', 'read', 'any')
  async list(@Web() web: WebContext, @Query({ schema: inboxPageQuery }) query: InboxPageQuery): Promise<string> {
    const { show, after, kind, q } = query;
    const scope = await this.desk.scopeOf(web.viewer);
    const [rows, open] = await Promise.all([
      this.queries.list(scope, { open: show !== 'all', kind, q }, { limit: PAGE, after }),
      this.queries.open(scope),
    ]);
    const { items, next } = pageOf(rows, PAGE, ({ id }) => id);
    const set = Object.entries({ show, kind, q }).flatMap(([name, value]): [string, string][] =>
      value ? [[name, value]] : [],
    );
    const search = new URLSearchParams(set).toString();
    const model = {
      query: { kind, q },
      show: show ?? 'open',
      open,
      kinds: INBOUND_KINDS,
      rows: await this.words.lines(web, items),
      older: next ? `${HERE}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${HERE}?${search}` : '',
    };
    return web.page('pages/inbox/list', model, { title: web.t('inbox.title'), layout: 'staff', section: 'inbox' });
  }

  @Get(':mail')
  @Staff('inbox', 'read', 'any')
  async one(
    @Web() web: WebContext,
    @Param('mail') id: string,
    @Query({ schema: mailPageQuery }) query: MailPageQuery,
  ): Promise<string> {
    return this.card.show(web, await this.desk.one(web.viewer, id), query, web.emptyForm());
  }

  /** The bytes as they came: to be kept or given to a mail program, never shown by a browser. */
  @Get(':mail/raw')
  @Staff('inbox', 'read', 'any')
  async raw(
    @Web() web: WebContext,
    @Param('mail') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const { raw } = await this.desk.one(web.viewer, id);
    void reply
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', `attachment; filename="${id}.eml"`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('cache-control', 'private, no-store');
    return raw;
  }

  @Post(':mail/done')
  @Staff('inbox', 'write', 'any')
  async done(@Web() web: WebContext, @Param('mail') id: string, @Body() body: unknown): Promise<string> {
    await this.desk.one(web.viewer, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.desk.done(web.viewer, id);
        return web.redirect(HERE, { key: 'inbox.done.done' });
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':mail/reopening')
  @Staff('inbox', 'write', 'any')
  async reopen(@Web() web: WebContext, @Param('mail') id: string, @Body() body: unknown): Promise<string> {
    await this.desk.one(web.viewer, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.desk.reopen(web.viewer, id);
        return web.redirect(`${HERE}/${id}`, { key: 'inbox.done.reopened' });
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':mail/replies')
  @Staff('inbox', 'write', 'any')
  async reply(@Web() web: WebContext, @Param('mail') id: string, @Body() body: unknown): Promise<string> {
    await this.desk.one(web.viewer, id);
    return web.form(replyForm, body, {
      done: async (reply) => {
        await this.replies.reply(web.viewer, id, reply, web.locale);
        return web.redirect(`${HERE}/${id}`, { key: 'inbox.done.replied' });
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':mail/links')
  @Staff('inbox', 'write', 'any')
  async link(@Web() web: WebContext, @Param('mail') id: string, @Body() body: unknown): Promise<string> {
    await this.desk.one(web.viewer, id);
    return web.form(linkForm, body, {
      done: async (link) => {
        await this.desk.link(web.viewer, id, link);
        return web.redirect(`${HERE}/${id}`, { key: 'inbox.done.linked' });
      },
      again: (form) => this.again(web, id, form),
    });
  }

  private async again(web: WebContext, id: string, form: FormView): Promise<string> {
    const { person } = form.values;
    const query = { ...NOTHING, person: typeof person === 'string' && person !== '' ? person : null };
    return this.card.show(web, await this.desk.one(web.viewer, id), query, form);
  }
}
