import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, longBytes, longText, uuid, varchar } from '../../platform/database/columns.js';
import type { Series } from './document-kind.rules.js';

/** How many numbers of a series a year has given out. */
@Entity('reference_counters')
@Index('uq_reference_counters_series', ['series', 'year'], { unique: true })
export class ReferenceCounter {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('series', 16))
  series: Series;

  @Column(integer('year'))
  year: number;

  /** The last number given. */
  @Column(integer('last'))
  last: number;
}

/** A document that the house made and keeps as it was: letters with their number, and what was handed out. */
@Entity('outgoing_documents')
@Index('uq_outgoing_documents_public', ['publicId'], { unique: true })
@Index('uq_outgoing_documents_number', ['series', 'year', 'number'], { unique: true })
@Index('ix_outgoing_documents_owner', ['ownerKind', 'ownerId'])
export class OutgoingDocument {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** Opaque, for addresses. */
  @Column(varchar('public_id', 16))
  publicId: string;

  @Column(varchar('kind', 40))
  kind: string;

  @Column(varchar('locale', 2))
  locale: Locale;

  /** What it is about, for lists: never who, where it holds what only few may know. */
  @Column(varchar('title', 300))
  title: string;

  @Column(varchar('series', 16, { nullable: true }))
  series: Series | null;

  @Column(integer('year', { nullable: true }))
  year: number | null;

  @Column(integer('number', { nullable: true }))
  number: number | null;

  /** What it belongs to: a kind of thing that a feature above declared (`DocumentOwners`), and its row. */
  @Column(varchar('owner_kind', 24))
  ownerKind: string;

  @Column(uuid('owner_id'))
  ownerId: string;

  @Column(varchar('filename', 200))
  filename: string;

  /** Null where it is kept encrypted, or was removed. */
  @Column(longBytes('content', { nullable: true }))
  content: Buffer | null;

  /** The content in the vault, in base64 before it was encrypted. */
  @Column(longText('sealed', { nullable: true }))
  sealed: string | null;

  /** Holds passport or other guarded data: opened only by the feature that it belongs to, with a reason. */
  @Column(flag('secret'))
  secret: boolean;

  /** SHA-256 of the content, in hex. */
  @Column(varchar('sha256', 64))
  sha256: string;

  /** In bytes. */
  @Column(integer('size'))
  size: number;

  /** The uploaded template that it was made from; null: the one that comes with the house. */
  @Column(uuid('template_version_id', { nullable: true }))
  templateVersionId: string | null;

  @Column(instant('made_at'))
  madeAt: Date;

  @Column(uuid('made_by', { nullable: true }))
  madeBy: string | null;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  @Column(instant('removed_at', { nullable: true }))
  removedAt: Date | null;

  @Column(integer('version'))
  version: number;
}
