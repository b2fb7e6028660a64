import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { NotFound, RuleViolation } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import type { DocxData, EmptyField } from '../../platform/documents/docx-data.rules.js';
import { mergeDocx } from '../../platform/documents/docx-merge.js';
import { safeFileName } from '../../platform/documents/file-names.rules.js';
import { formatDate } from '../../platform/i18n/formats.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { actingAccount } from '../../platform/runtime/request-context.js';
import { SealedColumns } from '../../platform/vault/sealed-columns.js';
import { Vault } from '../../platform/vault/vault.js';
import { referenceOf } from './document-kind.rules.js';
import { DocumentKinds } from './document-kinds.js';
import { DocumentTemplates } from './document-templates.service.js';
import { DocumentContentRemoved, DocumentIssued, DocumentSent } from './documents.events.js';
import { OutgoingDocument } from './outgoing-document.entity.js';
import { References, type Reference } from './references.service.js';

/** Letters are dated and counted by the calendar of the house. */
const HOUSE_ZONE = 'Europe/Minsk';

/** A document to be made of a template. */
export interface DocumentRequest {
  readonly kind: string;
  readonly locale: Locale;
  /** What it is about: for its properties and the name of its file. */
  readonly title: string;
  readonly data: DocxData;
}

export interface MadeDocument {
  readonly bytes: Buffer;
  /** Safe in any file system, with its ending. */
  readonly filename: string;
  /** Fields that the template asks for and nobody filled. */
  readonly empty: readonly EmptyField[];
  /** The uploaded template; null: the one that comes with the house. */
  readonly templateVersionId: string | null;
}

/** A document to be made, numbered where its kind is, and kept. */
export interface IssueRequest extends DocumentRequest {
  /** What it belongs to, see `DocumentOwners`. */
  readonly owner: { readonly kind: string; readonly id: string };
  /** Holds passport or other guarded data: kept in the vault, never shown by the register. */
  readonly secret?: boolean;
}

/** A kept document without its content. */
export type KeptDocument = Omit<OutgoingDocument, 'content' | 'sealed'> & { readonly reference: string | null };

