import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { adoptForm, commentForm, emptyForm, resolutionForm, settleForm, thesisForm } from './round-table.schemas.js';
import { leads, RoundTables, writes, type TableOfOne } from './round-tables.queries.js';
import { Resolutions } from './resolutions.service.js';
import { here, only, tablePage } from './table-frame.js';
import { shownResolution, typedTexts } from './table-words.js';
import { Theses } from './theses.service.js';

/** A round table as one of those who sit at it uses it, on a phone. For anybody else it is not there. */
@Controller([...LOCALES].map((locale) => `${locale}/c/:conf/s/:code/table`))
export class TablePages {
  constructor(
    private readonly tables: RoundTables,
    private readonly theses: Theses,
    private readonly resolutions: Resolutions,
  ) {}

  @Get()
  @SignedIn('person')
  async overview(@Web() web: WebContext, @Param('conf') conf: string, @Param('code') code: string): Promise<string> {
    const table = await this.own(web, conf, code);
    const thesis = await this.theses.of(table.session.id, web.viewer.id);
    const text = await this.resolutions.of(table.session.id);
    return tablePage(web, table, 'table', web.emptyForm(), {
      people: table.people,
      handedIn: thesis?.updatedAt ?? null,
      resolution: text?.resolution.state ?? null,
    });
  }

  @Get('thesis')
  @SignedIn('person')
  async thesis(@Web() web: WebContext, @Param('conf') conf: string, @Param('code') code: string): Promise<string> {
    const table = await this.own(web, conf, code);
    const known = await this.theses.of(table.session.id, web.viewer.id);
    return this.showThesis(web, table, web.emptyForm({ text: known?.text, language: known?.language ?? web.locale }));
  }

  @Post('thesis')
  @SignedIn('person')
  async handIn(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(thesisForm, body, {
      done: async (input) => {
        await this.theses.handIn(table.conference.id, table.session, web.viewer.id, input);
        return web.redirect(here(web, table), { key: 'roundTable.notice.handedIn' });
      },
      again: (form) => this.showThesis(web, table, form),
    });
  }

  @Get('resolution')
  @SignedIn('person')
  async resolution(@Web() web: WebContext, @Param('conf') conf: string, @Param('code') code: string): Promise<string> {
    return this.showResolution(web, await this.own(web, conf, code), web.emptyForm());
  }

  @Post('resolution')
  @SignedIn('person')
  async write(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(resolutionForm, body, {
      done: async ({ version, ...texts }) => {
        only(writes(table.me));
        const number = await this.resolutions.draft(table.conference.id, table.session.id, typedTexts(texts), version);
        return web.redirect(`${here(web, table)}/resolution`, { key: 'roundTable.notice.drafted', params: { number } });
      },
      again: (form) => this.showResolution(web, table, form),
    });
  }

  @Post('resolution/comments')
  @SignedIn('person')
  async comment(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(commentForm, body, {
      done: async (input) => {
        await this.resolutions.comment(table.conference.id, table.session.id, web.viewer.id, input);
        return web.redirect(`${here(web, table)}/resolution#${input.paragraph}`, {
          key: 'roundTable.notice.commented',
        });
      },
      again: (form) => this.showResolution(web, table, form),
    });
  }

  @Post('resolution/settle')
  @SignedIn('person')
  async settle(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(settleForm, body, {
      done: async ({ comment, version }) => {
        only(writes(table.me));
        await this.resolutions.settle(table.conference.id, table.session.id, { id: comment, version });
        return web.redirect(`${here(web, table)}/resolution`);
      },
      again: (form) => this.showResolution(web, table, form),
    });
  }

  @Post('resolution/adopt')
  @SignedIn('person')
  async adopt(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(adoptForm, body, {
      done: async ({ version }) => {
        only(leads(table.me));
        await this.resolutions.adopt(table.conference.id, table.session.id, version);
        return web.redirect(`${here(web, table)}/resolution`, { key: 'roundTable.notice.adopted' });
      },
      again: (form) => this.showResolution(web, table, form),
    });
  }

  @Post('resolution/sign')
  @SignedIn('person')
  async sign(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.resolutions.sign(table.conference.id, table.session.id, web.viewer.id);
        return web.redirect(`${here(web, table)}/resolution`, { key: 'roundTable.notice.signed' });
      },
      again: (form) => this.showResolution(web, table, form),
    });
  }

  private own(web: WebContext, conf: string, code: string): Promise<TableOfOne> {
    return this.tables.ofPerson(conf, code, web.viewer.id);
  }

  private async showThesis(web: WebContext, table: TableOfOne, form: FormView): Promise<string> {
    const known = await this.theses.of(table.session.id, web.viewer.id);
    return tablePage(web, table, 'thesis', form, { version: String(known?.version ?? 0), known });
  }

  private async showResolution(web: WebContext, table: TableOfOne, form: FormView): Promise<string> {
    const text = await this.resolutions.of(table.session.id);
    const shown = shownResolution(table, text, web.viewer.id);
    const filled = { ...form, values: { ...shown.typed, ...form.values } };
    return tablePage(web, table, 'resolution', filled, { ...shown, leads: leads(table.me), writes: writes(table.me) });
  }
}
