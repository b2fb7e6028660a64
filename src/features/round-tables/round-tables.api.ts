import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Clock } from '../../platform/runtime/clock.js';
import { Answers, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { FloorQueue } from './floor.service.js';
import { floorOut, roundTableOut, thesesOut, thesisOut } from './round-table.answers.js';
import { floorForm, limitInput, thesisInput } from './round-table.schemas.js';
import { atTable, RoundTables, type Table } from './round-tables.queries.js';
import { shownFloor } from './table-words.js';
import { Theses } from './theses.service.js';

/** Who sits at a round table, what they handed in before, who speaks and who comes next. `person` is a `personId`. */
@ApiTags('round tables')
@Controller('api/v1/conferences/:conf/sessions/:id/round-table')
export class RoundTablesApi {
  constructor(
    private readonly tables: RoundTables,
    private readonly theses: Theses,
    private readonly floor: FloorQueue,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Staff('programme', 'read')
  @Answers(roundTableOut)
  async show(@Web() web: WebContext, @Param('id') id: string): Promise<z.input<typeof roundTableOut>> {
    const { session, people } = await this.table(web, id);
    const shown = people.map(({ affiliation, ...person }) => ({ ...person, institution: affiliation }));
    return { sessionId: session.id, title: session.title, startsAt: session.startsAt, people: shown };
  }

  @Get('theses')
  @Staff('programme', 'read')
  @Answers(thesesOut)
  async list(@Web() web: WebContext, @Param('id') id: string) {
    return { items: await this.theses.ofSession((await this.table(web, id)).session.id) };
  }

  /** Theses that came by letter. If-Match: "v0" for the first of somebody. */
  @Put('theses/:person')
  @Staff('programme', 'write')
  @Answers(thesisOut)
  async handIn(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Param('person') person: string,
    @Body({ schema: thesisInput }) input: z.output<typeof thesisInput>,
  ) {
    const { session, ...table } = await this.table(web, id);
    atTable({ session, ...table }, person, 'person');
    await this.theses.handIn(web.conference.id, session, person, { ...input, version: versionFrom(request) });
    return this.theses.of(session.id, person);
  }

  @Get('floor')
  @Staff('programme', 'read')
  @Answers(floorOut)
  async queue(@Web() web: WebContext, @Param('id') id: string) {
    return this.shown(await this.table(web, id));
  }

  /** Somebody asks for the floor; a second wish changes nothing. */
  @Post('floor')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(floorOut)
  async ask(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Body({ schema: floorForm }) { person }: z.output<typeof floorForm>,
  ) {
    const table = await this.table(web, id);
    atTable(table, person, 'person');
    await this.floor.ask(web.conference.id, table.session.id, person);
    return this.shown(table);
  }

  /** Takes somebody off the queue, or ends their speech. */
  @Delete('floor/:person')
  @Staff('programme', 'write')
  @Answers(floorOut)
  async leave(@Web() web: WebContext, @Param('id') id: string, @Param('person') person: string) {
    const table = await this.table(web, id);
    await this.floor.leave(web.conference.id, table.session.id, person);
    return this.shown(table);
  }

  /** Ends the speech that is held and gives the floor to the next. */
  @Post('floor/next')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(floorOut)
  async next(@Web() web: WebContext, @Param('id') id: string) {
    const table = await this.table(web, id);
    await this.floor.next(web.conference.id, table.session.id);
    return this.shown(table);
  }

  /** Gives the floor out of turn, to one of those who wait. */
  @Post('floor/requests/:request/turn')
  @HttpCode(200)
  @Staff('programme', 'write')
  @Answers(floorOut)
  async give(@Web() web: WebContext, @Param('id') id: string, @Param('request') request: string) {
    const table = await this.table(web, id);
    await this.floor.give(web.conference.id, table.session.id, request);
    return this.shown(table);
  }

  /** How long a speech may take. If-Match: the version of the limit, "v0" for the first. */
  @Put('floor/limit')
  @Staff('programme', 'write')
  @Answers(floorOut)
  async limit(
    @Web() web: WebContext,
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body({ schema: limitInput }) { minutes }: z.output<typeof limitInput>,
  ) {
    const table = await this.table(web, id);
    await this.floor.limit(web.conference.id, table.session.id, minutes, versionFrom(request));
    return this.shown(table);
  }

  private table(web: WebContext, id: string): Promise<Table> {
    return this.tables.bySession(web.conference.id, id);
  }

  private async shown(table: Table) {
    const floor = await this.floor.of(table.session.id);
    const shown = shownFloor(table, floor, this.clock.now(), null);
    return { ...shown, limit: { minutes: floor.minutes, version: floor.limitVersion } };
  }
}
