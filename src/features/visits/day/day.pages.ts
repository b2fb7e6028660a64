import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../../kernel/locale.js';
import { toInstant, toLocal } from '../../../kernel/zones.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { movedText } from '../attended/attended-desk.js';
import type { Visit } from '../visit.entity.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { changeVisit } from '../visit-change.js';
import { emptyForm } from '../visits.schemas.js';
import { dayQuery, incidentForm, tickForm } from './day.schemas.js';
import { Incidents } from './incidents.service.js';
import { readInstant } from '../logistics/leg.rules.js';
import { VisitDay, type DayLine } from './day.service.js';

/** The run sheet of a day, on a phone: what comes, who answers for it, and what is done. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/day')
export class DayPages {
  constructor(
    private readonly visits: Visits,
    private readonly day: VisitDay,
    private readonly incidents: Incidents,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async sheet(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: dayQuery }) { on }: z.output<typeof dayQuery>,
  ): Promise<string> {
    return this.show(web, await this.visits.open(web.viewer, ref), on, web.emptyForm());
  }

  @Post()
  @Staff('visit', 'count', 'any')
  async tick(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: dayQuery }) { on }: z.output<typeof dayQuery>,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(tickForm, body, {
      done: async ({ key, done }) => {
        await this.day.tick(visit, [{ key, done: done === 'yes', at: this.clock.now() }]);
        return web.redirect(`${hrefOf(visit)}/day${on === null ? '' : `?on=${on}`}`);
      },
      again: (form) => this.show(web, visit, on, form),
    });
  }

  @Post('incidents')
  @Staff('visit', 'count', 'any')
  note(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: incidentForm,
      body,
      makes: true,
      work: (visit, { happenedAt, ...rest }) =>
        this.incidents.note(visit, { ...rest, at: readInstant('happenedAt', happenedAt, visit.zone) }),
      room: '/day#incidents',
      notice: 'incidentNoted',
      again: (visit, form) => this.show(web, visit, null, form),
    });
  }

  @Post('incidents/:incident/removal')
  @Staff('visit', 'count', 'any')
  removeIncident(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('incident') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: emptyForm,
      body,
      work: (visit) => this.incidents.remove(visit, id),
      room: '/day#incidents',
      notice: 'incidentRemoved',
      again: (visit, form) => this.show(web, visit, null, form),
    });
  }

  private async show(web: WebContext, visit: Visit, on: string | null, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const days = await this.day.days(visit);
    const day = on ?? this.day.dayOf(visit, days);
    const noon = (one: string) => toInstant(`${one}T12:00`, visit.zone).instant;
    const lines = await this.day.on(visit, day);
    const model = {
      head: headOf(web, visit, 'day', mayEdit),
      here: `${hrefOf(visit)}/day`,
      on: day,
      zone: visit.zone,
      date: noon(day),
      days: days.map((one) => ({ day: one, date: noon(one), current: one === day })),
      lines: lines.map((line) => shownLine(web, line, visit.zone)),
      left: lines.filter(({ tick }) => !tick?.done).length,
      checks: await this.day.checklist(visit),
      // What went wrong is for those who keep the file.
      incidents: mayEdit ? await this.incidents.of(visit.id) : [],
      now: toLocal(this.clock.now(), visit.zone).slice(0, 16),
      ticks: { address: `/api/v1/visits/${visit.ref}/ticks` },
      mayEdit,
    };
    const options = { ...frame(web, web.t('visit.room.day'), visit), form };
    return web.page('pages/visits/day', model, { ...options, scripts: ['js/ticks.js'] });
  }
}

function shownLine(web: WebContext, { key, at, until, session, attended, leg, tick }: DayLine, zone: string) {
  const done = tick?.done ?? false;
  if (leg) {
    const { fromPlace, toPlace, carrier, number, greeter, ordered, note } = leg;
    return {
      key,
      at,
      until,
      done,
      title: `${fromPlace} → ${toPlace}`,
      place: [carrier, number].filter(Boolean).join(' '),
      people: [
        ...(greeter ? [{ name: greeter, phone: null }] : []),
        ...(ordered?.driver ? [{ name: ordered.driver, phone: ordered.phone }] : []),
      ],
      note,
      planB: null,
    };
  }
  if (attended) {
    const { title, kind, room, conference, memberIds, people } = attended;
    const moved = movedText(web, attended, zone);
    return {
      key,
      at,
      until,
      done,
      title: pickText(title, web.locale).text || web.t(`sessionKind.${kind}`),
      place: [room ? pickText(room.name, web.locale).text : '', pickText(conference.title, web.locale).text]
        .filter(Boolean)
        .join(' · '),
      people: memberIds === null ? [] : people.map(({ name }) => ({ name, phone: null })),
      note: moved === '' ? null : web.t('visit.attended.moving', { place: moved }),
      planB: null,
    };
  }
  const { beside, room, people } = session!;
  const hosts = people.filter(({ role }) => role === 'host');
  return {
    key,
    at,
    until,
    done,
    title: pickText(session!.session.title, web.locale).text || web.t(`sessionKind.${session!.session.kind}`),
    place: [room ? pickText(room.name, web.locale).text : '', beside.address].filter(Boolean).join(', '),
    people: [...hosts.filter(({ leads }) => leads), ...hosts.filter(({ leads }) => !leads)].map(({ name, phone }) => ({
      name,
      phone,
    })),
    note: beside.internalNote,
    planB: beside.planB,
  };
}
