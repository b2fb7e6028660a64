import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import {
  DocumentOwners,
  DocumentPacks,
  OutgoingDocuments,
  VISIT_DOCUMENTS,
  type DocumentKind,
  type DocumentRequest,
  type KeptDocument,
  type MadeDocument,
  type PackRequest,
  type ShownOwner,
} from '../../documents/index.js';
import type { PaperKind } from '../papers/paper.rules.js';
import { VisitPapers } from '../papers/papers.service.js';
import { hrefOf } from '../visit-frame.js';
import { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { VisitPapersData } from './visit-papers-data.js';

/** What visits own in the register of documents. */
const OWNER = 'visit';

/** Letters that leave with a number, and as what they stand in the register of the visit's file. */
const LETTERS: Readonly<Record<string, PaperKind>> = {
  invitation_letter: 'invitation',
  note_verbale: 'reply',
  thank_you_letter: 'thank_you',
};

/** The documents of a visit: made to be looked at and printed, or issued with a number and kept as they left. */
@Injectable()
export class VisitDocuments implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly translator: Translator,
    private readonly visits: Visits,
    private readonly papers: VisitPapers,
    private readonly data: VisitPapersData,
    private readonly documents: OutgoingDocuments,
    private readonly packs: DocumentPacks,
    private readonly owners: DocumentOwners,
  ) {}

  onModuleInit(): void {
    this.owners.declare(OWNER, { readable: (viewer, ids) => this.readable(viewer, ids) });
  }

  /** The kinds that a visit fills, in the order in which it needs them. */
  kinds(): (DocumentKind & { numbered: boolean })[] {
    const filled = this.data.kinds;
    return VISIT_DOCUMENTS.filter(({ kind }) => filled.includes(kind)).map((kind) => ({
      ...kind,
      numbered: Object.hasOwn(LETTERS, kind.kind),
    }));
  }

  /** What was issued, the newest first. */
  issued(visit: Visit): Promise<KeptDocument[]> {
    return this.documents.ofOwner(OWNER, visit.id);
  }

  /** To be looked at: nothing is kept. Throws NotFound for a kind that visits do not fill. */
  async make(visit: Visit, kind: string, locale: Locale): Promise<MadeDocument> {
    return this.documents.make(await this.request(visit, kind, locale));
  }

  /** Gives a letter its number and date, keeps it as it is, and enters it into the register of the file, all or nothing. */
  issue(visit: Visit, kind: string, locale: Locale): Promise<KeptDocument> {
    const paper = LETTERS[kind];
    if (!paper) throw new NotFound();
    return this.db.transaction(async () => {
      const request = await this.request(visit, kind, locale);
      const { document } = await this.documents.issue({ ...request, owner: { kind: OWNER, id: visit.id } });
      await this.papers.enter(visit, {
        kind: paper,
        direction: 'outgoing',
        number: document.reference,
        issuedOn: localDay(this.clock.now(), visit.zone),
        about: request.title,
      });
      return document;
    });
  }

  /** A letter that was issued for this visit, as it left. Throws NotFound. */
  async letter(visit: Visit, publicId: string): Promise<{ document: KeptDocument; bytes: Buffer }> {
    const document = (await this.issued(visit)).find((one) => one.publicId === publicId);
    if (!document) throw new NotFound();
    return { document, bytes: await this.documents.content(document.id) };
  }

  /** Everything that a visit fills in one archive, letters apart: those leave one by one. */
  async pack(visit: Visit, locale: Locale): Promise<{ filename: string; pieces: AsyncGenerator<Buffer> }> {
    const kinds = this.kinds().filter(({ numbered, kind }) => !numbered && kind !== 'visit_report');
    const documents: DocumentRequest[] = [];
    for (const { kind } of kinds) documents.push(await this.request(visit, kind, locale));
    const request: PackRequest = {
      locale,
      title: `${visit.ref} ${this.translator.t(locale, 'visit.document.pack')}`,
      data: await this.data.common(visit, locale),
      documents,
    };
    return { filename: this.packs.nameOf(request), pieces: this.packs.pieces(request) };
  }

  private async request(visit: Visit, kind: string, locale: Locale): Promise<DocumentRequest> {
    if (!this.data.kinds.includes(kind)) throw new NotFound();
    const title = `${this.translator.t(locale, `documents.kind.${kind}`)}. ${pickText(visit.title, locale).text}`;
    return { kind, locale, title, data: await this.data.of(visit, kind, locale) };
  }

  private async readable(viewer: Viewer, ids: readonly string[]): Promise<Map<string, ShownOwner>> {
    const seen = await this.visits.seenBy(viewer, await this.db.all(Visit, { id: [...ids] }));
    return new Map(seen.map((visit) => [visit.id, { label: visit.ref, href: hrefOf(visit) }]));
  }
}
