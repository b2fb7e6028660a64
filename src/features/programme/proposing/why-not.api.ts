import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Programmes } from '../programmes.service.js';
import { PlanDesk } from './plan-desk.service.js';
import { SchedulingRuns } from './scheduling-runs.service.js';
import { WhyNotDesk } from './why-not.service.js';

const whyNotOut = z
  .object({
    state: z.enum(['proven', 'impossible', 'not-proven']),
    sessions: z
      .array(z.uuid())
      .meta({ description: 'Without them the others have a legal programme; none where the whole works' }),
    atLeast: z.number().meta({ description: 'So many sessions must be left out at least' }),
  })
  .meta({ id: 'WhyNot' });

/** Why a programme does not work as a whole. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/proposal/why-not')
export class WhyNotApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly runs: SchedulingRuns,
    private readonly desk: PlanDesk,
    private readonly whyNot: WhyNotDesk,
  ) {}

  /** Days, hours and rooms are those that were asked for last. Takes up to ten seconds and changes nothing. */
  @Get()
  @Staff('programme', 'write')
  @Answers(whyNotOut)
  async answer(@Web() web: WebContext) {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const { asked } = await this.desk.suggestion(web, programme, await this.runs.of(programme.id));
    return this.whyNot.answer(programme, asked);
  }
}
