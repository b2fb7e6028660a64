import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { changeVisit } from '../visit-change.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { AttendedDesk, publishedOnly } from './attended-desk.js';
import { attendanceForm } from './attended.schemas.js';
import { VisitAttendances } from './attendances.service.js';

/** Sessions of the linked conference that the delegation attends. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/programme/attended')
export class AttendedPages {
  constructor(
    private readonly visits: Visits,
    private readonly desk: AttendedDesk,
    private readonly attendances: VisitAttendances,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.desk.all(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  @Get(':session')
  @Staff('visit', 'count', 'any')
  async one(@Web() web: WebContext, @Param('ref') ref: string, @Param('session') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref);
    return this.desk.one(web, visit, id, web.emptyForm(await this.desk.values(visit, id)));
  }

  @Post(':session')
  @Staff('visit', 'count', 'any')
  choose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: attendanceForm,
      body,
      room: `/programme/attended#session-${id}`,
      notice: 'attendanceChosen',
      work: (visit, { who, memberIds, version }) =>
        this.attendances.choose(
          visit,
          id,
          { memberIds: who === 'all' ? null : memberIds, version },
          publishedOnly(web, visit),
        ),
      again: (visit, form) => this.desk.one(web, visit, id, form),
    });
  }

  @Post(':session/removal')
  @Staff('visit', 'count', 'any')
  giveUp(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: emptyForm,
      body,
      room: '/programme/attended',
      notice: 'attendanceGivenUp',
      work: (visit) => this.attendances.giveUp(visit, id),
      again: (visit, form) => this.desk.all(web, visit, form),
    });
  }
}
