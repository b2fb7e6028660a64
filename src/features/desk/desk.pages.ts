import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { SignedIn } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { DeskQueries } from './desk.queries.js';

const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

@ApiExcludeController()
@Controller('org')
export class DeskPages {
  constructor(private readonly desk: DeskQueries) {}

  @Get()
  @SignedIn('account')
  async work(@Web() web: WebContext): Promise<string> {
    const work = (await this.desk.workOf(web.viewer)).map(({ conference, ...rest }) => ({
      ...rest,
      conference: { ...conference, firstDay: noon(conference.startsOn), lastDay: noon(conference.endsOn) },
    }));
    return web.page(
      'pages/desk/work',
      {
        work,
        mayAdd: web.viewer.level('series', null) === 'write',
        mayPurge: web.viewer.level('privacy', null) === 'write',
      },
      { title: web.t('desk.title'), layout: 'staff', section: 'work' },
    );
  }
}
