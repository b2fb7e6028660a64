import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { nights } from '../../logistics/lodging.rules.js';
import { Lodgings } from '../../logistics/lodgings.service.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperMaker } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** Who sleeps where, for the hotel. */
@Injectable()
export class RoomingPapers implements PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>> = {
    rooming_list: (visit, locale) => this.rooming(visit, locale),
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly lodgings: Lodgings,
  ) {}

  private async rooming(visit: Visit, locale: Locale): Promise<DocxData> {
    const rooms = await this.lodgings.of(visit.id);
    const names = await this.people.names(visit, locale);
    const order = [...names.keys()];
    const hotels = [...new Set(rooms.map(({ hotel }) => hotel))];
    return {
      hotel: hotels.join(', '),
      rooms: rooms
        .toSorted((a, b) => order.indexOf(a.memberId) - order.indexOf(b.memberId))
        .map((room, index) => ({
          no: String(index + 1),
          name: names.get(room.memberId) ?? '',
          roomType: this.words.t(locale, `visit.lodging.types.${room.roomType}`),
          arrives: this.words.day(locale, room.from, visit.zone),
          departs: this.words.day(locale, room.until, visit.zone),
          nights: String(nights(room.from, room.until)),
          payer: room.payer ? this.words.t(locale, `visit.payer.${room.payer}`) : '',
          note: [hotels.length > 1 ? room.hotel : '', room.sharedWith ? (names.get(room.sharedWith) ?? '') : '']
            .filter(Boolean)
            .join(', '),
        })),
    };
  }
}
