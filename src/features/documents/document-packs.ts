import { Injectable } from '@nestjs/common';
import type { Locale } from '../../kernel/locale.js';
import type { DocxData } from '../../platform/documents/docx-data.rules.js';
import { safeFileName, uniqueNames } from '../../platform/documents/file-names.rules.js';
import { zippedPieces } from '../../platform/documents/zip-writer.js';
import { OutgoingDocuments, type DocumentRequest } from './outgoing-documents.service.js';
import { PACK_CONTENTS } from './visit-document-fields.rules.js';

/** A document of a pack: one to be made, or one that is kept as it left. */
export type PackedDocument = (DocumentRequest | { readonly title: string; readonly read: () => Promise<Buffer> }) & {
  /** Whom it is for, in words. */
  readonly reader?: string;
  readonly note?: string;
};

/** Several documents to be taken away as one archive, with a page that says what is in it. */
export interface PackRequest {
  readonly locale: Locale;
  /** Of the page with the contents, and of the archive. */
  readonly title: string;
  /** For that page: everything but its list of files. */
  readonly data: DocxData;
  readonly documents: readonly PackedDocument[];
}

/** Packs: the documents of a day in one archive. */
@Injectable()
export class DocumentPacks {
  constructor(private readonly documents: OutgoingDocuments) {}

  /** A name for the archive, safe in any file system. */
  nameOf({ title }: PackRequest): string {
    return safeFileName(title, 'zip');
  }

  /** The archive piece by piece: each document is made when its turn comes, so one is in memory at a time. */
  pieces({ locale, title, data, documents }: PackRequest): AsyncGenerator<Buffer> {
    const names = uniqueNames([
      safeFileName(`00 ${title}`, 'docx'),
      ...documents.map((document, at) => safeFileName(`${String(at + 1).padStart(2, '0')} ${document.title}`, 'docx')),
    ]);
    const files = documents.map((document, at): DocxData => ({
      no: String(at + 1),
      title: document.title,
      filename: names[at + 1]!,
      reader: document.reader ?? '',
      note: document.note ?? '',
    }));
    const contents: PackedDocument = { kind: PACK_CONTENTS.kind, locale, title, data: { ...data, files } };
    return zippedPieces(
      [contents, ...documents].map((document, at) => ({
        name: names[at]!,
        read: async () => ('read' in document ? document.read() : (await this.documents.make(document)).bytes),
      })),
    );
  }
}
