import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatDay, formatTime } from '../../../../platform/i18n/formats.js';
import { Catering } from '../../logistics/catering.queries.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperMaker } from './paper.js';
import { PaperWords } from './paper-words.js';

/** What the caterer is told: heads and counts. */
@Injectable()
export class CateringPapers implements PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>> = {
    catering_order: (visit, locale) => this.meals(visit, locale),
  };

  constructor(
    private readonly words: PaperWords,
    private readonly catering: Catering,
  ) {}

  private async meals(visit: Visit, locale: Locale): Promise<DocxData> {
    const meals = await this.catering.of(visit);
    return {
      listAsOf: this.words.today(locale, visit),
      meals: meals.map(({ session, heads, diets, allergies, menu }) => ({
        day: formatDay(locale, session.startsAt!, visit.zone),
        time: formatTime(locale, session.startsAt!, visit.zone),
        event: pickText(session.title, locale).text,
        headcount: String(heads),
        place: '',
        serving: '',
        menu: menu ?? '',
        note: allergies > 0 ? this.words.t(locale, 'visit.meal.allergies', { count: allergies }) : '',
        diets: diets.map(({ diet, count }) => ({ diet, count: String(count) })),
        plated: [],
      })),
    };
  }
}
