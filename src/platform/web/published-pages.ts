import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { LOCALES } from '../../kernel/locale.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { assetUrl } from './assets.js';
import { PublishedAnswers, type PublishedContent } from './published-answers.js';
import { Views } from './views.js';
import type { WebContext } from './web-context.js';

/** Shared caches may keep a page; a browser asks each time and mostly gets a 304, so that whoever publishes sees it at once. */
const CACHE_CONTROL = 'public, max-age=0, s-maxage=300, must-revalidate';

export interface PublishedPage {
  readonly template: string;
  readonly model: object;
  /** Already in the page's language. */
  readonly title: string;
  readonly breadcrumbs?: readonly { label: string; href: string }[];
  /** Names below public/ of further style sheets. */
  readonly styles?: readonly string[];
  readonly lastModified?: Date;
}

/**
 * Pages that look the same to everybody, kept as `PublishedAnswers` keeps them. They hold nothing of the visitor: no form
 * token, no name, no notice of an earlier step.
 */
@Injectable()
export class PublishedPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly views: Views,
    private readonly published: PublishedAnswers,
  ) {}

  /** `address`: canonical path and query, made of what the page knows. `make` runs only when the answer is not at hand. */
  answer(
    web: WebContext,
    reply: FastifyReply,
    of: { scope: string; address: string },
    make: () => Promise<PublishedPage>,
  ): Promise<void> {
    return this.published.answer(web.request, reply, of, async () => this.content(web, of.address, await make()));
  }

  private content(web: WebContext, address: string, page: PublishedPage): PublishedContent {
    const { locale } = web;
    const body = this.views.render(
      page.template,
      {
        ...page.model,
        page: {
          title: page.title,
          path: address.split('?')[0],
          csrf: '',
          idempotencyKey: '',
          alternates: LOCALES.map((to) => ({
            locale: to,
            href: address.replace(/^\/(be|ru|en)(?=[/?]|$)/, `/${to}`),
            current: to === locale,
          })),
          viewer: null,
          notice: null,
          breadcrumbs: page.breadcrumbs ?? [],
          section: null,
          robots: null,
          development: !this.config.production,
          canonical: this.config.publicUrl + address,
          styles: (page.styles ?? []).map(assetUrl),
        },
      },
      { locale },
    );
    return {
      body,
      contentType: 'text/html; charset=utf-8',
      headers: { 'cache-control': CACHE_CONTROL },
      ...(page.lastModified ? { lastModified: page.lastModified } : {}),
    };
  }
}
