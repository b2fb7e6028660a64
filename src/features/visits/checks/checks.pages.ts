import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { frame, headOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { VisitPoints } from './visit-points.service.js';

/** What should be looked at, of every room of a visit. Gifts and diets are among it, so it is for who writes the visit. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/checks')
export class ChecksPages {
  constructor(
    private readonly visits: Visits,
    private readonly points: VisitPoints,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const points = await this.points.of(web, visit);
    const model = {
      head: headOf(web, visit, 'checks', true),
      count: points.length,
      rooms: [...Map.groupBy(points, ({ room }) => room)].map(([room, all]) => ({ room, points: all })),
    };
    return web.page('pages/visits/checks', model, frame(web, web.t('visit.room.checks'), visit));
  }
}
