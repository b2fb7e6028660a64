import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, listQuery, pageOf } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Availabilities } from './availabilities.service.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { savedWeeklyOut, weeklyList } from './programme.answers.js';
import { conferenceOf } from './programme-api.js';
import { ProgrammePeople } from './programme-people.queries.js';
import { newWeeklyInput } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';

/** When somebody of the programme can take part every week, or never. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/people/:person/weekly-availabilities')
export class WeeklyAvailabilitiesApi {
  constructor(
    private readonly programmes: Programmes,
    private readonly people: ProgrammePeople,
    private readonly availabilities: Availabilities,
    private readonly conflicts: Conflicts,
  ) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(weeklyList)
  async list(
    @Req() request: FastifyRequest,
    @Param('person') key: string,
    @Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>,
  ) {
    const { programme, person } = await this.own(request, key);
    const times = behind(await this.availabilities.weeklyOf(programme.id, person.id), after, ({ id }) => id);
    return pageOf(times, limit, ({ id }) => id);
  }

  /** Answers the conflicts that the person has then. */
  @Post()
  @Staff('programme', 'write')
  @Answers(savedWeeklyOut, { status: 201 })
  async add(
    @Req() request: FastifyRequest,
    @Param('person') key: string,
    @Body({ schema: newWeeklyInput }) typed: z.output<typeof newWeeklyInput>,
  ) {
    const { programme, person } = await this.own(request, key);
    const availability = await this.availabilities.addWeekly(programme.id, person.id, typed);
    return { availability, findings: await this.conflicts.ofPerson(programme.id, person.id) };
  }

  @Delete(':availability')
  @HttpCode(204)
  @Staff('programme', 'write')
  async remove(
    @Req() request: FastifyRequest,
    @Param('person') key: string,
    @Param('availability') id: string,
  ): Promise<void> {
    const { programme, person } = await this.own(request, key);
    await this.availabilities.removeWeekly(programme.id, person.id, id);
  }

  private async own(request: FastifyRequest, key: string) {
    const programme = await this.programmes.ofOwner(conferenceOf(request).id);
    return { programme, person: await this.people.find(programme.id, key) };
  }
}
