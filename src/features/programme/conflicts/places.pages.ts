import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../../kernel/locale.js';
import { localDay, toLocal } from '../../../kernel/zones.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People, personName } from '../../people/index.js';
import { Venues, type Room } from '../../venues/index.js';
import { readPlace } from '../place.rules.js';
import type { Programme } from '../programme.entity.js';
import { ProgrammeQueries } from '../programme.queries.js';
import { Programmes } from '../programmes.service.js';
import type { Session } from '../session.entity.js';
import { Sessions } from '../sessions.service.js';
import { base, frame, mayEdit, sessionsCrumb } from '../staff-pages.js';
import { worded } from './finding-words.js';
import { severityOf, type HeatMap } from './heat-map.rules.js';
import type { Blocker } from './places.rules.js';
import { placesForm } from './places.schemas.js';
import { Places, type Explanation, type FoundPlaces } from './places.service.js';

type Asked = z.output<typeof placesForm>;

interface Found {
  explanation: Explanation | null;
  places: FoundPlaces;
  map: HeatMap;
}

const TABLE_STEP = 30;
const OFFERED = 12;

/** "Where could it go?" and, for a place that is named, "Why can't it be here?" Addresses, so that they can be sent on. */
@Controller('org/c/:conf/sessions/:id/places')
export class PlacesPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly places: Places,
    private readonly queries: ProgrammeQueries,
    private readonly venues: Venues,
    private readonly people: People,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async show(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
  ): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const session = await this.sessions.byId(programme.id, id);
    return web.form(
      placesForm,
      { ...this.suggested(session, programme), ...query },
      {
        done: async (asked) =>
          this.page(web, programme, session, web.emptyForm(texts(asked)), await this.found(programme, session, asked)),
        again: (form) => this.page(web, programme, session, form, null),
      },
    );
  }

  /** The move form asks about the place that is typed there: the answer is an address. */
  @Post()
  @Staff('programme', 'read')
  async ask(@Web() web: WebContext, @Param('id') id: string, @Body() body: Record<string, unknown>): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const session = await this.sessions.byId(programme.id, id);
    const asked = new URLSearchParams();
    for (const name of ['day', 'time', 'minutes', 'roomId']) {
      const value = body[name];
      if (typeof value === 'string' && value !== '') asked.set(name, value.slice(0, 60));
    }
    return web.redirect(`${base(web)}/sessions/${session.id}/places?${asked.toString()}`);
  }

  private suggested({ startsAt, minutes }: Session, { zone }: Programme): Record<string, string> {
    const day = startsAt ? localDay(startsAt, zone) : '';
    return { from: day, to: day, earliest: '09:00', latest: '20:00', minutes: String(minutes) };
  }

  private async found(programme: Programme, session: Session, asked: Asked): Promise<Found | null> {
    const { day, time, minutes, roomId } = asked;
    const where = { ...asked, from: asked.from ?? day, to: asked.to ?? asked.from ?? day };
    // A first look into a programme without a day yet: nothing was asked, so nothing is wrong.
    if (!where.from && !(await this.places.days(programme))) return null;
    const typed = { day, time, minutes: minutes ?? session.minutes, roomId };
    const { place } = day || time ? readPlace(typed, programme.zone) : { place: null };
    const explanation = place?.start
      ? await this.places.explain(programme, session.id, { start: place.start, minutes: typed.minutes, roomId })
      : null;
    const map = { ...where, roomId: null, from: day ?? where.from, to: day ?? where.from, step: TABLE_STEP };
    return {
      explanation,
      places: await this.places.places(
        programme,
        session.id,
        { ...where, roomId: explanation ? null : roomId },
        OFFERED,
      ),
      map: (await this.places.heatMap(programme, session.id, map)).map,
    };
  }

  private async page(
    web: WebContext,
    programme: Programme,
    session: Session,
    form: FormView,
    found: Found | null,
  ): Promise<string> {
    const rooms = await this.venues.rooms();
    const name = pickText(session.title, web.locale).text;
    const here = `${base(web)}/sessions/${session.id}`;
    const roomName = new Map(rooms.map((room) => [room.id, labelOf(web, room)]));
    const model = {
      session,
      here,
      zone: programme.zone,
      rooms: rooms.map(({ id }) => ({ value: id, label: roomName.get(id)! })),
      roomName: roomName.get(session.roomId ?? '') ?? '',
      mayEdit: mayEdit(web) && session.status !== 'removed',
      found: found && {
        explanation: found.explanation && (await this.explained(web, programme, found.explanation, roomName)),
        free: found.places.items.map((place) => this.offered(programme, place, roomName)),
        looked: found.places.looked,
        freeCount: found.places.free,
        blockers: await this.blockers(web, found.places.refused.blockers, rooms),
        map: tableOf(found.map, rooms, programme, form.values),
      },
    };
    const crumbs = [sessionsCrumb(web), { label: name, href: here }];
    const title = web.t('programme.places.title', { title: name });
    return web.page('pages/programme/places', model, frame(web, title, { form, crumbs, styles: ['css/places.css'] }));
  }

  private async explained(
    web: WebContext,
    programme: Programme,
    explanation: Explanation,
    roomName: ReadonlyMap<string, string>,
  ) {
    const names = await this.queries.names(explanation.findings);
    return {
      ...this.offered(programme, explanation, roomName),
      findings: explanation.findings.map((conflict) => worded(web, programme.zone, conflict, names)),
    };
  }

  private offered(
    { zone }: Programme,
    { start, end, roomId, severity }: Pick<Explanation, 'start' | 'end' | 'roomId' | 'severity'>,
    roomName: ReadonlyMap<string, string>,
  ) {
    const [day = '', time = ''] = toLocal(start, zone).split('T');
    const minutes = (end.getTime() - start.getTime()) / 60_000;
    return { start, end, day, time, minutes, roomId: roomId ?? '', room: roomName.get(roomId ?? '') ?? '', severity };
  }

  private async blockers(web: WebContext, found: readonly Blocker[], all: readonly Room[]) {
    const people = await this.people.byIds(found.flatMap((blocker) => blocker.people));
    return found.map(({ rule, places, alone, people: ids, rooms }) => ({
      text: web.t(`programme.places.blocker.${rule}`),
      names: [
        ...ids.flatMap((id) => people.get(id) ?? []).map(personName),
        ...all.filter(({ id }) => rooms.includes(id)).map(({ name }) => pickText(name, web.locale).text),
      ].join(', '),
      places,
      alone,
    }));
  }
}

