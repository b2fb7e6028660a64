import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { countryName } from '../../platform/i18n/countries.js';
import { Clock } from '../../platform/runtime/clock.js';
import { optionalChoice } from '../../platform/web/fields.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { FloorQueue } from './floor.service.js';
import { facesOf } from './plate.rules.js';
import { RoundTables, type Table } from './round-tables.queries.js';
import { shownFloor } from './table-words.js';

const platesQuery = z.strictObject({ lang: optionalChoice(LOCALES) });

/** What of a round table goes on paper and on the wall: name plates with the order of seats, and the floor in large letters. */
@Controller('org/c/:conf/roundtable/:id')
export class TableSheetsPages {
  constructor(
    private readonly tables: RoundTables,
    private readonly floor: FloorQueue,
    private readonly clock: Clock,
  ) {}

  @Get('plates')
  @Staff('programme', 'read')
  async plates(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Query({ schema: platesQuery }) { lang }: z.output<typeof platesQuery>,
  ): Promise<string> {
    const table = await this.tables.bySession(web.conference.id, id);
    const locale = lang ?? web.locale;
    const plates = table.people.map(({ name, badge, affiliation, country, role, seat }) => ({
      name,
      badge: badge === name ? null : badge,
      affiliation,
      country: country === null || country === 'XX' ? null : countryName(locale, country),
      role,
      seat,
      faces: facesOf({ name, badge }),
    }));
    const title = web.t('roundTable.plates.title');
    return web.page(
      'pages/round-tables/plates',
      { ...named(web, table), plates, lang: locale, locales: LOCALES },
      {
        title,
        layout: 'staff',
        section: 'conferences',
        form: web.emptyForm({ lang: locale }),
        styles: ['css/round-tables.css'],
        breadcrumbs: crumbs(web, table),
      },
    );
  }

  /** For a screen in the hall. */
  @Get('screen')
  @Staff('programme', 'read')
  async screen(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const table = await this.tables.bySession(web.conference.id, id);
    const floor = shownFloor(table, await this.floor.of(table.session.id), this.clock.now(), null);
    return web.page(
      'pages/round-tables/screen',
      { ...named(web, table), ...floor, next: floor.waiting.slice(0, 6), more: Math.max(0, floor.waiting.length - 6) },
      {
        title: web.t('roundTable.floor.title'),
        layout: 'plain',
        styles: ['css/round-tables.css'],
        scripts: ['js/refresh.js'],
      },
    );
  }
}

function named(web: WebContext, { conference, session }: Table) {
  return {
    home: `/org/c/${web.conference.slug}/roundtable/${session.id}`,
    session: { title: pickText(session.title, web.locale).text || web.t('sessionKind.round_table') },
    zone: conference.zone,
  };
}

function crumbs(web: WebContext, table: Table) {
  const base = `/org/c/${web.conference.slug}`;
  const { home, session } = named(web, table);
  return [
    { label: pickText(web.conference.title, web.locale).text, href: base },
    { label: web.t('programme.sessions'), href: `${base}/sessions` },
    { label: session.title, href: home },
  ];
}
