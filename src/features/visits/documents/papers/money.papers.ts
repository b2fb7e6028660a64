import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatMoney, formatNumber, listOf } from '../../../../platform/i18n/formats.js';
import { Accounts } from '../../../accounts/index.js';
import { plannedSum, totalsOf } from '../../logistics/cost.rules.js';
import { Costs } from '../../logistics/costs.service.js';
import type { Visit } from '../../visit.entity.js';
import { WHOLE, type PaperBuilder, type PaperKind, type PaperPart, type PaperRequest } from './paper.js';
import { PaperPeople } from './paper-people.js';
import { PaperWords } from './paper-words.js';

/** What the visit costs, and the order by which it is prepared. */
@Injectable()
export class MoneyPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    estimate: { fill: (request) => this.estimate(request), parts: (request) => this.parts(request) },
    order: {
      fill: (request) => this.order(request),
      parts: async ({ visit }) => (visit.responsibleId ? [WHOLE] : []),
    },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly people: PaperPeople,
    private readonly costs: Costs,
    private readonly accounts: Accounts,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const costs = await this.costs.of(visit.id);
    if (costs.length === 0) return [];
    const without = costs.filter(({ price }) => price === null).length;
    const notes = without > 0 ? [this.words.t(locale, 'visit.document.note.withoutPrice', { count: without })] : [];
    return [{ ...WHOLE, notes }];
  }

  private async estimate({ visit, locale }: PaperRequest): Promise<DocxData> {
    const costs = await this.costs.of(visit.id);
    return {
      members: await this.count(visit, locale),
      date: this.words.today(locale, visit),
      costs: costs.map((cost, index) => ({
        no: String(index + 1),
        line: this.capital(locale, `visit.cost.${cost.item}`),
        what: cost.what ?? '',
        quantity: formatNumber(locale, cost.quantity),
        price: cost.price === null ? '' : formatMoney(locale, cost.price, cost.currency),
        sum: cost.price === null ? '—' : formatMoney(locale, plannedSum(cost), cost.currency),
        payer: cost.payer ? this.words.t(locale, `visit.payer.${cost.payer}`) : '',
      })),
      payers: totalsOf(costs).map(({ payer, currency, planned }) => ({
        payer: payer ? this.capital(locale, `visit.payer.${payer}`) : this.words.t(locale, 'visit.card.open'),
        total: formatMoney(locale, planned, currency),
      })),
    };
  }

  private async order({ visit, locale }: PaperRequest): Promise<DocxData> {
    const t = (key: string, params?: Record<string, unknown>) =>
      this.words.t(locale, `visit.document.order.${key}`, params);
    const accounts = await this.accounts.byIds([visit.responsibleId, visit.deputyId].flatMap((id) => id ?? []));
    const [responsible, deputy] = [visit.responsibleId, visit.deputyId].map((id) => accounts.get(id ?? '')?.name ?? '');
    const ours = totalsOf(await this.costs.of(visit.id)).filter(
      ({ payer, planned }) => payer === 'host' && planned > 0,
    );
    const dates = this.words.days(visit, locale);
    const sums = ours.map(({ planned, currency }) => formatMoney(locale, planned, currency));
    const points = [
      t('receive', {
        institution: visit.initiator ?? this.words.t(locale, 'visit.document.drawing.guests'),
        people: await this.count(visit, locale),
        // A date ends with its abbreviation in two of the languages, so it does not end the sentence.
        dates: dates === '' ? '' : locale === 'en' ? `, ${dates}` : ` ${dates}`,
      }),
      ...(responsible ? [t('responsible', { name: responsible })] : []),
      ...(deputy ? [t('deputy', { name: deputy })] : []),
      ...(ours.length > 0 ? [t('estimate', { sum: listOf(locale, sums) })] : []),
      t('control'),
    ];
    return {
      purpose: (visit.purpose ?? '').trim().replace(/\.$/, ''),
      points: points.map((point, at) => ({ point: `${at + 1}. ${point}` })),
      signatoryTitle: visit.hostPrincipal ?? '',
    };
  }

  private async count(visit: Visit, locale: Locale): Promise<string> {
    const { length: count } = await this.people.delegation(visit);
    return this.words.t(locale, 'visit.document.people', { count });
  }

  /** Messages are written as inside a sentence. */
  private capital(locale: Locale, key: string): string {
    const text = this.words.t(locale, key);
    return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
  }
}
