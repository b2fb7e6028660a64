import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { toInstant } from '../../../kernel/zones.js';
import type { DocxData } from '../../../platform/documents/docx-data.rules.js';
import { countryName } from '../../../platform/i18n/countries.js';
import {
  formatDate,
  formatDateRange,
  formatDay,
  formatShortDay,
  formatTime,
  listOf,
} from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Accounts } from '../../accounts/index.js';
import { Institutions, institutionName } from '../../cooperation/index.js';
import { personName } from '../../people/index.js';
import { Commitments } from '../commitments/commitments.service.js';
import { Delegations, type MemberOfDelegation } from '../delegation/members.service.js';
import { Catering } from '../logistics/catering.queries.js';
import { Gifts } from '../logistics/gifts.service.js';
import { Journeys } from '../logistics/journeys.service.js';
import { instantsOf } from '../logistics/leg.rules.js';
import { nights } from '../logistics/lodging.rules.js';
import { Lodgings } from '../logistics/lodgings.service.js';
import { StayPapers, type PaperItem } from '../stay/stay-papers.service.js';
import type { Visit } from '../visit.entity.js';
import { COST_LINES } from '../visit.rules.js';

/** A line of a list: texts alone. */
type Line = Readonly<Record<string, string>>;

interface Days extends DocxData {
  readonly zone: string;
  readonly days: readonly { readonly day: string; readonly daySecond: string; readonly items: readonly Line[] }[];
}

type Maker = (visit: Visit, locale: Locale) => Promise<DocxData>;

/** What the documents of a visit are filled with: texts as they print, in the language of the document. */
@Injectable()
export class VisitPapersData {
  private readonly makers: Readonly<Record<string, Maker>> = {
    invitation_letter: (visit, locale) => this.letter(visit, locale),
    note_verbale: (visit, locale) => this.letter(visit, locale),
    thank_you_letter: (visit, locale) => this.thanks(visit, locale),
    programme_guest: (visit, locale) => this.programme(visit, locale, 'guest'),
    programme_internal: (visit, locale) => this.programme(visit, locale, 'internal'),
    run_sheet: (visit, locale) => this.runSheet(visit, locale),
    delegation_list: async (visit, locale) => ({ members: await this.members(visit, locale) }),
    name_plates: (visit, locale) => this.plates(visit, locale),
    pass_list: (visit, locale) => this.passes(visit, locale),
    transport_sheet: (visit, locale) => this.transport(visit, locale),
    rooming_list: (visit, locale) => this.rooming(visit, locale),
    catering_order: (visit, locale) => this.meals(visit, locale),
    gift_sheet: (visit, locale) => this.giftSheet(visit, locale),
    visit_report: (visit, locale) => this.report(visit, locale),
  };

  constructor(
    private readonly clock: Clock,
    private readonly translator: Translator,
    private readonly accounts: Accounts,
    private readonly institutions: Institutions,
    private readonly delegations: Delegations,
    private readonly stays: StayPapers,
    private readonly journeys: Journeys,
    private readonly lodgings: Lodgings,
    private readonly catering: Catering,
    private readonly gifts: Gifts,
    private readonly commitments: Commitments,
  ) {}

  /** The kinds of documents that a visit fills. */
  get kinds(): string[] {
    return Object.keys(this.makers);
  }

  /** Throws VaultError where a diet cannot be read: an order with a wrong count is worse than none. */
  async of(visit: Visit, kind: string, locale: Locale): Promise<DocxData> {
    return { ...(await this.common(visit, locale)), ...(await this.makers[kind]!(visit, locale)) };
  }

