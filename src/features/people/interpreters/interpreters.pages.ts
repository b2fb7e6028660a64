import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { LANGUAGES } from '../../../kernel/languages.js';
import type { Locale } from '../../../kernel/locale.js';
import { collator, languageName } from '../../../platform/i18n/formats.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People } from '../people.service.js';
import type { Person } from '../person.entity.js';
import { personName } from '../person.rules.js';
import type { InterpreterProfile } from './interpreter-profile.entity.js';
import { INTERPRETING_MODES, pairsOf, STANDINGS, type Direction } from './interpreter.rules.js';
import { interpretersFilter, PAIR_ROWS, profileForm, profileVersionForm } from './interpreter.schemas.js';
import { Interpreters } from './interpreters.service.js';

/** Rows that stand empty on the form. */
const SPARE_ROWS = 3;

/** Who interprets: the list of the house, and the languages of one person. */
@ApiExcludeController()
@Controller('org')
export class InterpretersPages {
  constructor(
    private readonly people: People,
    private readonly interpreters: Interpreters,
  ) {}

  @Get('interpreters')
  @Staff('person', 'read', 'any')
  async list(
    @Web() web: WebContext,
    @Query({ schema: interpretersFilter }) { from, to }: z.output<typeof interpretersFilter>,
  ): Promise<string> {
    const found = await this.interpreters.list({ from, to });
    const model = {
      languages: languageChoices(web.locale),
      query: { from: from ?? '', to: to ?? '' },
      filtered: Boolean(from || to),
      interpreters: found.map(({ person, profile }) => ({
        person,
        href: `/org/people/${person.publicId}`,
        pairs: pairsOf(profile.directions),
        modes: profile.modes,
        standing: profile.standing,
        sworn: profile.sworn,
      })),
    };
    return web.page('pages/people/interpreters', model, {
      title: web.t('people.interpreters.title'),
      layout: 'staff',
      section: 'people',
      breadcrumbs: [peopleCrumb(web)],
    });
  }

  @Get('people/:id/interpreter')
  @Staff('person', 'write', 'any')
  async edit(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const { person, profile } = await this.known(id);
    const typed = profile ? typedOf(profile) : { standing: 'external', modes: ['simultaneous'] };
    return this.show(web, person, profile, web.emptyForm(typed));
  }

  @Post('people/:id/interpreter')
  @Staff('person', 'write', 'any')
  async save(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const { person, profile } = await this.known(id);
    return web.form(profileForm, body, {
      done: async ({ pair, version, ...fields }) => {
        const typed = { directions: pair, ...fields };
        if (version === undefined) await this.interpreters.create(person.id, typed);
        else await this.interpreters.change(person.id, { id: profile?.id ?? '', version }, typed);
        return web.redirect(`/org/people/${id}`, { key: 'people.interpreter.saved' });
      },
      again: async (form) => this.show(web, person, await this.interpreters.ofPerson(person.id), form),
    });
  }

  @Post('people/:id/interpreter/removal')
  @Staff('person', 'write', 'any')
  async remove(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const { person, profile } = await this.known(id);
    return web.form(profileVersionForm, body, {
      done: async ({ version }) => {
        await this.interpreters.remove(person.id, { id: profile?.id ?? '', version });
        return web.redirect(`/org/people/${id}`, { key: 'people.interpreter.removed' });
      },
      again: async (form) => {
        const now = await this.interpreters.ofPerson(person.id);
        return this.show(web, person, now, { ...form, values: now ? typedOf(now) : {} });
      },
    });
  }

  private async known(publicId: string): Promise<{ person: Person; profile: InterpreterProfile | null }> {
    const person = await this.people.byPublicId(publicId);
    return { person, profile: await this.interpreters.ofPerson(person.id) };
  }

  private show(web: WebContext, person: Person, profile: InterpreterProfile | null, form: FormView): Promise<string> {
    const card = `/org/people/${person.publicId}`;
    const used = PAIR_ROWS.filter((row) =>
      form.failed ? form.values[`pair.${row}.from`] || form.values[`pair.${row}.to`] : rowIn(form, row),
    );
    const model = {
      action: `${card}/interpreter`,
      cancel: card,
      version: profile?.version ?? '',
      current: web.reply.statusCode === 409 && profile ? { ...profile, pairs: pairsOf(profile.directions) } : null,
      rows: PAIR_ROWS.slice(0, Number(used.at(-1) ?? 0) + SPARE_ROWS),
      languages: languageChoices(web.locale),
      modes: INTERPRETING_MODES,
      standings: STANDINGS,
      isKnown: profile !== null,
    };
    return web.page('pages/people/interpreter', model, {
      title: web.t('people.interpreter.title', { name: personName(person) }),
      layout: 'staff',
      section: 'people',
      styles: ['css/interpretation.css'],
      form,
      breadcrumbs: [peopleCrumb(web), { label: personName(person), href: card }],
    });
  }
}

function rowIn({ values }: FormView, row: string): boolean {
  return row in ((values['pair'] ?? {}) as Record<string, unknown>);
}

/** A profile as its form shows it. */
function typedOf({ directions, modes, standing, sworn }: InterpreterProfile): Record<string, unknown> {
  const rows = pairsOf(directions as readonly Direction[]).map((pair, index) => [PAIR_ROWS[index], pair] as const);
  return { pair: Object.fromEntries(rows), modes, standing, sworn };
}

/** In the alphabet of the page's language. */
function languageChoices(locale: Locale): { value: string; label: string }[] {
  return LANGUAGES.map((value) => ({ value, label: languageName(locale, value) })).toSorted((a, b) =>
    collator(locale).compare(a.label, b.label),
  );
}

function peopleCrumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('people.title'), href: '/org/people' };
}