/** Starts downwards, rooms across; a cell leads to its explanation. */
function tableOf(map: HeatMap, rooms: readonly Room[], { zone }: Programme, asked: Record<string, unknown>) {
  const shown = rooms.filter(({ id }) => map.rooms.includes(id));
  const kept = ['from', 'to', 'earliest', 'latest', 'minutes'].flatMap((name): [string, string][] => {
    const value = asked[name];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return {
    rooms: shown,
    day: map.starts.length === 0 ? null : new Date(map.starts[0]!),
    rows: map.starts.map((start, i) => {
      const [day = '', time = ''] = toLocal(new Date(start), zone).split('T');
      const cells = shown.map(({ id, name }) => {
        const query = new URLSearchParams([...kept, ['day', day], ['time', time], ['roomId', id]]);
        const severity = severityOf(map.heat[map.rooms.indexOf(id) * map.starts.length + i]!) ?? 'none';
        return { severity, name, href: `?${query.toString()}` };
      });
      return { start: new Date(start), cells };
    }),
  };
}

function labelOf(web: WebContext, { name, venue, capacity }: Room): string {
  const seats = capacity ? web.t('venues.seats', { count: capacity }) : '';
  return [pickText(name, web.locale).text, pickText(venue.name, web.locale).text, seats].filter(Boolean).join(' · ');
}

/** What was asked, as the fields show it again. */
function texts(asked: Asked): Record<string, string> {
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value === null ? '' : String(value)]));
}
