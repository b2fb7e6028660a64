import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { zoneChoices, zonesOfCountry } from '../../../platform/i18n/zones.js';
import { VaultError } from '../../../platform/vault/vault.js';
import type { FormView } from '../../../platform/web/form.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { withNames, type NamedMember } from '../delegation/member-names.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { PAYERS } from '../visit.rules.js';
import { Visits } from '../visits.service.js';
import { Cars } from './cars.service.js';
import { Catering, type Meal } from './catering.queries.js';
import { menuFindings } from './catering.rules.js';
import { Journeys, type Journey } from './journeys.service.js';
import { instantsOf, LEG_DIRECTIONS, LEG_MODES, LEG_STATUSES, withoutJourney } from './leg.rules.js';
import { mustBeRegistered, nights, roomCounts, ROOM_TYPES } from './lodging.rules.js';
import { Lodgings } from './lodgings.service.js';

/** The pages of journeys, rooms and meals. */
@Injectable()
export class LogisticsViews {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly journeys: Journeys,
    private readonly lodgings: Lodgings,
    private readonly cars: Cars,
    private readonly catering: Catering,
  ) {}

  async all(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const members = withNames(await this.delegations.of(visit.id));
    const journeys = await this.journeys.of(visit);
    const without = withoutJourney(members, journeys);
    const nameOf = namesOf(members);
    const model = {
      head: headOf(web, visit, 'logistics', mayEdit),
      here: `${hrefOf(visit)}/logistics`,
      zone: visit.zone,
      legs: journeys.map((leg) => shownLeg(leg, nameOf)),
      without: { arrival: without.arrival.map(nameOf), departure: without.departure.map(nameOf) },
      ...(await this.rooms(visit, members, mayEdit)),
      ...(await this.meals(visit)),
      mayEdit,
    };
    return web.page('pages/visits/logistics', model, { ...frame(web, web.t('visit.room.logistics'), visit), form });
  }

  async leg(web: WebContext, visit: Visit, leg: Journey | null, form: FormView): Promise<string> {
    const [members, cars] = [withNames(await this.delegations.of(visit.id)), await this.cars.all()];
    const here = `${hrefOf(visit)}/logistics`;
    const model = {
      here,
      action: leg ? `${here}/legs/${leg.id}` : `${here}/legs`,
      leg: leg && { id: leg.id, version: leg.version },
      version: leg?.version ?? '',
      directions: LEG_DIRECTIONS,
      modes: LEG_MODES,
      statuses: LEG_STATUSES,
      zones: zoneChoices([
        visit.zone,
        ...zonesOfCountry(visit.country),
        ...(leg ? [leg.departsZone, leg.arrivesZone] : []),
      ]),
      members: members.map(({ id, name }) => ({ value: id, label: name })),
      cars: cars
        .filter(({ id, inUse }) => inUse || id === leg?.carId)
        .map(({ id, name, plate, seats }) => ({
          value: id,
          label: web.t('visit.leg.car', { name, plate: plate ?? '—', seats }),
        })),
    };
    const title = web.t(leg ? 'visit.leg.edit' : 'visit.leg.new');
    return web.page('pages/visits/leg', model, { ...frame(web, title, visit), form });
  }

  async lodging(web: WebContext, visit: Visit, memberId: string, form: FormView): Promise<string> {
    const members = withNames(await this.delegations.of(visit.id));
    const member = members.find(({ id }) => id === memberId);
    if (!member) throw new NotFound();
    const lodging = await this.lodgings.ofMember(visit, memberId);
    const here = `${hrefOf(visit)}/logistics`;
    const model = {
      here,
      action: `${here}/lodgings/${memberId}`,
      there: lodging !== null,
      version: String(lodging?.version ?? 0),
      roomTypes: ROOM_TYPES,
      payers: PAYERS,
      others: members.filter(({ id }) => id !== memberId).map(({ id, name }) => ({ value: id, label: name })),
    };
    const title = web.t('visit.lodging.of', { name: member.name });
    return web.page('pages/visits/lodging', model, { ...frame(web, title, visit), form });
  }

  /** `inner`: for somebody who may know who pays. */
  private async rooms(visit: Visit, members: readonly NamedMember[], inner: boolean) {
    const lodgings = await this.lodgings.of(visit.id);
    const nameOf = namesOf(members);
    return {
      rooms: roomCounts(lodgings),
      lodgings: members
        .filter(({ inPerson }) => inPerson)
        .map((member) => {
          const lodging = lodgings.find(({ memberId }) => memberId === member.id);
          return {
            id: member.id,
            name: member.name,
            lodging: lodging && {
              hotel: lodging.hotel,
              roomType: lodging.roomType,
              from: lodging.from,
              until: lodging.until,
              nights: nights(lodging.from, lodging.until),
              sharedWith: lodging.sharedWith ? nameOf(lodging.sharedWith) : null,
              payer: inner ? lodging.payer : null,
              register: mustBeRegistered(member.citizenship, lodging.from, lodging.until),
            },
          };
        }),
    };
  }

  /** A diet that cannot be read makes no count: the page says so instead of showing a smaller one. */
  private async meals(visit: Visit) {
    try {
      return { meals: (await this.catering.of(visit)).map(shownMeal), unreadable: false };
    } catch (error) {
      if (error instanceof VaultError) return { meals: [], unreadable: true };
      throw error;
    }
  }
}

function shownLeg({ ordered, ...leg }: Journey, nameOf: (id: string) => string) {
  const { departs, arrives } = instantsOf(leg);
  return {
    ...leg,
    departs,
    arrives,
    car: ordered && { name: ordered.name, plate: ordered.plate, driver: ordered.driver, phone: ordered.phone },
    passengers: leg.memberIds.map(nameOf),
    next: LEG_STATUSES.filter((status) => status !== leg.status && status !== 'planned'),
  };
}

function shownMeal({ session, ...meal }: Meal) {
  const { title, startsAt, endsAt } = session;
  return { ...meal, against: menuFindings(meal.menu, meal.diets), session: { title, startsAt, endsAt } };
}

function namesOf(members: readonly NamedMember[]): (id: string) => string {
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? '';
}
