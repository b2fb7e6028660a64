import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pickText, type Locale } from '../../../kernel/locale.js';
import type { DocxData } from '../../../platform/documents/docx-data.rules.js';
import { Accounts } from '../../accounts/index.js';
import { Institutions, institutionName } from '../../cooperation/index.js';
import { Countries } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import {
  secondOf,
  WHOLE,
  type PaperBuilder,
  type PaperKind,
  type PaperPart,
  type PaperRequest,
} from './papers/paper.js';
import { PaperWords } from './papers/paper-words.js';
import { PAPER_BUILDERS } from './papers/papers.parts.js';

/** What the documents of a visit are filled with: texts as they print, in the language of the document. */
@Injectable()
export class VisitPapersData {
  private readonly papers: Readonly<Record<string, PaperKind>>;

  constructor(
    private readonly words: PaperWords,
    private readonly accounts: Accounts,
    private readonly institutions: Institutions,
    private readonly countries: Countries,
    @Inject(PAPER_BUILDERS) builders: readonly PaperBuilder[],
  ) {
    this.papers = Object.assign({}, ...builders.map(({ papers }) => papers)) as Readonly<Record<string, PaperKind>>;
  }

  /** The kinds of documents that a visit fills. */
  get kinds(): string[] {
    return Object.keys(this.papers);
  }

  /** What there is to print of a kind; nothing where the file knows nothing for it. */
  async parts(kind: string, request: Omit<PaperRequest, 'part'>): Promise<readonly PaperPart[]> {
    return (await this.papers[kind]!.parts?.(request)) ?? [WHOLE];
  }

  /** Throws NotFound for a part that there is not, and VaultError where a diet cannot be read: an order with a wrong count is worse than none. */
  async of(kind: string, request: PaperRequest): Promise<DocxData> {
    const { fill } = this.papers[kind]!;
    const { visit, locale, part } = request;
    const all = await this.parts(kind, request);
    // Where there is one only, nobody has to say which.
    const found = all.find(({ key }) => key === part) ?? (part === '' && all.length === 1 ? all[0] : undefined);
    if (!found) throw new NotFound();
    return { ...(await this.common(visit, locale)), ...(await fill({ ...request, part: found.key })) };
  }

  /** What stands on every sheet: of what visit it is, from when, and who made it. */
  async common(visit: Visit, locale: Locale): Promise<DocxData> {
    const second = secondOf(locale);
    const institution = visit.institutionId
      ? (await this.institutions.byIds([visit.institutionId])).get(visit.institutionId)
      : undefined;
    const officer = visit.responsibleId ? await this.accounts.byId(visit.responsibleId) : null;
    return {
      hostName: this.words.t(locale, 'layout.library'),
      hostNameSecond: this.words.t(second, 'layout.library'),
      reference: visit.ref,
      visitTitle: pickText(visit.title, locale).text,
      visitTitleSecond: pickText(visit.title, second).text,
      dates: this.words.days(visit, locale),
      visitDates: this.words.days(visit, locale),
      datesSecond: this.words.days(visit, second),
      guestInstitution: institution ? institutionName(institution, locale) : (visit.initiator ?? ''),
      guestInstitutionSecond: institution ? institutionName(institution, second) : (visit.initiator ?? ''),
      guestCountry: visit.country ? await this.countries.nameOf(visit.country, locale) : '',
      responsible: officer?.name ?? '',
      contactName: officer?.name ?? '',
      escort: officer?.name ?? '',
      madeBy: officer?.name ?? '',
      madeAt: this.words.today(locale, visit),
    };
  }
}
