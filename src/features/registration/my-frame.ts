import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import type { PageOptions } from '../../platform/web/page-options.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { ConferenceFacts } from './conference-facts.service.js';
import type { Registration } from './registration.entity.js';

/** What all personal pages of one registration share: whose it is, of which conference, and the way back. */
@Injectable()
export class MyFrame {
  constructor(
    private readonly conferences: Conferences,
    private readonly facts: ConferenceFacts,
  ) {}

  async of(web: WebContext, registration: Registration, title?: string): Promise<{ conference: Conference; model: Record<string, unknown>; page: PageOptions }> {
    const conference = await this.conferences.byId(registration.conferenceId);
    if (!conference) throw new NotFound();
    const home = `/${web.locale}/my/${registration.publicId}`;
    const name = pickText(conference.title, web.locale).text;
    const my = { label: web.t('registration.my.title'), href: `/${web.locale}/my` };
    return {
      conference,
      model: {
        home,
        number: registration.number,
        category: registration.category,
        participation: registration.form,
        conference: { title: conference.title, href: `/${web.locale}/c/${conference.slug}` },
        dates: this.facts.dates(conference, web.locale),
        zone: conference.zone,
      },
      page: { title: title ? web.t(title) : name, robots: 'none', breadcrumbs: title ? [my, { label: name, href: home }] : [my] },
    };
  }
}
