import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { pickText } from '../../../kernel/locale.js';
import { toLocal } from '../../../kernel/zones.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { readPlace } from '../place.rules.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import type { Session } from '../session.entity.js';
import { Sessions } from '../sessions.service.js';
import { base, frame, sessionsCrumb } from '../staff-pages.js';
import { BoardDesk } from './board-desk.service.js';
import { boardAddress } from './board.pages.js';
import { backQuery, movePageForm } from './board.schemas.js';
import { placeText } from './board-words.js';

type Back = z.output<typeof backQuery>;

/** Move…: everything that dragging does, as an ordinary form. It goes back to where it was opened. */
@Controller('org/c/:conf/sessions/:id/move')
export class MovePages {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly desk: BoardDesk,
  ) {}

  @Get()
  @Staff('programme', 'write')
  async show(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Query({ schema: backQuery }) { board, days }: Back,
  ): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const session = await this.sessions.byId(programme.id, id);
    return this.page(
      web,
      programme,
      session,
      web.emptyForm({ ...valuesOf(session, programme.zone), board: board ?? '', days: days ?? '' }),
    );
  }

  @Post()
  @Staff('programme', 'write')
  async move(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(movePageForm, body, {
      done: async ({ version, board, days, ...typed }) => {
        const { place, repeated } = readPlace(typed, programme.zone);
        const { said } = await this.desk.run(web, programme, { kind: 'place', sessions: [{ id, version, place }] });
        const where = board ? boardAddress(web, { day: board, days }) : `${base(web)}/sessions/${id}`;
        return web.redirect(
          where,
          repeated
            ? { key: 'programme.notice.savedRepeatedHour' }
            : { key: 'programme.board.notice', params: { said } },
        );
      },
      again: async (form) => {
        const session = (await this.sessions.byIds(programme.id, [id])).get(id);
        if (session && session.status !== 'removed') return this.page(web, programme, session, form);
        // Refused because it is gone: the page says by whom. Otherwise it was never here.
        if (web.reply.statusCode !== 409) throw new NotFound();
        return this.gone(web, form);
      },
    });
  }

  /** Somebody took it out of the programme meanwhile: the page says who, and leads back. */
  private gone(web: WebContext, form: FormView): Promise<string> {
    const { board, days } = form.values as Record<'board' | 'days', string>;
    const back = boardAddress(web, { day: board, days });
    const title = web.t('programme.move');
    return web.page('pages/programme/board/gone', { back }, frame(web, title, { form, crumbs: [sessionsCrumb(web)] }));
  }

  private async page(web: WebContext, programme: Programme, session: Session, form: FormView): Promise<string> {
    const wording = await this.desk.wording(web, programme);
    const name = pickText(session.title, web.locale).text;
    const here = `${base(web)}/sessions/${session.id}`;
    const { board, days } = form.values as Record<'board' | 'days', string>;
    const model = {
      session,
      rooms: [...wording.rooms.values()].map(({ id, name: room, venue, capacity }) => ({
        value: id,
        label: [
          pickText(room, web.locale).text,
          pickText(venue.name, web.locale).text,
          capacity ? web.t('venues.seats', { count: capacity }) : '',
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      now: placeText(wording, { start: session.startsAt, minutes: session.minutes, roomId: session.roomId }),
      stale: form.failed && web.reply.statusCode === 409,
      here,
      again: `${here}/move${board ? `?board=${board}&days=${days}` : ''}`,
      back: board ? boardAddress(web, { day: board, days }) : here,
      board,
      dayCount: days,
      zone: programme.zone,
    };
    return web.page('pages/programme/board/move', model, {
      ...frame(web, web.t('programme.moveTitle', { title: name }), {
        form,
        crumbs: board
          ? [sessionsCrumb(web), { label: web.t('programme.board.title'), href: model.back }]
          : [sessionsCrumb(web), { label: name, href: here }],
      }),
    });
  }
}

function valuesOf(session: Session, zone: string): Record<string, unknown> {
  const [day = '', time = ''] = session.startsAt ? toLocal(session.startsAt, zone).split('T') : [];
  return { ...session, day, time };
}
