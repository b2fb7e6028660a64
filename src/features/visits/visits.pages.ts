import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../kernel/locale.js';
import { dayAfter, localDay } from '../../kernel/zones.js';
import { Clock } from '../../platform/runtime/clock.js';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Duties } from './after/duties.service.js';
import { LetterVisits } from './letter/letter-visits.service.js';
import { frame, shownVisit } from './visit-frame.js';
import { VisitForms } from './visit-forms.js';
import { VISIT_STATES } from './visit.rules.js';
import { letterForm, newQuery, newVisitForm, visitForm, visitQuery } from './visits.schemas.js';
import { VisitQueries } from './visits.queries.js';
import { Visits } from './visits.service.js';
import { VisitFlags } from './visit-flags.js';

/** How many days of the overview lie ahead. */
const AHEAD = 14;

/** The protocol officer's side: what comes, every visit, a new one, its card to edit. */
@ApiExcludeController()
@Controller('protocol')
export class VisitsPages {
  constructor(
    private readonly visits: Visits,
    private readonly queries: VisitQueries,
    private readonly forms: VisitForms,
    private readonly flags: VisitFlags,
    private readonly letterVisits: LetterVisits,
    private readonly duties: Duties,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async overview(@Web() web: WebContext): Promise<string> {
    const today = localDay(this.clock.now(), 'Europe/Minsk');
    const [coming, waiting, owed] = await Promise.all([
      this.queries.between(web.viewer, today, dayAfter(today, AHEAD)),
      this.queries.waiting(web.viewer),
      this.duties.overdueFor(web.viewer),
    ]);
    const flags = await this.flags.of(coming);
    const rows = coming.map((visit) => ({ ...shownVisit(web, visit), flags: flags.get(visit.id) ?? [] }));
    const model = {
      today: rows.filter(({ startsOn, endsOn }) => startsOn! <= today && endsOn! >= today),
      ahead: rows.filter(({ startsOn }) => startsOn! > today),
      owed: owed.map(({ visit, duties }) => ({ ...shownVisit(web, visit), duties })),
      waiting: waiting.map((visit) => shownVisit(web, visit)),
      mayAdd: web.viewer.level('visit', null) === 'write',
    };
    const title = web.t('visit.overview.title');
    return web.page('pages/visits/overview', model, { title, layout: 'staff', section: 'protocol' });
  }

  @Get('statistics')
  @Staff('visit', 'count', 'any')
  async statistics(@Web() web: WebContext): Promise<string> {
    const model = { years: await this.queries.statistics(web.viewer) };
    return web.page('pages/visits/statistics', model, frame(web, web.t('visit.statistics.title')));
  }

  @Get('visits')
  @Staff('visit', 'count', 'any')
  async list(
    @Web() web: WebContext,
    @Query({ schema: visitQuery }) query: z.output<typeof visitQuery>,
  ): Promise<string> {
    const { limit, after, ...filter } = query;
    const { items, next } = pageOf(
      await this.queries.list(web.viewer, filter, { limit, after }),
      limit,
      ({ ref }) => ref,
    );
    const set = Object.entries(filter).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
    const search = new URLSearchParams(set).toString();
    const model = {
      query: filter,
      filtered: set.length > 0,
      states: ['open', ...VISIT_STATES],
      rows: items.map((visit) => shownVisit(web, visit)),
      older: next ? `/protocol/visits?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `/protocol/visits?${search}` : '',
      mayAdd: web.viewer.level('visit', null) === 'write',
    };
    return web.page('pages/visits/list', model, frame(web, web.t('visit.title')));
  }

  @Get('visits/new')
  @Staff('visit', 'write', 'any')
  async blank(
    @Web() web: WebContext,
    @Query({ schema: newQuery }) { from }: z.output<typeof newQuery>,
  ): Promise<string> {
    const earlier = from ? await this.visits.open(web.viewer, from) : null;
    return this.forms.showNew(web, web.emptyForm(this.forms.opening(earlier)), earlier);
  }

  @Get('visits/new/letter')
  @Staff('visit', 'write', 'any')
  askLetter(@Web() web: WebContext): Promise<string> {
    return this.forms.showLetter(web, web.emptyForm());
  }

  /** The form of a new visit, filled in with what the letter says. Nothing is stored. */
  @Post('visits/new/letter')
  @HttpCode(200)
  @Staff('visit', 'write', 'any')
  readLetter(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(letterForm, body, {
      done: async ({ letter }) => this.forms.showNew(web, web.emptyForm(await this.forms.ofLetter(letter)), null),
      again: (form) => this.forms.showLetter(web, form),
    });
  }

  @Post('visits')
  @Staff('visit', 'write', 'any')
  create(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newVisitForm, body, {
      done: ({ from, letter, keepLetter: keep, people, ...input }) =>
        web.once(body, async () => {
          const earlier = from ? await this.visits.open(web.viewer, from) : null;
          const fields = { ...this.forms.kept(earlier), ...input };
          const { ref } = await this.letterVisits.open(fields, { letter, keep, people }, earlier?.id ?? null);
          return web.redirect(`/protocol/visits/${ref}`, { key: 'visit.done.opened', params: { ref } });
        }),
      again: (form) => this.forms.showNew(web, form, null),
    });
  }

  @Get('visits/:ref/edit')
  @Staff('visit', 'count', 'any')
  async edit(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.forms.showEdit(web, visit, web.emptyForm(this.forms.values(visit)));
  }

  @Post('visits/:ref/edit')
  @Staff('visit', 'count', 'any')
  async save(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(visitForm, body, {
      done: async ({ version, ...changes }) => {
        await this.visits.edit({ id: visit.id, version }, changes);
        return web.redirect(`/protocol/visits/${ref}`, { key: 'visit.done.saved' });
      },
      again: async (form: FormView) => this.forms.showEdit(web, await this.visits.byId(visit.id), form),
    });
  }
}

export function titleOf(web: WebContext, title: Parameters<typeof pickText>[0]): string {
  return pickText(title, web.locale).text;
}
