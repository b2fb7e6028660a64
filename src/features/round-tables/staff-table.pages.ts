import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { FloorQueue } from './floor.service.js';
import {
  adopterForm,
  adoptForm,
  emptyForm,
  floorForm,
  limitForm,
  resolutionForm,
  settleForm,
  turnForm,
} from './round-table.schemas.js';
import { atTable, RoundTables, type Table } from './round-tables.queries.js';
import { Resolutions } from './resolutions.service.js';
import { shownFloor, shownResolution, typedTexts } from './table-words.js';
import { Theses } from './theses.service.js';

/** A round table on the desk of its organizer: who sits where, theses, the queue, the resolution. */
@Controller('org/c/:conf/roundtable/:id')
export class StaffTablePages {
  constructor(
    private readonly tables: RoundTables,
    private readonly theses: Theses,
    private readonly floor: FloorQueue,
    private readonly resolutions: Resolutions,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async show(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.page(web, await this.table(web, id), web.emptyForm());
  }

  @Post('ask')
  @Staff('programme', 'write')
  async ask(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(floorForm, body, {
      done: async ({ person }) => {
        atTable(table, person, 'person');
        await this.floor.ask(web.conference.id, table.session.id, person);
        return web.redirect(`${home(web, table)}#floor`);
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('next')
  @Staff('programme', 'write')
  async next(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.floor.next(web.conference.id, table.session.id);
        return web.redirect(`${home(web, table)}#floor`);
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('give')
  @Staff('programme', 'write')
  async give(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(turnForm, body, {
      done: async ({ request }) => {
        await this.floor.give(web.conference.id, table.session.id, request);
        return web.redirect(`${home(web, table)}#floor`);
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('leave')
  @Staff('programme', 'write')
  async leave(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(floorForm, body, {
      done: async ({ person }) => {
        await this.floor.leave(web.conference.id, table.session.id, person);
        return web.redirect(`${home(web, table)}#floor`);
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('limit')
  @Staff('programme', 'write')
  async limit(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(limitForm, body, {
      done: async ({ minutes, version }) => {
        await this.floor.limit(web.conference.id, table.session.id, minutes, version);
        return web.redirect(`${home(web, table)}#floor`);
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('sign')
  @Staff('programme', 'write')
  async sign(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(adopterForm, body, {
      done: async ({ adopter }) => {
        atTable(table, adopter, 'adopter');
        await this.resolutions.sign(web.conference.id, table.session.id, adopter);
        return web.redirect(home(web, table), { key: 'roundTable.notice.signedFor' });
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('resolution')
  @Staff('programme', 'write')
  async draft(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(resolutionForm, body, {
      done: async ({ version, ...texts }) => {
        const number = await this.resolutions.draft(web.conference.id, table.session.id, typedTexts(texts), version);
        return web.redirect(home(web, table), { key: 'roundTable.notice.drafted', params: { number } });
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('settle')
  @Staff('programme', 'write')
  async settle(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(settleForm, body, {
      done: async ({ comment, version }) => {
        await this.resolutions.settle(web.conference.id, table.session.id, { id: comment, version });
        return web.redirect(home(web, table));
      },
      again: (form) => this.page(web, table, form),
    });
  }

  @Post('adopt')
  @Staff('programme', 'write')
  async adopt(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const table = await this.table(web, id);
    return web.form(adoptForm, body, {
      done: async ({ version }) => {
        await this.resolutions.adopt(web.conference.id, table.session.id, version);
        return web.redirect(home(web, table), { key: 'roundTable.notice.adopted' });
      },
      again: (form) => this.page(web, table, form),
    });
  }

  private table(web: WebContext, id: string): Promise<Table> {
    return this.tables.bySession(web.conference.id, id);
  }

  private async page(web: WebContext, table: Table, form: FormView): Promise<string> {
    const { session, people } = table;
    const [theses, floor, text] = await Promise.all([
      this.theses.ofSession(session.id),
      this.floor.of(session.id),
      this.resolutions.of(session.id),
    ]);
    const shown = shownResolution(table, text, null);
    const handedIn = new Map(theses.map((thesis) => [thesis.personId, thesis]));
    const asked = people.filter(({ role }) => role === 'panelist');
    const base = `/org/c/${web.conference.slug}`;
    const sessionHref = `${base}/sessions/${session.id}`;
    const model = {
      home: home(web, table),
      sessionHref,
      zone: table.conference.zone,
      people,
      choices: people.map(({ personId, name }) => ({ value: personId, label: name })),
      mayJoin: people
        .filter(({ personId }) => !(text?.adopters.includes(personId) ?? false))
        .map(({ personId, name }) => ({ value: personId, label: name })),
      theses: people.flatMap(({ personId, name }) => {
        const thesis = handedIn.get(personId);
        return thesis ? [{ ...thesis, name }] : [];
      }),
      missing: asked.filter(({ personId }) => !handedIn.has(personId)).map(({ name }) => name),
      floor: shownFloor(table, floor, this.clock.now(), null),
      text: shown,
      mayEdit: web.viewer.level('programme', web.conference.id) === 'write',
    };
    const title = pickText(session.title, web.locale).text || web.t('sessionKind.round_table');
    return web.page('pages/round-tables/staff', model, {
      title: web.t('roundTable.staff.title', { title }),
      layout: 'staff',
      section: 'conferences',
      form: { ...form, values: { ...shown.typed, minutes: floor.minutes, ...form.values } },
      styles: ['css/conferences.css', 'css/round-tables.css'],
      scripts: ['js/refresh.js'],
      breadcrumbs: [
        { label: pickText(web.conference.title, web.locale).text, href: base },
        { label: web.t('programme.sessions'), href: `${base}/sessions` },
        { label: title, href: sessionHref },
      ],
    });
  }
}

function home(web: WebContext, { session }: Table): string {
  return `/org/c/${web.conference.slug}/roundtable/${session.id}`;
}
