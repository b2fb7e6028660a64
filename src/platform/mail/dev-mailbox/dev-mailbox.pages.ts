import { Controller, Get, Header, Param, ParseIntPipe, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../web/openapi-notes.js';
import Handlebars from 'handlebars';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../../web/policy.js';
import { Web, type WebContext } from '../../web/web-context.js';
import { DevMailbox } from './dev-mailbox.js';

@ApiExcludeController()
@Controller('dev/mail')
export class DevMailboxPages {
  constructor(private readonly mailbox: DevMailbox) {}

  @Get()
  @Anyone()
  async list(@Web() web: WebContext): Promise<string> {
    return web.page('pages/dev-mailbox/list', { mails: await this.mailbox.list() }, { title: web.t('devMailbox.title'), layout: 'plain', robots: 'none' });
  }

  @Get(':id')
  @Anyone()
  async one(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const mail = await this.mailbox.one(id);
    // The library's allow-list has been over it (see DevMailbox): the only place where foreign markup is shown.
    const html = new Handlebars.SafeString(mail.html);
    return web.page('pages/dev-mailbox/mail', { mail: { ...mail, html } }, { title: mail.subject, layout: 'plain', robots: 'none' });
  }

  @Get(':id/raw')
  @Anyone()
  @Header('content-type', 'message/rfc822')
  async raw(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    void reply.header('content-disposition', `attachment; filename="${id}.eml"`);
    return this.mailbox.raw(id);
  }

  @Get(':id/attachments/:index')
  @Anyone()
  @Header('content-type', 'application/octet-stream')
  async attachment(@Param('id') id: string, @Param('index', ParseIntPipe) index: number, @Res({ passthrough: true }) reply: FastifyReply): Promise<Buffer> {
    const { name, content } = await this.mailbox.attachment(id, index);
    void reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
    return content;
  }
}
