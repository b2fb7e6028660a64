import { Controller, Get } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Proposals } from './proposals.service.js';

/** The papers of a conference for its organizers. */
@Controller('org/c/:conf/proposals')
export class OrgProposalPages {
  constructor(private readonly proposals: Proposals) {}

  @Get()
  @Staff('proposal', 'read')
  async list(@Web() web: WebContext): Promise<string> {
    const rows = await this.proposals.list(web.conference.id);
    const model = {
      rows: rows.map(({ proposal, registration, author, strand }) => ({
        title: proposal.title,
        abstract: proposal.abstract,
        language: proposal.language,
        state: proposal.state,
        updatedAt: proposal.updatedAt,
        author,
        strand: strand?.name ?? null,
        participation: registration.form,
        href: `/org/c/${web.conference.slug}/registrations/${registration.publicId}`,
      })),
      zone: web.conference.zone,
    };
    const conference = { label: pickText(web.conference.title, web.locale).text, href: `/org/c/${web.conference.slug}` };
    return web.page('pages/proposals/list', model, { title: web.t('proposal.list.title'), layout: 'staff', section: 'conferences', breadcrumbs: [conference] });
  }
}
