import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES } from '../../../kernel/locale.js';
import { zoneChoices, zonesOfCountry } from '../../../platform/i18n/zones.js';
import type { FormView } from '../../../platform/web/form.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { DelegationDoor } from '../delegation/delegation-door.js';
import { withNames } from '../delegation/member-names.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { Journeys, type Journey, type LegFields } from './journeys.service.js';
import { GUEST_DIRECTIONS, instantsOf, LEG_MODES } from './leg.rules.js';
import { guestLegForm, newGuestLegForm, versionForm } from './logistics.schemas.js';

/** How a delegation comes and goes, entered by its own side behind its link: each journey once, for all who take it. */
@Controller([...LOCALES].map((locale) => `${locale}/delegation/:token/journeys`))
export class GuestJourneysPages {
  constructor(
    private readonly door: DelegationDoor,
    private readonly delegations: Delegations,
    private readonly journeys: Journeys,
  ) {}

  @Get()
  @ByToken('delegation')
  async all(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const { visit } = await this.door.open(token);
    const members = withNames(await this.delegations.of(visit.id));
    const legs = (await this.journeys.of(visit)).filter(isTheirs);
    const model = {
      back: hereOf(web, token),
      here: `${hereOf(web, token)}/journeys`,
      zone: visit.zone,
      someone: members.length > 0,
      legs: legs.map((leg) => ({
        ...leg,
        ...instantsOf(leg),
        passengers: leg.memberIds.map((id) => members.find((member) => member.id === id)?.name ?? ''),
      })),
    };
    return this.page(web, 'pages/delegation/journeys', model, 'title', web.emptyForm());
  }

  @Get('new')
  @ByToken('delegation')
  async blank(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const { visit } = await this.door.open(token);
    const [theirs = visit.zone] = zonesOfCountry(visit.country);
    const usual = { direction: 'arrival', mode: 'flight', departsZone: theirs, arrivesZone: visit.zone };
    return this.form(web, token, visit, null, web.emptyForm(usual));
  }

  @Post()
  @ByToken('delegation')
  async add(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const { visit } = await this.door.open(token);
    return web.form(newGuestLegForm, body, {
      done: ({ memberIds, ...typed }) =>
        web.once(body, async () => {
          await this.journeys.add(visit, { ...OURS, ...typed }, memberIds, 'guest');
          return this.back(web, token, 'saved');
        }),
      again: (form) => this.form(web, token, visit, null, form),
    });
  }

  @Get(':leg')
  @ByToken('delegation')
  async leg(@Web() web: WebContext, @Param('token') token: string, @Param('leg') id: string): Promise<string> {
    const { visit } = await this.door.open(token);
    const leg = await this.theirs(visit, id);
    return this.form(web, token, visit, leg, web.emptyForm({ ...leg }));
  }

  @Post(':leg')
  @ByToken('delegation')
  async save(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('leg') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { visit } = await this.door.open(token);
    const before = await this.theirs(visit, id);
    return web.form(guestLegForm, body, {
      done: async ({ memberIds, version, ...typed }) => {
        await this.journeys.edit(visit, { id, version }, { ...ours(before), ...typed }, memberIds, 'guest');
        return this.back(web, token, 'saved');
      },
      again: async (form) => this.form(web, token, visit, await this.theirs(visit, id), form),
    });
  }

  /** Called off, and not deleted: a car may be ordered for it. */
  @Post(':leg/removal')
  @ByToken('delegation')
  async remove(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('leg') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { visit } = await this.door.open(token);
    const { memberIds, ...before } = await this.theirs(visit, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        const off = { ...fieldsOf(before), status: 'cancelled' as const };
        await this.journeys.edit(visit, { id, version }, off, memberIds, 'guest');
        return this.back(web, token, 'removed');
      },
      again: async (form) => this.form(web, token, visit, await this.theirs(visit, id), form),
    });
  }

  private async form(
    web: WebContext,
    token: string,
    visit: Visit,
    leg: Journey | null,
    form: FormView,
  ): Promise<string> {
    const members = withNames(await this.delegations.of(visit.id));
    const here = `${hereOf(web, token)}/journeys`;
    const model = {
      back: here,
      action: leg ? `${here}/${leg.id}` : here,
      leg: leg && { id: leg.id, version: leg.version },
      version: leg?.version ?? '',
      stale: web.reply.statusCode === 409,
      directions: GUEST_DIRECTIONS,
      modes: LEG_MODES,
      zones: zoneChoices([...zonesOfCountry(visit.country), visit.zone]),
      members: members.filter(({ inPerson }) => inPerson).map(({ id, name }) => ({ value: id, label: name })),
    };
    return this.page(web, 'pages/delegation/journey', model, leg ? 'edit' : 'new', form);
  }

  private async theirs(visit: Visit, id: string): Promise<Journey> {
    const leg = await this.journeys.one(visit, id);
    if (!isTheirs(leg)) throw new NotFound();
    return leg;
  }

  private back(web: WebContext, token: string, done: 'saved' | 'removed'): string {
    return web.redirect(`${hereOf(web, token)}/journeys`, { key: `delegation.journey.done.${done}` });
  }

  private page(
    web: WebContext,
    template: string,
    model: object,
    title: 'title' | 'new' | 'edit',
    form: FormView,
  ): Promise<string> {
    const named = web.t(`delegation.journey.${title}`);
    return web.page(template, model, { title: named, robots: 'none', form, status: web.reply.statusCode });
  }
}

type Typed = z.output<typeof newGuestLegForm>;
type Ours = Omit<LegFields, keyof Typed>;

/** What we have not thought of yet when their side is the first to write. */
const OURS: Ours = { carId: null, greeter: null, signText: null, status: 'planned', note: null };

function ours({ carId, greeter, signText, status, note }: Ours): Ours {
  return { carId, greeter, signText, status, note };
}

function fieldsOf(leg: Omit<Journey, 'memberIds'>): LegFields {
  const { direction, mode, carrier, number, fromPlace, toPlace, departsAt, departsZone } = leg;
  const { arrivesAt, arrivesZone, terminal, luggage } = leg;
  const typed = { direction, mode, carrier, number, fromPlace, toPlace, departsAt, departsZone };
  return { ...ours(leg), ...typed, arrivesAt, arrivesZone, terminal, luggage };
}

/** Ways between two places of ours, and what is off, are not shown to them. */
function isTheirs({ direction, status }: Pick<Journey, 'direction' | 'status'>): boolean {
  return direction !== 'between' && status !== 'cancelled';
}

function hereOf(web: WebContext, token: string): string {
  return `/${web.locale}/delegation/${token}`;
}
