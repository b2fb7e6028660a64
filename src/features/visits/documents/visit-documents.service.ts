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
  OutgoingDocuments,
  VISIT_DOCUMENTS,
  type DocumentKind,
  type DocumentRequest,
  type KeptDocument,
  type MadeDocument,
  type ShownOwner,
} from '../../documents/index.js';
import type { PaperKind } from '../papers/paper.rules.js';
import { VisitPapers } from '../papers/papers.service.js';
import { hrefOf } from '../visit-frame.js';
import { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import type { PaperPart } from './papers/paper.js';
import { PaperTexts } from './papers/paper-texts.js';
import type { TextWarning } from './papers/text-standing.rules.js';
import { VisitPapersData } from './visit-papers-data.js';

/** What visits own in the register of documents. */
const OWNER = 'visit';

/** Letters that leave with a number, and as what they stand in the register of the visit's file. */
const LETTERS: Readonly<Record<string, PaperKind>> = {
  invitation_letter: 'invitation',
  note_verbale: 'reply',
  thank_you_letter: 'thank_you',
};

/** Who wants a document, in which language, and which of several of its kind. */
export interface WantedPaper {
  readonly viewer: Viewer;
  readonly locale: Locale;
  readonly part: string;
}

export interface ShownKind extends Pick<DocumentKind, 'kind' | 'group'> {
  readonly numbered: boolean;
  readonly parts: readonly PaperPart[];
}

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
    private readonly texts: PaperTexts,
    private readonly documents: OutgoingDocuments,
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

  /** What there is to print of each kind, in the words of a language. */
  async shown(visit: Visit, viewer: Viewer, locale: Locale): Promise<ShownKind[]> {
    const all: ShownKind[] = [];
    for (const { kind, group, numbered } of this.kinds())
      all.push({ kind, group, numbered, parts: await this.data.parts(kind, { visit, viewer, locale }) });
    return all;
  }

  /** Why what is printed now may not be the last word. */
  warnings(visit: Visit): Promise<TextWarning[]> {
    return this.texts.warnings(visit);
  }

  /** What was issued, the newest first. */
  issued(visit: Visit): Promise<KeptDocument[]> {
    return this.documents.ofOwner(OWNER, visit.id);
  }

  /** To be looked at: nothing is kept. Throws NotFound for a kind or part that the visit does not fill. */
  async make(visit: Visit, kind: string, request: WantedPaper): Promise<MadeDocument> {
    return this.documents.make(await this.request(visit, kind, request));
  }

  /** Gives a letter its number and date, keeps it as it is, and enters it into the register of the file, all or nothing. */
  issue(visit: Visit, kind: string, { viewer, locale }: Omit<WantedPaper, 'part'>): Promise<KeptDocument> {
    const paper = LETTERS[kind];
    if (!paper) throw new NotFound();
    return this.db.transaction(async () => {
      const request = await this.request(visit, kind, { viewer, locale, part: '' });
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

  /** The bytes of a letter as they left. Throws NotFound. */
  content(id: string): Promise<Buffer> {
    return this.documents.content(id);
  }

  /** A letter that was issued for this visit, as it left. Throws NotFound. */
  async letter(visit: Visit, publicId: string): Promise<{ document: KeptDocument; bytes: Buffer }> {
    const document = (await this.issued(visit)).find((one) => one.publicId === publicId);
    if (!document) throw new NotFound();
    return { document, bytes: await this.documents.content(document.id) };
  }

  private async request(visit: Visit, kind: string, { viewer, locale, part }: WantedPaper): Promise<DocumentRequest> {
    if (!this.data.kinds.includes(kind)) throw new NotFound();
    const data = await this.data.of(kind, { visit, viewer, locale, part });
    const of = (await this.data.parts(kind, { visit, viewer, locale })).find(({ key }) => key === part);
    const name = [this.translator.t(locale, `documents.kind.${kind}`), of?.label].filter(Boolean).join(', ');
    return { kind, locale, title: `${name}. ${pickText(visit.title, locale).text}`, data };
  }

  private async readable(viewer: Viewer, ids: readonly string[]): Promise<Map<string, ShownOwner>> {
    const seen = await this.visits.seenBy(viewer, await this.db.all(Visit, { id: [...ids] }));
    return new Map(seen.map((visit) => [visit.id, { label: visit.ref, href: hrefOf(visit) }]));
  }
}
