import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { Anyone } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { PublicConferences } from '../conferences/index.js';
import { ReleasedProgrammes } from '../programme/index.js';
import { RoundTables } from './round-tables.queries.js';
import { Resolutions } from './resolutions.service.js';
import { shownResolution } from './table-words.js';

/** The adopted text of a released session. Drafts are not there; of the adopters those are named whom the release prints. */
@ApiExcludeController()
@Controller([...LOCALES])
export class ResolutionPublicPages {
  constructor(
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly tables: RoundTables,
    private readonly resolutions: Resolutions,
  ) {}

  @Get('c/:conf/s/:code/resolution')
  @Anyone()
  async show(@Web() web: WebContext, @Param('conf') slug: string, @Param('code') code: string): Promise<string> {
    const conference = await this.conferences.bySlug(slug);
    const session = (await this.programmes.ofOwner(conference.id))?.sessions.find((one) => one.code === code);
    const text = session ? await this.resolutions.of(session.id) : null;
    if (!session || text?.resolution.state !== 'adopted') throw new NotFound();
    const table = await this.tables.bySession(conference.id, session.id);
    const printed = new Set(session.people.flatMap(({ personId, name }) => (name === null ? [] : [personId])));
    const shown = shownResolution(table, text, null);
    const back = `/${web.locale}/c/${slug}/s/${code}`;
    return web.page(
      'pages/round-tables/public',
      {
        session: { title: session.title },
        text: { ...shown, adopters: shown.adopters.filter(({ personId }) => printed.has(personId)) },
        back,
        zone: conference.zone,
      },
      {
        title: web.t('roundTable.resolution.title'),
        breadcrumbs: [{ label: pickText(conference.title, web.locale).text, href: `/${web.locale}/c/${slug}` }],
      },
    );
  }
}
