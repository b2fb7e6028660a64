import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { foldForSearch, searchWords } from '../../../kernel/search-text.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Countries, type KnownCountry } from './countries.service.js';
import { typedDays } from './country.rules.js';
import { countriesQuery, countryForm, flagForm, flagRemovalForm } from './country.schemas.js';
import { readFlag } from './flag-file.js';

/** Countries as we print them, their days and flags. */
@ApiExcludeController()
@Controller('protocol/countries')
export class CountriesPages {
  constructor(
    private readonly countries: Countries,
    private readonly attempts: Attempts,
  ) {}

  @Get()
  @Staff('country', 'read', 'any')
  async list(
    @Web() web: WebContext,
    @Query({ schema: countriesQuery }) { q, own }: z.output<typeof countriesQuery>,
  ): Promise<string> {
    const words = searchWords(q ?? '');
    const fits = (country: KnownCountry) => {
      const names = foldForSearch([country.code, ...Object.values(country.name)].join(' '));
      return (own === null || country.version > 0) && words.every((word) => names.includes(word));
    };
    const all = (await this.countries.all(web.locale)).filter(fits);
    const model = {
      query: { q, own },
      filtered: q !== null || own !== null,
      countries: all.map((country) => ({
        ...country,
        shown: country.name[web.locale],
        official: country.officialName[web.locale] ?? '',
        href: hrefOf(country),
      })),
    };
    return web.page('pages/people/countries', model, frame(web, web.t('countries.title')));
  }

  @Get(':code')
  @Staff('country', 'read', 'any')
  async one(@Web() web: WebContext, @Param('code') code: string): Promise<string> {
    const country = await this.countries.one(code);
    return this.show(web, country, web.emptyForm(typedOf(country)));
  }

  /** Shown as a picture only, in which nothing runs. */
  @Get(':code/flag.svg')
  @Staff('country', 'read', 'any')
  async flag(@Web() web: WebContext, @Param('code') code: string): Promise<Buffer> {
    const flag = await this.countries.flag(code);
    void web.reply
      .status(200)
      .header('content-type', 'image/svg+xml; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-cache');
    return Buffer.from(flag);
  }

  @Post(':code')
  @Staff('country', 'write', 'any')
  save(@Web() web: WebContext, @Param('code') code: string, @Body() body: unknown): Promise<string> {
    return web.form(countryForm, body, {
      done: async ({ version, national, mourning, ...fields }) => {
        await this.countries.save(code, { version }, { ...fields, days: [...national, ...mourning] });
        return web.redirect(`/protocol/countries/${code}`, { key: 'countries.done.saved' });
      },
      again: async (form) => this.show(web, await this.countries.one(code), form),
    });
  }

  @Post(':code/flag')
  @Upload()
  @Staff('country', 'write', 'any')
  saveFlag(@Web() web: WebContext, @Param('code') code: string, @Body() body: unknown): Promise<string> {
    return web.form(flagForm, body, {
      first: () => this.attempts.count('upload', web.viewer.id),
      done: async ({ version }) => {
        const { bytes } = uploadedFile(web.request);
        const flag = await reading(() => Promise.resolve(bytes).then(readFlag));
        await this.countries.saveFlag(code, { version }, flag);
        return web.redirect(`/protocol/countries/${code}`, { key: 'countries.done.flag' });
      },
      again: (form) => this.again(web, code, form),
    });
  }

  @Post(':code/flag/removal')
  @Staff('country', 'write', 'any')
  removeFlag(@Web() web: WebContext, @Param('code') code: string, @Body() body: unknown): Promise<string> {
    return web.form(flagRemovalForm, body, {
      done: async ({ version }) => {
        await this.countries.saveFlag(code, { version }, null);
        return web.redirect(`/protocol/countries/${code}`, { key: 'countries.done.saved' });
      },
      again: (form) => this.again(web, code, form),
    });
  }

  /** After a form that is not the one with the names: these are as they are. */
  private async again(web: WebContext, code: string, form: FormView): Promise<string> {
    const country = await this.countries.one(code);
    return this.show(web, country, { ...form, values: typedOf(country) });
  }

  private show(web: WebContext, country: KnownCountry, form: FormView): Promise<string> {
    const name = country.name[web.locale];
    const model = {
      country: { ...country, shown: name },
      here: hrefOf(country),
      version: String(country.version),
      stale: web.reply.statusCode === 409,
      mayEdit: web.viewer.level('country', null) === 'write',
    };
    const above = [{ label: web.t('countries.title'), href: '/protocol/countries' }];
    return web.page('pages/people/country', model, { ...frame(web, name), form, breadcrumbs: above });
  }
}

function typedOf({
  shortName,
  officialName,
  protocolNote,
  flagCheckedOn,
  days,
}: KnownCountry): Record<string, unknown> {
  return {
    shortName,
    officialName,
    protocolNote,
    flagCheckedOn,
    national: typedDays(days, 'national'),
    mourning: typedDays(days, 'mourning'),
  };
}

function hrefOf({ code }: KnownCountry): string {
  return `/protocol/countries/${code}`;
}

function frame(web: WebContext, title: string) {
  return {
    title,
    layout: 'staff' as const,
    section: 'people',
    styles: ['css/documents.css'],
    breadcrumbs: [{ label: web.t('people.title'), href: '/org/people' }],
  };
}
