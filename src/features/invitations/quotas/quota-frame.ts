import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { Conferences } from '../../conferences/index.js';
import { institutionName } from '../../cooperation/index.js';
import { ConferenceFacts } from '../../registration/index.js';
import type { Quota } from './quota.entity.js';
import { QuotaQueries } from './quota.queries.js';

/** What every page behind a link of a quota says: of which institution, to which conference, whom to ask. */
@Injectable()
export class QuotaFrame {
  constructor(
    private readonly conferences: Conferences,
    private readonly facts: ConferenceFacts,
    private readonly queries: QuotaQueries,
  ) {}

  async of(locale: Locale, quota: Quota) {
    const { institution } = await this.queries.with(quota);
    const conference = await this.conferences.byId(quota.conferenceId);
    if (!conference) throw new NotFound();
    return {
      institution: institutionName(institution, locale),
      conference: { title: pickText(conference.title, locale).text, href: `/${locale}/c/${conference.slug}` },
      dates: `${this.facts.dates(conference, locale)} (${this.facts.zone(conference, locale)})`,
      where: await this.facts.place(conference, locale),
      contact: conference.contactEmail,
      zone: conference.zone,
    };
  }
}
