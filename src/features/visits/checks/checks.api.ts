import { Controller, Get, Param } from '@nestjs/common';
import { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { VisitPoints } from './visit-points.service.js';

export const pointsOut = z
  .object({
    items: z.array(
      z.object({
        room: z.string(),
        kind: z.string(),
        what: z.string().nullable(),
        text: z.string().meta({ description: 'One sentence in the language of the account' }),
        href: z.string(),
      }),
    ),
  })
  .meta({ id: 'VisitPoints' });

@ApiTags('visits')
@Controller('api/v1/visits/:ref/points')
export class ChecksApi {
  constructor(
    private readonly visits: Visits,
    private readonly points: VisitPoints,
  ) {}

  /** What should be looked at, in the order of the rooms. Advice: nothing is refused because of it. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(pointsOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.points.of(web, await this.visits.open(web.viewer, ref, 'write')) };
  }
}
