import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { SeatedPeople } from './seated-people.js';
import { drawnPlan } from './seating-drawing.rules.js';
import { guestOfHonourInFront, TABLE_SHAPES, type TableShape } from './seating.rules.js';
import { proposalForm, shapeQuery, swapForm } from './seating.schemas.js';
import { Seatings, type Seating } from './seatings.service.js';

/** Who sits where at one session of a visit. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/seating')
export class SeatingPages {
  constructor(
    private readonly visits: Visits,
    private readonly seatings: Seatings,
    private readonly people: SeatedPeople,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref);
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const here = `${hrefOf(visit)}/seating`;
    const sessions = await this.people.sessionsOf(visit);
    const model = {
      head: headOf(web, visit, 'seating', mayEdit),
      zone: visit.zone,
      sessions: sessions.map(({ id, title, startsAt, endsAt, settled }) => ({
        href: `${here}/${id}`,
        title,
        startsAt,
        endsAt,
        settled,
      })),
    };
    return web.page('pages/visits/seatings', model, frame(web, web.t('visit.room.seating'), visit));
  }

  @Get(':session')
  @Staff('visit', 'count', 'any')
  async one(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Query({ schema: shapeQuery }) { shape }: z.output<typeof shapeQuery>,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref);
    return this.show(web, visit, await this.seatings.of(visit, session, shape ?? undefined), web.emptyForm());
  }

  @Post(':session/proposal')
  @Staff('visit', 'count', 'any')
  propose(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, session, proposalForm, body, (visit, { version, shape }) =>
      this.seatings.propose(visit, session, version, shape as TableShape),
    );
  }

  @Post(':session/swap')
  @Staff('visit', 'count', 'any')
  swap(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') session: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, session, swapForm, body, (visit, { version, a, b, shape }) =>
      this.seatings.swap(visit, session, version, a, b, shape ?? undefined),
    );
  }

  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    session: string,
    schema: S,
    body: unknown,
    work: (visit: Visit, input: z.output<S>) => Promise<Seating>,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      work,
      room: `/seating/${session}`,
      notice: 'seated',
      again: async (visit, form) => this.show(web, visit, await this.seatings.of(visit, session), form),
    });
  }

  private async show(web: WebContext, visit: Visit, seating: Seating, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const names = await this.people.namesOf(visit, seating.seats);
    const seats = seating.seats.map((seat) => ({ ...seat, name: names.get(seat.personId ?? '') ?? null }));
    const here = `${hrefOf(visit)}/seating/${seating.session.id}`;
    const { title, startsAt, endsAt } = seating.session;
    const model = {
      head: headOf(web, visit, 'seating', mayEdit),
      here,
      zone: visit.zone,
      session: { title, startsAt, endsAt },
      shape: seating.shape,
      shapes: TABLE_SHAPES,
      settled: seating.version > 0,
      version: String(seating.version),
      plan: drawnPlan(seating.shape, seats),
      seats,
      chairs: seats.map(({ no, name }) => ({
        value: String(no),
        label: name === null ? web.t('visit.seating.free', { no }) : `${no} · ${name}`,
      })),
      hidden: !guestOfHonourInFront(seating.shape, seating.seats, seating.guests),
      mayEdit,
    };
    const options = {
      ...frame(web, `${web.t('visit.room.seating')}: ${pickText(title, web.locale).text}`, visit),
      form,
    };
    return web.page('pages/visits/seating', model, { ...options, scripts: ['js/seating.js'] });
  }
}
