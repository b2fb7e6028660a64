import { Inject, Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import type { DocxData } from '../../../platform/documents/docx-data.rules.js';
import { countryName } from '../../../platform/i18n/countries.js';
import { Accounts } from '../../accounts/index.js';
import { Institutions, institutionName } from '../../cooperation/index.js';
import type { Visit } from '../visit.entity.js';
import { secondOf, type PaperBuilder, type PaperMaker } from './papers/paper.js';
import { PaperWords } from './papers/paper-words.js';
import { PAPER_BUILDERS } from './papers/papers.parts.js';

/** What the documents of a visit are filled with: texts as they print, in the language of the document. */
@Injectable()
export class VisitPapersData {
  private readonly makers: Readonly<Record<string, PaperMaker>>;

  constructor(
    private readonly words: PaperWords,
    private readonly accounts: Accounts,
    private readonly institutions: Institutions,
    @Inject(PAPER_BUILDERS) builders: readonly PaperBuilder[],
  ) {
    this.makers = Object.assign({}, ...builders.map(({ makers }) => makers)) as Readonly<Record<string, PaperMaker>>;
  }

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
      dates: this.words.days(visit, locale),
      visitDates: this.words.days(visit, locale),
      datesSecond: this.words.days(visit, second),
      guestInstitution: institution ? institutionName(institution, locale) : (visit.initiator ?? ''),
      guestInstitutionSecond: institution ? institutionName(institution, second) : (visit.initiator ?? ''),
      guestCountry: visit.country ? countryName(locale, visit.country) : '',
      responsible: officer?.name ?? '',
      madeBy: officer?.name ?? '',
      madeAt: this.words.today(locale, visit),
    };
  }
}