/** Makes documents of templates, and keeps those that leave the house as they were. */
@Injectable()
export class OutgoingDocuments {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly vault: Vault,
    private readonly kinds: DocumentKinds,
    private readonly templates: DocumentTemplates,
    private readonly references: References,
    sealed: SealedColumns,
  ) {
    sealed.add({ entity: OutgoingDocument, table: 'outgoing_documents', columns: { sealed: 'sealed' } });
  }

  /** A document that is only looked at or printed: nothing of it is kept, and it has no number. */
  async make({ kind, locale, title, data }: DocumentRequest): Promise<MadeDocument> {
    const template = await this.templates.bytesInUse(kind, locale);
    const { bytes, empty } = await mergeDocx(template.bytes, data, { title, language: locale });
    return { bytes, filename: safeFileName(title, 'docx'), empty, templateVersionId: template.versionId };
  }

  /**
   * Makes a document and keeps it: `number` and `date` of a numbered kind are given here, in the transaction that is open.
   * Answers the row and what stayed empty.
   */
  issue(request: IssueRequest): Promise<{ document: KeptDocument; bytes: Buffer; empty: readonly EmptyField[] }> {
    const { series } = this.kinds.one(request.kind);
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const year = Number(localDay(now, HOUSE_ZONE).slice(0, 4));
      const reference = series ? await this.references.next(series, year) : null;
      const numbered: DocxData = reference
        ? { number: reference.text, date: formatDate(request.locale, now, HOUSE_ZONE) }
        : {};
      const made = await this.make({ ...request, data: { ...request.data, ...numbered } });
      const row = this.row(request, made, reference);
      await this.db.insert(OutgoingDocument, row as never);
      const { id, kind, ownerKind, ownerId } = row;
      await this.journal.record(DocumentIssued({ id, kind, ownerKind, ownerId, reference: reference?.text ?? null }));
      return { document: keptOf(row), bytes: made.bytes, empty: made.empty };
    });
  }

  /** A row without its content, as everybody outside gets it. */
  shown(row: OutgoingDocument): KeptDocument {
    return keptOf(row);
  }

  /** Throws NotFound. */
  async byPublicId(publicId: string): Promise<KeptDocument> {
    const found = await this.db.one(OutgoingDocument, { publicId });
    if (!found) throw new NotFound();
    return keptOf(found);
  }

  /** All that belongs to one thing, the newest first. */
  async ofOwner(kind: string, id: string): Promise<KeptDocument[]> {
    const found = await this.db.all(OutgoingDocument, { ownerKind: kind, ownerId: id });
    return found.map(keptOf).sort((a, b) => b.madeAt.getTime() - a.madeAt.getTime() || (a.id < b.id ? 1 : -1));
  }

  /**
   * The bytes as they left. Of a secret one only for the feature that it belongs to, which asks for the reason and writes it
   * down. Throws NotFound, also where the content was removed.
   */
  async content(id: string): Promise<Buffer> {
    const found = await this.db.one(OutgoingDocument, { id });
    if (found?.sealed) {
      const place = { table: 'outgoing_documents', row: found.id, column: 'sealed' };
      return Buffer.from(this.vault.open(place, found.sealed).reveal(), 'base64');
    }
    if (!found?.content) throw new NotFound();
    return Buffer.from(found.content);
  }

  /** It has left the house. The first time counts. Throws Stale, and RuleViolation when it has left before. */
  sent(read: { readonly id: string; readonly version: number }): Promise<KeptDocument> {
    return this.db.transaction(async () => {
      const found = await this.db.one(OutgoingDocument, { id: read.id });
      if (!found) throw new NotFound();
      if (found.sentAt) throw new RuleViolation('error.documents.sentAlready');
      const sentAt = this.clock.now();
      const version = await this.db.updateIfUnchanged(OutgoingDocument, read, { sentAt });
      const { id, kind, ownerKind, ownerId } = found;
      await this.journal.record(DocumentSent({ id, kind, ownerKind, ownerId }));
      return keptOf({ ...found, sentAt, version });
    });
  }

  /** Takes the contents of everything secret that belongs to one thing; that a letter was written, and its number, stays ([V7]). */
  removeSecrets(kind: string, id: string): Promise<number> {
    return this.db.transaction(async () => {
      const all = await this.db.all(OutgoingDocument, { ownerKind: kind, ownerId: id });
      const held = all.filter(({ secret, removedAt }) => secret && removedAt === null);
      for (const document of held) {
        const emptied = { content: null, sealed: null, removedAt: this.clock.now() };
        await this.db.updateIfUnchanged(OutgoingDocument, document, emptied);
        await this.journal.record(DocumentContentRemoved({ id: document.id, ownerKind: kind, ownerId: id }));
      }
      return held.length;
    });
  }

  private row(
    { kind, locale, title, owner, secret = false }: IssueRequest,
    made: MadeDocument,
    reference: Reference | null,
  ): OutgoingDocument {
    const id = this.ids.next();
    const place = { table: 'outgoing_documents', row: id, column: 'sealed' };
    return {
      id,
      publicId: this.ids.publicId(),
      kind,
      locale,
      title,
      series: reference?.series ?? null,
      year: reference?.year ?? null,
      number: reference?.number ?? null,
      ownerKind: owner.kind,
      ownerId: owner.id,
      filename: made.filename,
      content: secret ? null : made.bytes,
      sealed: secret ? this.vault.seal(place, made.bytes.toString('base64')) : null,
      secret,
      sha256: createHash('sha256').update(made.bytes).digest('hex'),
      size: made.bytes.length,
      templateVersionId: made.templateVersionId,
      madeAt: this.clock.now(),
      madeBy: actingAccount(),
      sentAt: null,
      removedAt: null,
      version: 1,
    };
  }
}

function keptOf(document: OutgoingDocument): KeptDocument {
  const { content: _, sealed: __, ...row } = document;
  const { series, year, number } = row;
  const reference = series !== null && year !== null && number !== null ? referenceOf(series, year, number) : null;
  return { ...row, reference };
}