  /** What stands on every sheet: of what visit it is, from when, and who made it. */
  async common(visit: Visit, locale: Locale): Promise<DocxData> {
    const second = secondOf(locale);
    const institution = visit.institutionId
      ? (await this.institutions.byIds([visit.institutionId])).get(visit.institutionId)
      : undefined;
    const officer = visit.responsibleId ? await this.accounts.byId(visit.responsibleId) : null;
    return {
      reference: visit.ref,
      visitTitle: pickText(visit.title, locale).text,
      visitTitleSecond: pickText(visit.title, second).text,
      dates: this.days(visit, locale),
      visitDates: this.days(visit, locale),
      datesSecond: this.days(visit, second),
      guestInstitution: institution ? institutionName(institution, locale) : (visit.initiator ?? ''),
      guestInstitutionSecond: institution ? institutionName(institution, second) : (visit.initiator ?? ''),
      guestCountry: visit.country ? countryName(locale, visit.country) : '',
      responsible: officer?.name ?? '',
      madeBy: officer?.name ?? '',
      madeAt: formatDate(locale, this.clock.now(), visit.zone),
    };
  }

  private async letter(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.members(visit, locale);
    return {
      addressee: visit.initiator ?? '',
      theirNumber: visit.incomingNo ?? '',
      theirDate: visit.incomingOn ? this.day(locale, visit.incomingOn, visit.zone) : '',
      signatoryTitle: visit.hostPrincipal ?? '',
      purpose: visit.purpose ?? '',
      members,
      topics: (visit.topics ?? '')
        .split(/\n+/)
        .filter(Boolean)
        .map((topic) => ({ topic })),
      financing: COST_LINES.flatMap((cost) => {
        const payer = visit.financing[cost];
        return payer
          ? [{ line: this.t(locale, `visit.cost.${cost}`), payer: this.t(locale, `visit.payer.${payer}`) }]
          : [];
      }),
      body: '',
      replyBy: '',
    };
  }

  private async thanks(visit: Visit, locale: Locale): Promise<DocxData> {
    return { ...(await this.letter(visit, locale)), commitments: await this.promises(visit, locale), photos: false };
  }

  private async programme(visit: Visit, locale: Locale, layout: 'guest' | 'internal'): Promise<Days> {
    const second = secondOf(locale);
    const stay = await this.stays.stayForPaper(visit, { layout, languages: [locale, second] });
    return {
      edition: stay.text.number === null ? '' : String(stay.text.number),
      zone: stay.zone[0] ?? '',
      zoneSecond: stay.zone[1] ?? '',
      days: stay.days.map(({ titles, items }) => ({
        day: titles[0] ?? '',
        daySecond: titles[1] ?? '',
        items: items.filter(({ cancelled }) => !cancelled).map((item) => itemOf(item, this.t(locale, 'role.host'))),
      })),
    };
  }

  private async runSheet(visit: Visit, locale: Locale): Promise<DocxData> {
    const { days, zone } = await this.programme(visit, locale, 'internal');
    const items = days.flatMap(({ day, items: all }) =>
      all.map(({ time, title, place, owner, phone, note }) => ({
        time: days.length > 1 ? `${day}, ${time!}` : time!,
        what: title!,
        place: place!,
        owner: owner!,
        phone: phone!,
        note: note!,
      })),
    );
    return { zone, day: '', edition: '', items, phones: [] };
  }

  private async members(visit: Visit, locale: Locale): Promise<Line[]> {
    const second = secondOf(locale);
    return (await this.delegations.of(visit.id)).map(({ member, person }, index) => ({
      no: String(index + 1),
      courtesy: pickText(member.courtesy, locale).text,
      name: onPlate(member, locale) ?? personName(person),
      nameOriginal: member.plate.original ?? '',
      nameSecond: onPlate(member, second) ?? personName(person),
      title: pickText(member.title, locale).text,
      titleSecond: pickText(member.title, second).text,
      role: this.t(locale, `delegation.role.${member.role}`),
      institution: person.institution ?? '',
    }));
  }

  private async plates(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.members(visit, locale);
    return {
      plates: members.map(({ name, nameOriginal, nameSecond, title, titleSecond }) => ({
        name: name!,
        nameSecond: nameOriginal || nameSecond!,
        title: title!,
        titleSecond: titleSecond!,
      })),
    };
  }

