import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatShortDay, formatTime, listOf } from '../../../../platform/i18n/formats.js';
import { Journeys } from '../../logistics/journeys.service.js';
import { instantsOf } from '../../logistics/leg.rules.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperMaker } from './paper.js';
import { PaperPeople } from './paper-people.js';

/** Who is driven where, by whom. */
@Injectable()
export class TransportPapers implements PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>> = {
    transport_sheet: (visit, locale) => this.transport(visit, locale),
  };

  constructor(
    private readonly people: PaperPeople,
    private readonly journeys: Journeys,
  ) {}

  private async transport(visit: Visit, locale: Locale): Promise<DocxData> {
    const names = await this.people.names(visit, locale);
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
}
