import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatMoney, formatShortDay, formatTime } from '../../../../platform/i18n/formats.js';
import { Incidents } from '../../day/incidents.service.js';
import { plannedSum } from '../../logistics/cost.rules.js';
import { Costs } from '../../logistics/costs.service.js';
import type { Visit } from '../../visit.entity.js';
import type { PaperBuilder, PaperKind } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperPromises } from './paper-promises.js';
import { PaperWords } from './paper-words.js';
import { ProgrammePapers } from './programme.papers.js';

/** What came of the visit. */
@Injectable()
export class ReportPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    visit_report: { fill: ({ visit, locale }) => this.report(visit, locale) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly promises: PaperPromises,
    private readonly programmes: ProgrammePapers,
    private readonly costs: Costs,
    private readonly incidents: Incidents,
  ) {}

  private async report(visit: Visit, locale: Locale): Promise<DocxData> {
    const { days } = await this.programmes.programme(visit, locale, 'internal');
    return {
      purpose: visit.purpose ?? '',
      results: visit.results ?? '',
      incidents: (await this.incidents.of(visit.id)).map(({ at, what, who }) => ({
        time: `${formatShortDay(locale, at, visit.zone)} ${formatTime(locale, at, visit.zone)}`,
        what,
        who: who ?? '',
      })),
      lessons: visit.lessons ?? '',
      members: await this.people.members(visit, locale),
      meetings: days.flatMap(({ day, items }) =>
        items.map(({ time, title, people }) => ({
          day,
          time: time!,
          title: title!,
          people: people!,
          outcome: '',
        })),
      ),
      commitments: await this.promises.of(visit, locale),
      costs: (await this.costs.of(visit.id)).map((cost) => ({
        line: [this.words.t(locale, `visit.cost.${cost.item}`), cost.what].filter(Boolean).join(': '),
        planned: cost.price === null ? '' : formatMoney(locale, plannedSum(cost), cost.currency),
        spent: cost.spent === null ? '' : formatMoney(locale, cost.spent, cost.currency),
      })),
      date: this.words.today(locale, visit),
    };
  }
}
