import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedPages } from '../../platform/web/published-pages.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { PublicConferences } from './public-conferences.queries.js';
import { HOME } from './scopes.js';

/** `/` leads to the reader's language (ruling 21). */
@ApiExcludeController()
@Controller()
export class FrontDoor {
  @Get()
  @Anyone()
  enter(@Web() web: WebContext): string {
    void web.reply.header('vary', 'Accept-Language');
    return web.redirect(`/${web.locale}/`);
  }
}

/** The public calendar of coming and past conferences. */
@ApiExcludeController()
@Controller(['be', 'ru', 'en'])
export class HomePages {
  constructor(
    private readonly conferences: PublicConferences,
    private readonly pages: PublishedPages,
  ) {}

  @Get()
  @Anyone()
  calendar(@Web() web: WebContext, @Res() reply: FastifyReply): Promise<void> {
    return this.pages.answer(web, reply, { scope: HOME, address: `/${web.locale}/` }, async () => ({
      template: 'pages/conferences/home',
      model: await this.conferences.calendar(),
      title: web.t('conferences.calendar'),
      styles: ['css/conferences.css'],
    }));
  }
}