  private async passes(visit: Visit, locale: Locale): Promise<DocxData> {
    const members = await this.members(visit, locale);
    const journeys = await this.journeys.of(visit);
    const cars = new Map(journeys.flatMap(({ ordered }) => (ordered ? [[ordered.id, ordered]] : [])));
    return {
      day: this.days(visit, locale),
      withNumbers: false,
      people: members.map(({ no, name, nameOriginal, institution }) => ({
        no: no!,
        name: nameOriginal ? `${name!} / ${nameOriginal}` : name!,
        institution: institution!,
        documentNumber: '',
        time: '',
      })),
      vehicles: [...cars.values()].map(({ plate, name, driver }) => ({
        plate: plate ?? '',
        model: name,
        driver: driver ?? '',
        time: '',
      })),
    };
  }

  private async transport(visit: Visit, locale: Locale): Promise<DocxData> {
    const names = namesOf(await this.delegations.of(visit.id), locale);
    const legs = (await this.journeys.of(visit)).filter(({ status }) => status !== 'cancelled');
    return {
      legs: legs.map((leg) => {
        const { departs, arrives } = instantsOf(leg);
        const here = leg.direction === 'departure' ? departs : arrives;
        return {
          day: formatShortDay(locale, here, visit.zone),
          time: formatTime(locale, here, visit.zone),
          zone: '',
          from: leg.fromPlace,
          to: leg.toPlace,
          flight: [leg.carrier, leg.number, leg.terminal].filter(Boolean).join(' '),
          persons: listOf(
            locale,
            leg.memberIds.map((id) => names.get(id) ?? ''),
          ),
          count: String(leg.memberIds.length),
          sign: leg.signText ?? '',
          greeter: leg.greeter ?? '',
          greeterPhone: '',
          luggage: leg.luggage === null ? '' : String(leg.luggage),
          car: [leg.ordered?.name, leg.ordered?.plate].filter(Boolean).join(', '),
          driver: [leg.ordered?.driver, leg.ordered?.phone].filter(Boolean).join(', '),
          note: leg.note ?? '',
        };
      }),
    };
  }

  private async rooming(visit: Visit, locale: Locale): Promise<DocxData> {
    const delegation = await this.delegations.of(visit.id);
    const rooms = await this.lodgings.of(visit.id);
    const names = namesOf(delegation, locale);
    const order = delegation.map(({ member }) => member.id);
    const hotels = [...new Set(rooms.map(({ hotel }) => hotel))];
    return {
      hotel: hotels.join(', '),
      rooms: rooms
        .toSorted((a, b) => order.indexOf(a.memberId) - order.indexOf(b.memberId))
        .map((room, index) => ({
          no: String(index + 1),
          name: names.get(room.memberId) ?? '',
          roomType: this.t(locale, `visit.lodging.types.${room.roomType}`),
          arrives: this.day(locale, room.from, visit.zone),
          departs: this.day(locale, room.until, visit.zone),
          nights: String(nights(room.from, room.until)),
          payer: room.payer ? this.t(locale, `visit.payer.${room.payer}`) : '',
          note: [hotels.length > 1 ? room.hotel : '', room.sharedWith ? (names.get(room.sharedWith) ?? '') : '']
            .filter(Boolean)
            .join(', '),
        })),
    };
  }

  private async meals(visit: Visit, locale: Locale): Promise<DocxData> {
    const meals = await this.catering.of(visit);
    return {
      listAsOf: formatDate(locale, this.clock.now(), visit.zone),
      meals: meals.map(({ session, heads, diets, allergies, menu }) => ({
        day: formatDay(locale, session.startsAt!, visit.zone),
        time: formatTime(locale, session.startsAt!, visit.zone),
        event: pickText(session.title, locale).text,
        headcount: String(heads),
        place: '',
        serving: '',
        menu: menu ?? '',
        note: allergies > 0 ? this.t(locale, 'visit.meal.allergies', { count: allergies }) : '',
        diets: diets.map(({ diet, count }) => ({ diet, count: String(count) })),
        plated: [],
      })),
    };
  }

