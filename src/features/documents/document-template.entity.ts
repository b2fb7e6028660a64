import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { instant, integer, longBytes, uuid, varchar } from '../../platform/database/columns.js';

/** Which template is used for a kind of document in one language. */
@Entity('document_templates')
@Index('uq_document_templates_kind', ['kind', 'locale'], { unique: true })
export class DocumentTemplate {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('kind', 40))
  kind: string;

  @Column(varchar('locale', 2))
  locale: Locale;

  /** The version in use; null: the one that comes with the house. */
  @Column(uuid('current_id', { nullable: true }))
  currentId: string | null;

  @Column(integer('version'))
  version: number;
}

/** A template that somebody brought. Each is kept: what was printed from it can always be explained. */
@Entity('document_template_versions')
@Index('uq_document_template_versions_number', ['templateId', 'number'], { unique: true })
export class DocumentTemplateVersion {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(uuid('template_id'))
  templateId: string;

  /** From 1, in the order of uploading. */
  @Column(integer('number'))
  number: number;

  @Column(varchar('filename', 200))
  filename: string;

  @Column(longBytes('content'))
  content: Buffer;

  /** SHA-256 of the content, in hex. */
  @Column(varchar('sha256', 64))
  sha256: string;

  /** In bytes. */
  @Column(integer('size'))
  size: number;

  @Column(instant('uploaded_at'))
  uploadedAt: Date;

  @Column(uuid('uploaded_by', { nullable: true }))
  uploadedBy: string | null;
}
