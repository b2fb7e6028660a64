import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { pageOf } from '../../platform/web/api.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { newPersonForm, personForm, personQuery } from './people.schemas.js';
import { People } from './people.service.js';
import type { Person } from './person.entity.js';
import { PersonCard } from './person-card.js';
import { personName } from './person.rules.js';

@ApiExcludeController()
@Controller('org/people')
export class PeoplePages {
  constructor(
    private readonly people: People,
    private readonly personCard: PersonCard,
  ) {}

  @Get()
  @Staff('person', 'read', 'any')
  async list(
    @Web() web: WebContext,
    @Query({ schema: personQuery }) { q, limit, after }: z.output<typeof personQuery>,
  ): Promise<string> {
    const { items, next } = pageOf(
      await this.people.search({ words: q, limit, after }),
      limit,
      (person) => person.publicId,
    );
    const query = q ? `&q=${encodeURIComponent(q)}` : '';
    const model = {
      query: { q: q ?? '' },
      people: items.map((person) => ({ ...person, displayName: personName(person) })),
      older: next ? `/org/people?after=${next}${query}` : '',
      newer: after ? `/org/people?${query.slice(1)}` : '',
      mayAdd: mayWrite(web),
    };
    return web.page('pages/people/list', model, { title: web.t('people.title'), layout: 'staff', section: 'people' });
  }

  @Get('new')
  @Staff('person', 'write', 'any')
  blank(@Web() web: WebContext): Promise<string> {
    return this.showNew(web, web.emptyForm({ locale: web.locale }));
  }

  @Post()
  @Staff('person', 'write', 'any')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newPersonForm, body, {
      done: async (input) =>
        web.redirect(`/org/people/${(await this.people.create(input)).publicId}`, { key: 'people.added' }),
      again: (form) => this.showNew(web, form),
    });
  }

  @Get(':id')
  @Staff('person', 'read', 'any')
  async card(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.personCard.show(web, await this.people.byPublicId(id), web.emptyForm());
  }

  @Get(':id/edit')
  @Staff('person', 'write', 'any')
  async edit(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const person = await this.people.byPublicId(id);
    return this.showEdit(web, person, web.emptyForm({ ...person }));
  }

  @Post(':id')
  @Staff('person', 'write', 'any')
  async save(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const person = await this.people.byPublicId(id);
    return web.form(personForm, body, {
      done: async ({ version, ...changes }) => {
        await this.people.update({ id: person.id, version }, changes);
        return web.redirect(`/org/people/${id}`, { key: 'people.saved' });
      },
      again: async (form) => this.showEdit(web, await this.people.byPublicId(id), form),
    });
  }

  private showNew(web: WebContext, form: FormView): Promise<string> {
    const title = web.t('people.new');
    return web.page(
      'pages/people/form',
      { action: '/org/people', cancel: '/org/people', version: '' },
      { title, layout: 'staff', section: 'people', form, breadcrumbs: [crumb(web)] },
    );
  }

  private showEdit(web: WebContext, person: Person, form: FormView): Promise<string> {
    const card = `/org/people/${person.publicId}`;
    const stale = web.reply.statusCode === 409;
    return web.page(
      'pages/people/form',
      {
        action: card,
        cancel: card,
        version: person.version,
        current: stale ? { ...person, displayName: personName(person) } : null,
      },
      {
        title: web.t('people.edit', { name: personName(person) }),
        layout: 'staff',
        section: 'people',
        form,
        breadcrumbs: [crumb(web), { label: personName(person), href: card }],
      },
    );
  }
}

function mayWrite(web: WebContext): boolean {
  return web.viewer.level('person', null) === 'write';
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('people.title'), href: '/org/people' };
}
