import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../kernel/locale.js';
import { dayAfter, toInstant } from '../../kernel/zones.js';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { Room } from '../venues/index.js';
import { BuildingCalendars, HOUSE_ZONE, type CalendarEntry } from './building-calendar.queries.js';
import { byDay, CALENDAR_KINDS } from './building-calendar.rules.js';
import { calendarQuery } from './building-calendar.schemas.js';

type Asked = z.output<typeof calendarQuery>;

/** The calendar of the whole building: conferences, visits and closed rooms on one page. */
@ApiExcludeController()
@Controller('org/calendar')
export class BuildingCalendarPages {
  constructor(private readonly calendars: BuildingCalendars) {}

  @Get()
  @Staff('venue', 'read', 'any')
  async show(@Web() web: WebContext, @Query({ schema: calendarQuery }) asked: Asked): Promise<string> {
    const { days, today, entries, rooms, allRooms } = await this.calendars.of(web.viewer, asked);
    const text = (name: Parameters<typeof pickText>[0]) => pickText(name, web.locale).text;
    const span = asked.span ?? 'week';
    const step = days.length;
    const at = (on: string, to: 'day' | 'week' = span) => addressOf({ ...asked, on, span: to });
    const names = new Map(allRooms.map((room) => [room.id, { name: text(room.name), venue: text(room.venue.name) }]));
    const noon = (day: string) => toInstant(`${day}T12:00`, HOUSE_ZONE).instant;
    const model = {
      asked: { ...asked, span, on: asked.on ?? today },
      zone: HOUSE_ZONE,
      first: noon(days[0]!),
      last: noon(days.at(-1)!),
      links: {
        before: at(dayAfter(days[0]!, -step)),
        after: at(dayAfter(days[0]!, step)),
        today: at(today),
        other: at(days[0]!, span === 'day' ? 'week' : 'day'),
      },
      days: byDay(
        entries,
        days,
        rooms.map(({ id }) => id),
        HOUSE_ZONE,
      ).map(({ day, rooms: inRooms }) => ({
        day,
        date: noon(day),
        today: day === today,
        href: span === 'week' ? at(day, 'day') : '',
        rooms: inRooms.map(({ roomId, entries: own }) => ({
          ...(names.get(roomId ?? '') ?? { name: web.t('desk.calendar.elsewhere'), venue: '' }),
          entries: own.map((entry) => ({ ...entry, ...shown(web, entry) })),
        })),
        // In a week the list of free rooms would say the same every day.
        free:
          asked.kind === null && span === 'day'
            ? freeRooms(
                rooms,
                inRooms.map(({ roomId }) => roomId),
              ).map((id) => names.get(id)!.name)
            : [],
      })),
      kinds: CALENDAR_KINDS,
      venues: [...new Map(allRooms.map(({ venueId, venue }) => [venueId, text(venue.name)]))].map(([value, label]) => ({
        value,
        label,
      })),
      rooms: allRooms.map(({ id, name, venue }) => ({ value: id, label: `${text(name)} · ${text(venue.name)}` })),
      mayShare: web.viewer.level('venue', null) === 'write',
      severalVenues: new Set(allRooms.map(({ venueId }) => venueId)).size > 1,
    };
    const options = { layout: 'staff', section: 'work', styles: ['css/calendar.css'] } as const;
    return web.page('pages/desk/calendar', model, { title: web.t('desk.calendar.title'), ...options });
  }
}

function addressOf(asked: Asked): string {
  const given = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== null);
  return `/org/calendar?${new URLSearchParams(given).toString()}`;
}

function shown(web: WebContext, { title, sessionKind, owner, kind }: CalendarEntry) {
  const named = title && pickText(title, web.locale).text;
  return {
    title: title === null ? web.t('programme.occupied') : named || web.t(`sessionKind.${sessionKind!}`),
    kind,
    owner: owner && { name: pickText(owner.title, web.locale).text, href: owner.address },
  };
}

/** Rooms of the house in which nothing takes place: a hall is not free while one of its parts is taken, nor the other way round. */
function freeRooms(rooms: readonly Room[], taken: readonly (string | null)[]): string[] {
  const parts = (room: Pick<Room, 'id' | 'parts'>) => (room.parts.length === 0 ? [room.id] : room.parts);
  const used = new Set(rooms.filter(({ id }) => taken.includes(id)).flatMap(parts));
  return rooms.filter((room) => !parts(room).some((part) => used.has(part))).map(({ id }) => id);
}
