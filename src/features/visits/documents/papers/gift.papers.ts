import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { Gifts } from '../../logistics/gifts.service.js';
import type { Visit } from '../../visit.entity.js';
import { WHOLE, type PaperBuilder, type PaperKind } from './paper.js';
import { PaperPeople } from './paper-people.js';

/** What is given, and what was received. */
@Injectable()
export class GiftPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    gift_sheet: {
      fill: ({ visit, locale }) => this.giftSheet(visit, locale),
      parts: async ({ visit }) => ((await this.gifts.of(visit.id)).length > 0 ? [WHOLE] : []),
    },
  };

  constructor(
    private readonly people: PaperPeople,
    private readonly gifts: Gifts,
  ) {}

  private async giftSheet(visit: Visit, locale: Locale): Promise<DocxData> {
    const names = await this.people.names(visit, locale);
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
}
