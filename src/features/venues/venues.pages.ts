import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { NotFound } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { Room, Venue } from './venue.entity.js';
import { moveForm, newRoomForm, newVenueForm, roomForm, venueForm } from './venues.schemas.js';
import { Venues } from './venues.service.js';

@ApiExcludeController()
@Controller('org/venues')
export class VenuesPages {
  constructor(private readonly venues: Venues) {}

  @Get()
  @Staff('venue', 'read', 'any')
  async list(@Web() web: WebContext): Promise<string> {
    const [venues, rooms] = await Promise.all([this.venues.venues(), this.venues.rooms()]);
    const model = {
      venues: venues.map((venue) => ({ ...venue, rooms: rooms.filter((room) => room.venueId === venue.id) })),
      mayEdit: web.viewer.level('venue', null) === 'write',
    };
    return web.page('pages/venues/list', model, { title: web.t('venues.title'), layout: 'staff', section: 'venues' });
  }

  @Get('new')
  @Staff('venue', 'write', 'any')
  newVenue(@Web() web: WebContext): Promise<string> {
    return this.showVenue(web, null, web.emptyForm());
  }

  @Post()
  @Staff('venue', 'write', 'any')
  addVenue(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newVenueForm, body, {
      done: async (input) => {
        await this.venues.addVenue(input);
        return web.redirect('/org/venues', { key: 'venues.added' });
      },
      again: (form) => this.showVenue(web, null, form),
    });
  }

  @Get(':venue/edit')
  @Staff('venue', 'write', 'any')
  async editVenue(@Web() web: WebContext, @Param('venue') code: string): Promise<string> {
    const venue = await this.venues.byCode(code);
    return this.showVenue(web, venue, web.emptyForm({ ...venue }));
  }

  @Post(':venue')
  @Staff('venue', 'write', 'any')
  async saveVenue(@Web() web: WebContext, @Param('venue') code: string, @Body() body: unknown): Promise<string> {
    const venue = await this.venues.byCode(code);
    return web.form(venueForm, body, {
      done: async ({ version, ...changes }) => {
        await this.venues.editVenue({ id: venue.id, version }, changes);
        return web.redirect('/org/venues', { key: 'venues.saved' });
      },
      again: (form) => this.showVenue(web, venue, form),
    });
  }

  @Get(':venue/rooms/new')
  @Staff('venue', 'write', 'any')
  async newRoom(@Web() web: WebContext, @Param('venue') code: string): Promise<string> {
    return this.showRoom(web, await this.venues.byCode(code), null, web.emptyForm());
  }

  @Post(':venue/rooms')
  @Staff('venue', 'write', 'any')
  async addRoom(@Web() web: WebContext, @Param('venue') code: string, @Body() body: unknown): Promise<string> {
    const venue = await this.venues.byCode(code);
    return web.form(newRoomForm, body, {
      done: async (input) => {
        await this.venues.addRoom(venue.id, input);
        return web.redirect('/org/venues', { key: 'venues.added' });
      },
      again: (form) => this.showRoom(web, venue, null, form),
    });
  }

  @Get(':venue/rooms/:room')
  @Staff('venue', 'write', 'any')
  async editRoom(
    @Web() web: WebContext,
    @Param('venue') code: string,
    @Param('room') roomCode: string,
  ): Promise<string> {
    const room = await this.room(code, roomCode);
    return this.showRoom(web, room.venue, room, web.emptyForm({ ...room }));
  }

  @Post(':venue/rooms/:room')
  @Staff('venue', 'write', 'any')
  async saveRoom(
    @Web() web: WebContext,
    @Param('venue') code: string,
    @Param('room') roomCode: string,
    @Body() body: unknown,
  ): Promise<string> {
    const room = await this.room(code, roomCode);
    return web.form(roomForm, body, {
      done: async ({ version, ...changes }) => {
        await this.venues.editRoom({ id: room.id, version }, changes);
        return web.redirect('/org/venues', { key: 'venues.saved' });
      },
      again: (form) => this.showRoom(web, room.venue, room, form),
    });
  }

  @Post(':venue/rooms/:room/move')
  @Staff('venue', 'write', 'any')
  async moveRoom(
    @Web() web: WebContext,
    @Param('venue') code: string,
    @Param('room') roomCode: string,
    @Body() body: unknown,
  ): Promise<string> {
    const room = await this.room(code, roomCode);
    return web.form(moveForm, body, {
      done: async ({ direction }) => {
        await this.venues.moveRoom(room.id, direction);
        return web.redirect('/org/venues', { key: 'venues.saved' });
      },
      again: () => this.list(web),
    });
  }

  /** A room of the path belongs to the venue of the path. */
  private async room(venueCode: string, roomCode: string): Promise<Room> {
    const room = (await this.venues.rooms()).find(({ code, venue }) => code === roomCode && venue.code === venueCode);
    if (!room) throw new NotFound();
    return room;
  }

  private async showVenue(web: WebContext, venue: Venue | null, form: FormView): Promise<string> {
    const current = venue && web.reply.statusCode === 409 ? await this.venues.byId(venue.id) : venue;
    const title = web.t(venue ? 'venues.edit' : 'venues.new');
    const model = {
      action: venue ? `/org/venues/${venue.code}` : '/org/venues',
      version: current?.version ?? '',
      stale: current !== venue,
    };
    return web.page('pages/venues/venue', model, {
      title,
      layout: 'staff',
      section: 'venues',
      form,
      breadcrumbs: [crumb(web)],
    });
  }

  private async showRoom(web: WebContext, venue: Venue, room: Room | null, form: FormView): Promise<string> {
    const current = room && web.reply.statusCode === 409 ? await this.venues.roomById(room.id) : room;
    const title = web.t(room ? 'venues.editRoom' : 'venues.newRoom');
    const rooms = `/org/venues/${venue.code}/rooms`;
    const others = (await this.venues.rooms()).filter(({ id, venueId }) => venueId === venue.id && id !== room?.id);
    const model = {
      others: others.map(({ id, name }) => ({ value: id, label: pickText(name, web.locale).text })),
      venue,
      action: room ? `${rooms}/${room.code}` : rooms,
      version: current?.version ?? '',
      stale: current !== room,
    };
    const breadcrumbs = [crumb(web), { label: pickText(venue.name, web.locale).text, href: '/org/venues' }];
    return web.page('pages/venues/room', model, { title, layout: 'staff', section: 'venues', form, breadcrumbs });
  }
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('venues.title'), href: '/org/venues' };
}