  private async giftSheet(visit: Visit, locale: Locale): Promise<DocxData> {
    const names = namesOf(await this.delegations.of(visit.id), locale);
    const gifts = await this.gifts.of(visit.id);
    const lines = (way: 'given' | 'received') =>
      gifts
        .filter((gift) => gift.way === way)
        .map((gift, index) => ({
          no: String(index + 1),
          item: gift.what,
          from: way === 'given' ? '' : (names.get(gift.memberId ?? '') ?? gift.whom ?? ''),
          to: way === 'given' ? (names.get(gift.memberId ?? '') ?? gift.whom ?? '') : '',
          occasion: '',
          value: gift.value === null ? '' : `${(gift.value / 100).toFixed(2)} ${gift.currency ?? ''}`.trim(),
          kept: gift.keptAt ?? '',
        }));
    return { given: lines('given'), received: lines('received') };
  }

  private async report(visit: Visit, locale: Locale): Promise<DocxData> {
    const { days } = await this.programme(visit, locale, 'internal');
    return {
      purpose: visit.purpose ?? '',
      results: '',
      lessons: visit.lessons ?? '',
      members: await this.members(visit, locale),
      meetings: days.flatMap(({ day, items }) =>
        items.map(({ time, title, people }) => ({
          day,
          time: time!,
          title: title!,
          people: people!,
          outcome: '',
        })),
      ),
      commitments: await this.promises(visit, locale),
      costs: [],
      date: formatDate(locale, this.clock.now(), visit.zone),
    };
  }

  private async promises(visit: Visit, locale: Locale): Promise<Line[]> {
    const made = await this.commitments.of(visit.id);
    const owners = await this.accounts.byIds(made.flatMap(({ ownerId }) => ownerId ?? []));
    return made
      .filter(({ state }) => state !== 'dropped')
      .map(({ text, promisedBy, ownerId, dueOn }) => ({
        text,
        owner: owners.get(ownerId ?? '')?.name ?? this.t(locale, `visit.commitment.side.${promisedBy}`),
        due: dueOn ? this.day(locale, dueOn, visit.zone) : '',
      }));
  }

  private days({ startsOn, endsOn, zone }: Visit, locale: Locale): string {
    if (startsOn === null || endsOn === null) return '';
    return formatDateRange(locale, noonOf(startsOn, zone), noonOf(endsOn, zone), zone);
  }

  private day(locale: Locale, day: string, zone: string): string {
    return formatDate(locale, noonOf(day, zone), zone);
  }

  private t(locale: Locale, key: string, params: Record<string, unknown> = {}): string {
    return this.translator.t(locale, key, params);
  }
}

/** The second language of a bilingual document: English beside Belarusian and Russian, Belarusian beside English. */
export function secondOf(locale: Locale): Locale {
  return locale === 'en' ? 'be' : 'en';
}

function noonOf(day: string, zone: string): Date {
  return toInstant(`${day}T12:00`, zone).instant;
}

function onPlate({ plate }: MemberOfDelegation['member'], locale: Locale): string | undefined {
  return plate[locale] || undefined;
}

function namesOf(delegation: readonly MemberOfDelegation[], locale: Locale): Map<string, string> {
  return new Map(delegation.map(({ member, person }) => [member.id, onPlate(member, locale) ?? personName(person)]));
}

/** `host` is how the role of a host is called in the language of the document. */
function itemOf(item: PaperItem, host: string): Line {
  const owner = item.internal?.people.find(({ role }) => role === host);
  return {
    time: `${item.start}–${item.end}`,
    title: item.titles[0] ?? '',
    titleSecond: item.titles[1] ?? '',
    place: item.places[0] ?? '',
    placeSecond: item.places[1] ?? '',
    people: item.meets[0] ?? '',
    peopleSecond: item.meets[1] ?? '',
    language: item.spoken[0] ?? '',
    note: item.note ?? item.internal?.note ?? '',
    owner: owner?.name ?? '',
    phone: owner?.phone ?? '',
    cars: '',
    planB: item.internal?.planB ?? '',
  };
}
