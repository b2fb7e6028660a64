import { Injectable } from '@nestjs/common';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { nights } from '../../logistics/lodging.rules.js';
import { Lodgings } from '../../logistics/lodgings.service.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperKind, PaperPart, PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** Who sleeps where, for the hotel. */
@Injectable()
export class RoomingPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    rooming_list: { fill: (request) => this.rooming(request), parts: ({ visit }) => this.hotels(visit) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly lodgings: Lodgings,
  ) {}

  /** Each hotel reads its own lines alone. */
  private async hotels(visit: Visit): Promise<PaperPart[]> {
    const hotels = new Set((await this.lodgings.of(visit.id)).map(({ hotel }) => hotel));
    return [...hotels].map((hotel) => ({ key: hotel, label: hotel }));
  }

  private async rooming({ visit, locale, part: hotel }: PaperRequest): Promise<DocxData> {
    const names = await this.people.names(visit, locale);
    const order = [...names.keys()];
    const rooms = (await this.lodgings.of(visit.id))
      .filter((room) => room.hotel === hotel)
      .toSorted((a, b) => order.indexOf(a.memberId) - order.indexOf(b.memberId));
    const t = (key: string, params?: Record<string, unknown>) => this.words.t(locale, key, params);
    // Who shares a room counts it once.
    const counted = rooms.filter(
      ({ sharedWith }, at) => !rooms.slice(0, at).some((one) => one.memberId === sharedWith),
    );
    const total = counted.reduce((sum, { from, until }) => sum + nights(from, until), 0);
    return {
      hotel,
      dates: this.words.days(visit, locale),
      total: `${t('visit.document.rooms', { count: counted.length })}, ${t('visit.lodging.nights', { count: total })}`,
      rooms: rooms.map((room, index) => ({
        no: String(index + 1),
        name: names.get(room.memberId) ?? '',
        roomType: t(`visit.lodging.types.${room.roomType}`),
        arrives: this.words.day(locale, room.from, visit.zone),
        departs: this.words.day(locale, room.until, visit.zone),
        nights: String(nights(room.from, room.until)),
        payer: room.payer ? t(`visit.payer.${room.payer}`) : '',
        note: room.sharedWith ? `${t('visit.lodging.with')} ${names.get(room.sharedWith) ?? ''}` : '',
      })),
    };
  }
}
