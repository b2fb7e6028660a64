import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { covers } from '../../platform/web/viewer.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { personName } from '../people/index.js';
import { CooperationQueries } from './cooperation.queries.js';
import { cardQuery, institutionForm, institutionQuery, newInstitutionForm } from './cooperation.schemas.js';
import { frame, InstitutionCard } from './institution-card.js';
import type { Institution } from './institution.entity.js';
import { INSTITUTION_KINDS, institutionName } from './institution.rules.js';
import { Institutions } from './institutions.service.js';

type ListQuery = z.output<typeof institutionQuery>;

/** The institutions that the house knows. */
@ApiExcludeController()
@Controller('org/institutions')
export class InstitutionsPages {
  constructor(
    private readonly institutions: Institutions,
    private readonly queries: CooperationQueries,
    private readonly cards: InstitutionCard,
  ) {}

  @Get()
  @Staff('institution', 'read', 'any')
  async list(@Web() web: WebContext, @Query({ schema: institutionQuery }) query: ListQuery): Promise<string> {
    const { limit, after, ...filter } = query;
    // Who may not read agreements does not learn of them by filtering either.
    const mayAgree = covers(web.viewer.level('agreement', null), 'read');
    const asked = mayAgree ? filter : { ...filter, partners: null };
    const { items, next } = pageOf(
      await this.queries.list(asked, { limit, after }),
      limit,
      ({ institution }) => institution.publicId,
    );
    const set = Object.entries(asked).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
    const search = new URLSearchParams(set).toString();
    const model = {
      query: asked,
      filtered: set.length > 0,
      rows: items.map(({ institution, partner, focalPoint }) => ({
        href: `/org/institutions/${institution.publicId}`,
        name: institutionName(institution, web.locale),
        kind: institution.kind,
        country: institution.country,
        city: institution.city,
        partner,
        focalPoint: focalPoint && personName(focalPoint.person),
        noAddress: focalPoint !== null && focalPoint.person.email === null,
      })),
      kinds: INSTITUTION_KINDS,
      older: next ? `/org/institutions?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `/org/institutions?${search}` : '',
      mayAdd: web.viewer.level('institution', null) === 'write',
      mayAgree,
    };
    const title = web.t('cooperation.title');
    return web.page('pages/cooperation/list', model, { title, layout: 'staff', section: 'institutions' });
  }

  @Get('new')
  @Staff('institution', 'write', 'any')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showForm(web, null, web.emptyForm({ kind: 'library' }));
  }

  @Post()
  @Staff('institution', 'write', 'any')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newInstitutionForm, body, {
      done: async (input) => {
        const { publicId } = await this.institutions.add(input);
        return web.redirect(`/org/institutions/${publicId}`, { key: 'cooperation.done.added' });
      },
      again: (form) => this.showForm(web, null, form),
    });
  }

  @Get(':institution')
  @Staff('institution', 'read', 'any')
  async card(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Query({ schema: cardQuery }) { q }: z.output<typeof cardQuery>,
  ): Promise<string> {
    return this.cards.show(web, await this.institutions.byPublicId(id), q, web.emptyForm());
  }

  @Get(':institution/edit')
  @Staff('institution', 'write', 'any')
  async edit(@Web() web: WebContext, @Param('institution') id: string): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    return this.showForm(web, institution, web.emptyForm({ ...institution }));
  }

  @Post(':institution')
  @Staff('institution', 'write', 'any')
  async save(@Web() web: WebContext, @Param('institution') id: string, @Body() body: unknown): Promise<string> {
    const institution = await this.institutions.byPublicId(id);
    return web.form(institutionForm, body, {
      done: async ({ version, ...changes }) => {
        await this.institutions.edit({ id: institution.id, version }, changes);
        return web.redirect(`/org/institutions/${id}`, { key: 'cooperation.done.saved' });
      },
      again: async (form) => this.showForm(web, await this.institutions.byPublicId(id), form),
    });
  }

  private showForm(web: WebContext, institution: Institution | null, form: FormView): Promise<string> {
    const card = institution ? `/org/institutions/${institution.publicId}` : '/org/institutions';
    const stale = web.reply.statusCode === 409 && institution !== null;
    const model = {
      action: card,
      version: institution?.version ?? '',
      kinds: INSTITUTION_KINDS,
      current: stale ? { ...institution, shown: institutionName(institution, web.locale) } : null,
    };
    const title = institution
      ? web.t('cooperation.edit', { name: institutionName(institution, web.locale) })
      : web.t('cooperation.new');
    const above = institution ? { label: institutionName(institution, web.locale), href: card } : undefined;
    return web.page('pages/cooperation/form', model, { ...frame(web, title, above), form });
  }
}
