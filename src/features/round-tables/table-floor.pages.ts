import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { LOCALES } from '../../kernel/locale.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { FormView } from '../../platform/web/form.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { FloorQueue } from './floor.service.js';
import { emptyForm, limitForm, turnForm } from './round-table.schemas.js';
import { leads, RoundTables, type TableOfOne } from './round-tables.queries.js';
import { here, only, tablePage } from './table-frame.js';
import { shownFloor } from './table-words.js';

/** Who speaks and who comes next, on the phones of those who sit at the table. */
@Controller([...LOCALES].map((locale) => `${locale}/c/:conf/s/:code/table/floor`))
export class TableFloorPages {
  constructor(
    private readonly tables: RoundTables,
    private readonly floor: FloorQueue,
    private readonly clock: Clock,
  ) {}

  @Get()
  @SignedIn('person')
  async queue(@Web() web: WebContext, @Param('conf') conf: string, @Param('code') code: string): Promise<string> {
    return this.showFloor(web, await this.own(web, conf, code), web.emptyForm());
  }

  @Post('ask')
  @SignedIn('person')
  ask(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.onFloor(web, conf, code, body, ({ conference, session }) =>
      this.floor.ask(conference.id, session.id, web.viewer.id),
    );
  }

  @Post('leave')
  @SignedIn('person')
  leave(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.onFloor(web, conf, code, body, ({ conference, session }) =>
      this.floor.leave(conference.id, session.id, web.viewer.id),
    );
  }

  @Post('next')
  @SignedIn('person')
  next(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.onFloor(web, conf, code, body, async ({ conference, session, me }) => {
      only(leads(me));
      await this.floor.next(conference.id, session.id);
    });
  }

  @Post('give')
  @SignedIn('person')
  async give(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    only(leads(table.me));
    return web.form(turnForm, body, {
      done: async ({ request }) => {
        await this.floor.give(table.conference.id, table.session.id, request);
        return web.redirect(`${here(web, table)}/floor`);
      },
      again: (form) => this.showFloor(web, table, form),
    });
  }

  @Post('limit')
  @SignedIn('person')
  async limit(
    @Web() web: WebContext,
    @Param('conf') conf: string,
    @Param('code') code: string,
    @Body() body: unknown,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    only(leads(table.me));
    return web.form(limitForm, body, {
      done: async ({ minutes, version }) => {
        await this.floor.limit(table.conference.id, table.session.id, minutes, version);
        return web.redirect(`${here(web, table)}/floor`);
      },
      again: (form) => this.showFloor(web, table, form),
    });
  }

  private own(web: WebContext, conf: string, code: string): Promise<TableOfOne> {
    return this.tables.ofPerson(conf, code, web.viewer.id);
  }

  private async onFloor(
    web: WebContext,
    conf: string,
    code: string,
    body: unknown,
    act: (table: TableOfOne) => Promise<void>,
  ): Promise<string> {
    const table = await this.own(web, conf, code);
    return web.form(emptyForm, body, {
      done: async () => {
        await act(table);
        return web.redirect(`${here(web, table)}/floor`);
      },
      again: (form) => this.showFloor(web, table, form),
    });
  }

  private async showFloor(web: WebContext, table: TableOfOne, form: FormView): Promise<string> {
    const floor = await this.floor.of(table.session.id);
    const shown = shownFloor(table, floor, this.clock.now(), web.viewer.id);
    const filled = { ...form, values: { minutes: floor.minutes, ...form.values } };
    return tablePage(web, table, 'floor', filled, { ...shown, leads: leads(table.me) });
  }
}
