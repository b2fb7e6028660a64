import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { StayPapers, type PaperItem } from '../../stay/stay-papers.service.js';
import type { Visit } from '../../visit.entity.js';
import { secondOf, WHOLE, type Line, type PaperBuilder, type PaperKind, type PaperPart } from './paper.js';
import { PaperTexts } from './paper-texts.js';
import { PaperWords } from './paper-words.js';

interface Days extends DocxData {
  readonly zone: string;
  readonly days: readonly { readonly day: string; readonly daySecond: string; readonly items: readonly Line[] }[];
}

/** The programme of stay for the guests and for the house, and the day minute by minute. */
@Injectable()
export class ProgrammePapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    programme_guest: {
      fill: ({ visit, locale }) => this.programme(visit, locale, 'guest'),
      parts: ({ visit }) => this.parts(visit),
    },
    programme_internal: {
      fill: ({ visit, locale }) => this.programme(visit, locale, 'internal'),
      parts: ({ visit }) => this.parts(visit),
    },
    run_sheet: { fill: ({ visit, locale }) => this.runSheet(visit, locale), parts: ({ visit }) => this.parts(visit) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly texts: PaperTexts,
    private readonly stays: StayPapers,
  ) {}

  private async parts(visit: Visit): Promise<PaperPart[]> {
    return (await this.texts.of(visit)).sessions.length > 0 ? [WHOLE] : [];
  }

  async programme(visit: Visit, locale: Locale, layout: 'guest' | 'internal'): Promise<Days> {
    const second = secondOf(locale);
    const stay = await this.stays.stayForPaper(visit, { layout, languages: [locale, second] });
    return {
      edition: stay.text.number === null ? '' : String(stay.text.number),
      zone: stay.zone[0] ?? '',
      zoneSecond: stay.zone[1] ?? '',
      days: stay.days.map(({ titles, items }) => ({
        day: titles[0] ?? '',
        daySecond: titles[1] ?? '',
        items: items
          .filter(({ cancelled }) => !cancelled)
          .map((item) => itemOf(item, this.words.t(locale, 'role.host'))),
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
    note: item.note ?? item.internal?.note ?? item.within[0] ?? '',
    owner: owner?.name ?? '',
    phone: owner?.phone ?? '',
    cars: '',
    planB: item.internal?.planB ?? '',
  };
}
