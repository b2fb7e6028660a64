import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { Visits } from '../visits.service.js';
import { Journeys } from './journeys.service.js';
import { Lodgings } from './lodgings.service.js';
import { LogisticsViews } from './logistics-views.js';
import { emptyForm, legForm, lodgingForm, newLegForm, statusForm, versionForm } from './logistics.schemas.js';

/** Journeys, rooms and meals of one visit. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/logistics')
export class LogisticsPages {
  constructor(
    private readonly visits: Visits,
    private readonly journeys: Journeys,
    private readonly lodgings: Lodgings,
    private readonly views: LogisticsViews,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.views.all(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  @Get('legs/new')
  @Staff('visit', 'count', 'any')
  async blankLeg(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const usual = { direction: 'arrival', mode: 'flight', status: 'planned', arrivesZone: visit.zone };
    return this.views.leg(web, visit, null, web.emptyForm(usual));
  }

  @Post('legs')
  @Staff('visit', 'count', 'any')
  addLeg(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, newLegForm, body, {
      notice: 'legSaved',
      makes: true,
      work: (visit, { memberIds, ...fields }) => this.journeys.add(visit, fields, memberIds),
      again: (visit, form) => this.views.leg(web, visit, null, form),
    });
  }

  @Get('legs/:leg')
  @Staff('visit', 'count', 'any')
  async leg(@Web() web: WebContext, @Param('ref') ref: string, @Param('leg') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const leg = await this.journeys.one(visit, id);
    return this.views.leg(web, visit, leg, web.emptyForm({ ...leg }));
  }

  @Post('legs/:leg')
  @Staff('visit', 'count', 'any')
  saveLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, legForm, body, {
      notice: 'legSaved',
      work: (visit, { memberIds, version, ...fields }) => this.journeys.edit(visit, { id, version }, fields, memberIds),
      again: async (visit, form) => this.views.leg(web, visit, await this.journeys.one(visit, id), form),
    });
  }

  @Post('legs/:leg/status')
  @Staff('visit', 'count', 'any')
  markLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, statusForm, body, {
      notice: 'legMarked',
      work: (visit, { version, status }) => this.journeys.mark(visit, { id, version }, status),
    });
  }

  @Post('legs/:leg/removal')
  @Staff('visit', 'count', 'any')
  removeLeg(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('leg') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, {
      notice: 'legRemoved',
      work: (visit, { version }) => this.journeys.remove(visit, { id, version }),
    });
  }

  @Get('lodgings/:member')
  @Staff('visit', 'count', 'any')
  async lodging(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') member: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const lodging = await this.lodgings.ofMember(visit, member);
    const usual = { roomType: 'single', from: visit.startsOn, until: visit.endsOn, payer: visit.financing.hotel };
    return this.views.lodging(web, visit, member, web.emptyForm({ ...(lodging ?? usual) }));
  }

  @Post('lodgings/:member')
  @Staff('visit', 'count', 'any')
  saveLodging(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') member: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, lodgingForm, body, {
      notice: 'lodgingSaved',
      work: (visit, { version, ...fields }) => this.lodgings.save(visit, member, version, fields),
      again: (visit, form) => this.views.lodging(web, visit, member, form),
    });
  }

  @Post('lodgings/:member/removal')
  @Staff('visit', 'count', 'any')
  removeLodging(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') member: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, {
      notice: 'lodgingRemoved',
      work: (visit) => this.lodgings.remove(visit, member),
    });
  }

  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    ways: {
      notice: string;
      makes?: boolean;
      work: (visit: Visit, input: z.output<S>) => Promise<unknown>;
      again?: (visit: Visit, form: FormView) => Promise<string>;
    },
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      again: (visit, form) => this.views.all(web, visit, form),
      ...ways,
      room: '/logistics',
    });
  }
}
