import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../../kernel/errors.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import { formatDate, formatTime } from '../../../../platform/i18n/formats.js';
import { People } from '../../../people/index.js';
import { changeLine } from '../../stay/stay-change-lines.js';
import { SheetMails } from '../../stay/sheet-mails.service.js';
import { StayReleases } from '../../stay/stay-releases.service.js';
import { concernedBy } from '../../stay/stay-told.rules.js';
import type { PaperBuilder, PaperKind, PaperPart, PaperRequest } from './paper.js';
import { PaperWords } from './paper-words.js';

/** Change sheets: only what is different from the text before, and whom to inform. */
@Injectable()
export class ChangeSheetPapers implements PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>> = {
    change_sheet: { fill: (request) => this.fill(request), parts: (request) => this.parts(request) },
  };

  constructor(
    private readonly words: PaperWords,
    private readonly releases: StayReleases,
    private readonly people: People,
    private readonly mails: SheetMails,
  ) {}

  private async parts({ visit, locale }: Omit<PaperRequest, 'part'>): Promise<PaperPart[]> {
    const sheets = (await this.releases.of(visit.id)).filter(({ changeSheet }) => changeSheet !== null);
    return sheets.toReversed().map(({ changeSheet, createdAt }) => ({
      key: String(changeSheet),
      label: `№ ${changeSheet}, ${formatDate(locale, createdAt, visit.zone)}, ${formatTime(locale, createdAt, visit.zone)}`,
    }));
  }

  private async fill({ visit, locale, part }: PaperRequest): Promise<DocxData> {
    if (!/^[1-9]\d{0,8}$/.test(part)) throw new NotFound();
    const { release, base, changes, names } = await this.releases.sheet(visit, Number(part));
    const t = (key: string, params?: Record<string, unknown>) => this.words.t(locale, key, params);
    const difference = { locale, t, zone: visit.zone, names };
    const concerned = concernedBy(changes);
    const people = await this.people.byIds(concerned.keys());
    // Who was written to need not be called; the rest is ticked by hand.
    const told = new Map(
      (await this.mails.of(visit, Number(part))).mails.flatMap(({ personId, sentAt }) =>
        personId && sentAt
          ? [[personId, `${formatDate(locale, sentAt, visit.zone)}, ${formatTime(locale, sentAt, visit.zone)}`]]
          : [],
      ),
    );
    return {
      sheetNumber: part,
      edition: String(release.number),
      previousEdition: String(base),
      changes: changes.map((change) => ({ ...changeLine(difference, change) })),
      inform: [...concerned].map(([personId, { roles }]) => {
        const person = people.get(personId);
        return {
          name: `${names.get(personId) ?? t('programme.diff.nameRemoved')} (${[...roles].map((role) => t(`role.${role}`)).join(', ')})`,
          contact: [person?.phone, person?.email].filter(Boolean).join('\n'),
          told: told.get(personId) ?? '',
        };
      }),
    };
  }
}
