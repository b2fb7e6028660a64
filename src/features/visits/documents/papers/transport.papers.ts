import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../../kernel/errors.js';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatShortDay, formatTime, listOf } from '../../../../platform/i18n/formats.js';
import { zoneLabel } from '../../../../platform/i18n/zones.js';
import { Journeys, type Journey } from '../../logistics/journeys.service.js';
import { instantsOf } from '../../logistics/leg.rules.js';
import type { Visit } from '../../visit.entity.js';
import { WHOLE, type PaperBuilder, type PaperKind, type PaperPart, type PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** Who is driven where, by whom: all of it for the house, and for each driver their own journeys alone. */
@Injectable()
export class TransportPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    transport_sheet: { fill: (request) => this.fill(request), parts: (request) => this.parts(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly journeys: Journeys,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const legs = await this.legs(visit);
    if (legs.length === 0) return [];
    const without = legs.filter(({ ordered, mode }) => ordered === null && mode !== 'train').length;
    const notes = without > 0 ? [this.words.t(locale, 'visit.document.note.withoutCar', { count: without })] : [];
    const cars = new Map(legs.flatMap(({ ordered }) => (ordered ? [[ordered.id, ordered] as const] : [])));
    return [
      { ...WHOLE, label: this.words.t(locale, 'visit.document.allCars'), notes },
      ...[...cars.values()].map(({ id, name, plate, driver }) => ({
        key: id,
        label: [driver, name, plate].filter(Boolean).join(', '),
      })),
    ];
  }

  private async fill({ visit, locale, part }: PaperRequest): Promise<DocxData> {
    const names = await this.people.names(visit, locale);
    const all = await this.legs(visit);
    const own = part === '' ? all : all.filter(({ ordered }) => ordered?.id === part);
    const car = part === '' ? null : own[0]?.ordered;
    if (car === undefined) throw new NotFound();
    return {
      car: car ? [car.name, car.plate].filter(Boolean).join(', ') : '',
      driver: car?.driver ?? '',
      driverPhone: car?.phone ?? '',
      legs: own.map((leg) => this.leg(leg, { visit, locale, names, whole: car === null })),
    };
  }

  /** When somebody must be there: as they arrive, or as they leave. A clock that is not the visit's is named. */
  private leg(
    leg: Journey,
    {
      visit,
      locale,
      names,
      whole,
    }: { visit: Visit; locale: Locale; names: ReadonlyMap<string, string>; whole: boolean },
  ) {
    const { departs, arrives } = instantsOf(leg);
    const [here, zone] = leg.direction === 'arrival' ? [arrives, leg.arrivesZone] : [departs, leg.departsZone];
    const pieces = leg.luggage;
    return {
      day: formatShortDay(locale, here, zone),
      time: formatTime(locale, here, zone),
      zone: zone === visit.zone ? '' : zoneLabel(locale, zone, here),
      from: leg.fromPlace,
      to: leg.toPlace,
      flight: [leg.carrier, leg.number, leg.terminal].filter(Boolean).join(' '),
      persons: listOf(
        locale,
        leg.memberIds.map((id) => names.get(id) ?? ''),
      ),
      count: this.words.t(locale, 'visit.document.people', { count: leg.memberIds.length }),
      sign: leg.signText ?? '',
      greeter: leg.greeter ?? '',
      greeterPhone: '',
      luggage: pieces === null ? '' : this.words.t(locale, 'visit.leg.pieces', { count: pieces }),
      car: whole ? [leg.ordered?.name, leg.ordered?.plate].filter(Boolean).join(', ') : '',
      driver: whole ? [leg.ordered?.driver, leg.ordered?.phone].filter(Boolean).join(', ') : '',
      note: leg.note ?? '',
    };
  }

  private async legs(visit: Visit): Promise<Journey[]> {
    return (await this.journeys.of(visit)).filter(({ status }) => status !== 'cancelled');
  }
}
