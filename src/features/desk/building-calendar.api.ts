import { Controller, Get, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../platform/web/api.js';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { BuildingCalendars, HOUSE_ZONE } from './building-calendar.queries.js';
import { buildingCalendarOut, calendarInput } from './building-calendar.schemas.js';

@ApiTags('venues')
@Controller('api/v1/calendar')
export class BuildingCalendarApi {
  constructor(private readonly calendars: BuildingCalendars) {}

  /** What takes place in the house on a day or in a week, over all programmes; what the caller may not know is "occupied". */
  @Get()
  @Staff('venue', 'read', 'any')
  @Answers(buildingCalendarOut)
  async of(@Web() web: WebContext, @Query({ schema: calendarInput }) asked: z.output<typeof calendarInput>) {
    const { days, entries } = await this.calendars.of(web.viewer, asked);
    return { from: days[0]!, to: days.at(-1)!, zone: HOUSE_ZONE, items: entries };
  }
}
