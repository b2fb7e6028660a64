import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { covers } from '../../../platform/web/viewer.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Programmes } from '../programmes.service.js';
import { base, frame, mayEdit, sessionsCrumb } from '../staff-pages.js';
import { BoardDesk } from './board-desk.service.js';
import { boardModel } from './board-model.js';
import { daysBetween } from './board-days.rules.js';
import { BoardQueries } from './board.queries.js';
import { boardQuery, DAY_CHOICES, turnForm, type BoardQuery } from './board.schemas.js';

/** The module of the page with all that it imports, so that the browser fetches them at once instead of one after the other. */
const SCRIPTS = [
  'layout',
  'together',
  'edges',
  'marks',
  'selection',
  'grid',
  'desk',
  'state',
  'heat',
  'lift',
  'lifting',
  'carry',
  'drag',
  'keys',
  'rooms',
  'live',
  'tray',
  'fold',
  'zoom',
]
  .map((name) => `js/board/${name}.js`)
  .concat('js/board.js');

/** Rooms as columns. A page of the server first; the modules in public/js/board make it move. */
@Controller('org/c/:conf/board')
export class BoardPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly queries: BoardQueries,
    private readonly desk: BoardDesk,
  ) {}

  @Get()
  @Staff('programme', 'read')
  show(@Web() web: WebContext, @Query({ schema: boardQuery }) query: BoardQuery): Promise<string> {
    return this.page(web, query, web.emptyForm());
  }

  @Post('undo')
  @Staff('programme', 'write')
  undo(
    @Web() web: WebContext,
    @Query({ schema: boardQuery }) query: BoardQuery,
    @Body() body: unknown,
  ): Promise<string> {
    return this.turn(web, query, body, 'undo');
  }

  @Post('redo')
  @Staff('programme', 'write')
  redo(
    @Web() web: WebContext,
    @Query({ schema: boardQuery }) query: BoardQuery,
    @Body() body: unknown,
  ): Promise<string> {
    return this.turn(web, query, body, 'redo');
  }

  private async turn(web: WebContext, query: BoardQuery, body: unknown, which: 'undo' | 'redo'): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(turnForm, body, {
      done: async () => {
        const { said } = await this.desk[which](web, programme);
        return web.redirect(boardAddress(web, query), { key: 'programme.board.notice', params: { said } });
      },
      again: (form) => this.page(web, query, form),
    });
  }

  private async page(web: WebContext, query: BoardQuery, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const wording = await this.desk.wording(web, programme);
    const { startsOn, endsOn } = web.conference;
    const board = await this.queries.board(
      programme,
      { day: query.day, days: Number(query.days), rooms: query.rooms },
      startsOn && endsOn ? daysBetween(startsOn, endsOn) : [],
      (id) => covers(web.viewer.level('programme', id), 'read'),
    );
    const first = board.days[0]!.axis.day;
    const back = `board=${first}&days=${query.days}`;
    const tray = query.tray ?? '';
    const here = `${base(web)}/board`;
    const model = {
      ...boardModel(wording, board, (id) => `${base(web)}/sessions/${id}/move?${back}`, tray),
      ...(await this.desk.beside(
        wording,
        programme,
        [...board.days.flatMap(({ columns }) => columns.flatMap(({ blocks }) => blocks)), ...board.tray].map(
          ({ session }) => session,
        ),
        board.findings,
      )),
      base: base(web),
      here,
      api: `/api/v1/conferences/${web.conference.slug}/board`,
      events: `${here}/events`,
      back,
      query: { ...query, day: first },
      tabs: board.allDays.map((day) => ({
        at: new Date(`${day}T12:00:00Z`),
        href: `${here}?day=${day}&days=${query.days}&rooms=${query.rooms}`,
        current: board.days.some(({ axis }) => axis.day === day),
      })),
      dayChoices: DAY_CHOICES.map((value) => ({
        value,
        label: web.t('programme.board.dayCount', { count: Number(value) }),
      })),
      roomChoices: ['all', 'used'],
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    return web.page('pages/programme/board/board', model, {
      ...frame(web, web.t('programme.board.title'), { form, crumbs: [sessionsCrumb(web)] }),
      styles: ['css/board.css', 'css/board-grid.css'],
      scripts: SCRIPTS,
    });
  }
}

/** The board at the day that was open. */
export function boardAddress(
  web: WebContext,
  { day, days }: { day?: string | null | undefined; days?: string | undefined },
): string {
  const query = [day ? `day=${day}` : '', days ? `days=${days}` : ''].filter(Boolean).join('&');
  return `${base(web)}/board${query ? `?${query}` : ''}`;
}
