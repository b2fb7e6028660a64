import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { Translator } from '../../../platform/i18n/translator.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { DocumentPacks, type PackRequest } from '../../documents/index.js';
import type { Visit } from '../visit.entity.js';
import { PaperTexts } from './papers/paper-texts.js';
import { VisitDocuments } from './visit-documents.service.js';
import { VisitPapersData } from './visit-papers-data.js';
import { readerOf } from './visit-papers.rules.js';

/** Not of the day: written when the guests have left. */
const AFTERWARDS: readonly string[] = ['visit_report'];

/** Everything that is printed for a visit, in one archive whose first page says what is in it, what is missing and why. */
@Injectable()
export class VisitPacks {
  constructor(
    private readonly translator: Translator,
    private readonly data: VisitPapersData,
    private readonly texts: PaperTexts,
    private readonly documents: VisitDocuments,
    private readonly packs: DocumentPacks,
  ) {}

  /** Printed from the text that counts. Letters are in it as they left; those that did not leave are missing. */
  async pack(
    visit: Visit,
    viewer: Viewer,
    locale: Locale,
  ): Promise<{ filename: string; pieces: AsyncGenerator<Buffer> }> {
    const t = (key: string, params: Record<string, unknown> = {}) => this.translator.t(locale, key, params);
    const issued = await this.documents.issued(visit);
    const documents: PackRequest['documents'][number][] = [];
    const missing: { title: string; why: string }[] = [];
    for (const { kind, numbered, parts } of await this.documents.shown(visit, viewer, locale)) {
      if (AFTERWARDS.includes(kind)) continue;
      const name = t(`documents.kind.${kind}`);
      if (numbered) {
        const letters = issued.filter((one) => one.kind === kind);
        if (letters.length === 0) missing.push({ title: name, why: t('visit.document.missing.letter') });
        for (const { id, title, reference } of letters)
          documents.push({
            title: [name, reference ? `№ ${reference}` : ''].filter(Boolean).join(' '),
            reader: t('visit.document.reader.guest'),
            note: title,
            read: () => this.documents.content(id),
          });
        continue;
      }
      if (parts.length === 0) missing.push({ title: name, why: t(`visit.document.missing.${kind}`) });
      for (const { key: part, label, notes = [] } of parts)
        documents.push({
          kind,
          locale,
          title: [name, label].filter(Boolean).join(', '),
          reader: t(`visit.document.reader.${readerOf(kind, part)}`),
          note: notes.join(' '),
          // Before the archive begins: what cannot be read is said, and no half of an archive is sent.
          data: await this.data.of(kind, { visit, viewer, locale, part }),
        });
    }
    const request: PackRequest = {
      locale,
      title: [visit.ref, t('visit.document.pack'), pickText(visit.title, locale).text].join(' '),
      data: {
        ...(await this.data.common(visit, locale)),
        edition: await this.texts.edition(visit),
        warnings: (await this.texts.warnings(visit)).map(({ kind, ...params }) => ({
          warning: t(`visit.document.warning.${kind}`, params),
        })),
        missing,
      },
      documents,
    };
    return { filename: this.packs.nameOf(request), pieces: this.packs.pieces(request) };
  }
}
