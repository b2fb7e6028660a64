import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import type { z } from 'zod';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Conflicts, Programmes } from '../../programme/index.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { publishedOnly } from './attended-desk.js';
import { AttendedQueries, conflictsOf } from './attended.queries.js';
import { attendanceForm, attendedListOut } from './attended.schemas.js';
import { VisitAttendances } from './attendances.service.js';

/** Sessions of the linked conference that the delegation attends. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/programme/attended')
export class AttendedApi {
  constructor(
    private readonly visits: Visits,
    private readonly queries: AttendedQueries,
    private readonly attendances: VisitAttendances,
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
  ) {}

  /** What is attended, with what is in the way, and what else there is to choose. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(attendedListOut)
  async all(@Web() web: WebContext, @Param('ref') ref: string) {
    return this.answer(web, await this.visits.open(web.viewer, ref));
  }

  /** `version`: of the attendance that was seen, 0 for a session that nobody attends yet; another one is answered 412. */
  @Put(':session')
  @Staff('visit', 'count', 'any')
  @Answers(attendedListOut)
  async choose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body({ schema: attendanceForm }) { who, memberIds, version }: z.output<typeof attendanceForm>,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const chosen = { memberIds: who === 'all' ? null : memberIds, version };
    await this.attendances.choose(visit, id, chosen, publishedOnly(web, visit));
    return this.answer(web, visit);
  }

  @Delete(':session')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async giveUp(@Web() web: WebContext, @Param('ref') ref: string, @Param('session') id: string): Promise<void> {
    await this.attendances.giveUp(await this.visits.open(web.viewer, ref, 'write'), id);
  }

  private async answer(web: WebContext, visit: Visit) {
    const { id } = await this.programmes.ofOwner(visit.id);
    const found = await this.conflicts.findings(id);
    const attended = await this.queries.of(visit);
    const taken = new Set(attended.map(({ sessionId }) => sessionId));
    const choices = await this.queries.choices(visit, publishedOnly(web, visit));
    return {
      items: attended.map(({ conference, room, ...one }) => ({
        ...one,
        conference: conference.title,
        roomId: room?.id ?? null,
        conflicts: conflictsOf(found, one.sessionId).map(({ key, rule, severity, override }) => ({
          key,
          rule,
          severity,
          accepted: override?.reason ?? null,
        })),
      })),
      choices: choices
        .filter(({ id: sessionId }) => !taken.has(sessionId))
        .map(({ id: sessionId, title, kind, startsAt, endsAt, published }) => ({
          sessionId,
          title,
          kind,
          startsAt,
          endsAt,
          published,
        })),
    };
  }
}
