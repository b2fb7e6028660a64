import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Visits } from '../visits.service.js';
import { Cars } from './cars.service.js';
import { Catering } from './catering.queries.js';
import { Gifts } from './gifts.service.js';
import { Journeys } from './journeys.service.js';
import { Lodgings } from './lodgings.service.js';
import {
  carOut,
  carsOut,
  giftOut,
  giftsOut,
  legOut,
  legsOut,
  lodgingInput,
  lodgingOut,
  lodgingsOut,
  mealsOut,
  newCarForm,
  newGiftForm,
  newLegForm,
  statusInput,
} from './logistics.schemas.js';

/** Journeys, rooms, meals and gifts of a visit. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref')
export class LogisticsApi {
  constructor(
    private readonly visits: Visits,
    private readonly journeys: Journeys,
    private readonly lodgings: Lodgings,
    private readonly gifts: Gifts,
    private readonly catering: Catering,
  ) {}

  @Get('legs')
  @Staff('visit', 'count', 'any')
  @Answers(legsOut)
  async legs(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.journeys.of(await this.visits.open(web.viewer, ref)) };
  }

  @Post('legs')
  @Staff('visit', 'count', 'any')
  @Answers(legOut, { status: 201 })
  async addLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newLegForm }) given: z.output<typeof newLegForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const { memberIds, ...fields } = given;
    const id = await web.onceFor(given, async () => (await this.journeys.add(visit, fields, memberIds)).id);
    return tagged(await this.journeys.one(visit, id), reply);
  }

  @Put('legs/:leg')
  @Staff('visit', 'count', 'any')
  @Answers(legOut)
  async saveLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Body({ schema: newLegForm }) { memberIds, ...fields }: z.output<typeof newLegForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.journeys.edit(visit, { id, version: versionFrom(request) }, fields, memberIds), reply);
  }

  /** Landed, met, delayed. */
  @Put('legs/:leg/status')
  @Staff('visit', 'count', 'any')
  @Answers(legOut)
  async markLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Body({ schema: statusInput }) { status }: z.output<typeof statusInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.journeys.mark(visit, { id, version: versionFrom(request) }, status), reply);
  }

  @Delete('legs/:leg')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async removeLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.journeys.remove(visit, { id, version: versionFrom(request) });
  }

  @Get('lodgings')
  @Staff('visit', 'count', 'any')
  @Answers(lodgingsOut)
  async rooms(@Web() web: WebContext, @Param('ref') ref: string) {
    const visit = await this.visits.open(web.viewer, ref);
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const rooms = await this.lodgings.of(visit.id);
    return { items: mayEdit ? rooms : rooms.map((room) => ({ ...room, payer: null })) };
  }

  /** The one room of a member; `version` 0 where there was none. */
  @Put('lodgings/:member')
  @Staff('visit', 'count', 'any')
  @Answers(lodgingOut)
  async saveRoom(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') member: string,
    @Body({ schema: lodgingInput }) { version, ...fields }: z.output<typeof lodgingInput>,
  ) {
    return this.lodgings.save(await this.visits.open(web.viewer, ref, 'write'), member, version, fields);
  }

  @Delete('lodgings/:member')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async removeRoom(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') member: string): Promise<void> {
    await this.lodgings.remove(await this.visits.open(web.viewer, ref, 'write'), member);
  }

  /** What caterers are told: heads and counts of diets, no names. */
  @Get('meals')
  @Staff('visit', 'count', 'any')
  @Answers(mealsOut)
  async meals(@Web() web: WebContext, @Param('ref') ref: string) {
    const meals = await this.catering.of(await this.visits.open(web.viewer, ref));
    return {
      items: meals.map(({ session, heads, diets, allergies, menu }) => ({
        sessionId: session.id,
        heads,
        diets,
        allergies,
        menu,
      })),
    };
  }

  @Get('gifts')
  @Staff('visit', 'count', 'any')
  @Answers(giftsOut)
  async register(@Web() web: WebContext, @Param('ref') ref: string) {
    return { items: await this.gifts.of((await this.visits.open(web.viewer, ref, 'inner')).id) };
  }

  @Post('gifts')
  @Staff('visit', 'count', 'any')
  @Answers(giftOut, { status: 201 })
  async addGift(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newGiftForm }) fields: z.output<typeof newGiftForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const id = await web.onceFor(fields, async () => (await this.gifts.add(visit, fields)).id);
    return tagged(await this.gifts.one(visit, id), reply);
  }

  @Put('gifts/:gift')
  @Staff('visit', 'count', 'any')
  @Answers(giftOut)
  async saveGift(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('gift') id: string,
    @Body({ schema: newGiftForm }) fields: z.output<typeof newGiftForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return tagged(await this.gifts.edit(visit, { id, version: versionFrom(request) }, fields), reply);
  }

  @Delete('gifts/:gift')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async removeGift(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('gift') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    await this.gifts.remove(visit, { id, version: versionFrom(request) });
  }
}

/** The cars that journeys choose from. */
@ApiTags('visits')
@Controller('api/v1/cars')
export class CarsApi {
  constructor(private readonly cars: Cars) {}

  @Get()
  @Staff('visit', 'write', 'any')
  @Answers(carsOut)
  async all() {
    return { items: await this.cars.all() };
  }

  @Post()
  @Staff('visit', 'write', 'any')
  @Answers(carOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: newCarForm }) fields: z.output<typeof newCarForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = await web.onceFor(fields, async () => (await this.cars.add(fields)).id);
    return tagged(await this.cars.byId(id), reply);
  }

  @Put(':car')
  @Staff('visit', 'write', 'any')
  @Answers(carOut)
  async save(
    @Param('car') id: string,
    @Body({ schema: newCarForm }) fields: z.output<typeof newCarForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.cars.edit({ id, version: versionFrom(request) }, fields), reply);
  }
}

function tagged<T extends { version: number }>(row: T, reply: FastifyReply): T {
  void reply.header('etag', etagOf(row.version));
  return row;
}
