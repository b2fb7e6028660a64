import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { DocumentOwners, type ShownOwner } from './document-owners.js';
import { OutgoingDocument } from './outgoing-document.entity.js';
import { OutgoingDocuments, type KeptDocument } from './outgoing-documents.service.js';

export interface RegisterLine {
  readonly document: KeptDocument;
  readonly owner: ShownOwner;
}

/** Rows that are looked at to fill one page: what somebody may not read is left out among them. */
const STEP = 200;

/** The documents that left the house, as far as the viewer may know of what they belong to. */
@Injectable()
export class OutgoingRegister {
  constructor(
    private readonly db: Database,
    private readonly owners: DocumentOwners,
    private readonly documents: OutgoingDocuments,
  ) {}

  /** Up to `limit + 1` lines, the newest first; `after` is the public id of the last one seen. */
  async list(viewer: Viewer, { limit, after }: { limit: number; after?: string | undefined }): Promise<RegisterLine[]> {
    let last = after === undefined ? null : await this.documents.byPublicId(after);
    const lines: RegisterLine[] = [];
    for (;;) {
      const rows = await this.before(last);
      const readable = await this.owners.readable(viewer, rows);
      for (const document of rows) {
        const owner = readable.get(`${document.ownerKind}:${document.ownerId}`);
        if (owner) lines.push({ document, owner });
        if (lines.length > limit) return lines;
      }
      if (rows.length < STEP) return lines;
      last = rows.at(-1)!;
    }
  }

  /** Throws NotFound, also where the viewer may not know of what it belongs to. */
  async one(viewer: Viewer, publicId: string): Promise<RegisterLine> {
    const document = await this.documents.byPublicId(publicId);
    const readable = await this.owners.readable(viewer, [document]);
    const owner = readable.get(`${document.ownerKind}:${document.ownerId}`);
    if (!owner) throw new NotFound();
    return { document, owner };
  }

  /** Its bytes. Of one with guarded data nobody gets them here: NotFound. */
  async content(viewer: Viewer, publicId: string): Promise<{ document: KeptDocument; bytes: Buffer }> {
    const { document } = await this.one(viewer, publicId);
    if (document.secret) throw new NotFound();
    return { document, bytes: await this.documents.content(document.id) };
  }

  /** Ids rise with time, so they are the order. */
  private async before(last: { readonly id: string } | null): Promise<KeptDocument[]> {
    const query = this.db
      .repository(OutgoingDocument)
      .createQueryBuilder('d')
      .select(COLUMNS.map((column) => `d.${column}`))
      .orderBy('d.id', 'DESC')
      .take(STEP);
    if (last) query.where('d.id < :id', { id: last.id });
    return (await query.getMany()).map((row) => this.documents.shown(row));
  }
}

/** All but the contents. */
const COLUMNS = [
  'id',
  'publicId',
  'kind',
  'locale',
  'title',
  'series',
  'year',
  'number',
  'ownerKind',
  'ownerId',
  'filename',
  'secret',
  'sha256',
  'size',
  'templateVersionId',
  'madeAt',
  'madeBy',
  'sentAt',
  'removedAt',
  'version',
] as const satisfies readonly (keyof OutgoingDocument)[];
