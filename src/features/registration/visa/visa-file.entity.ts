import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import { VisaRequest } from './visa-request.entity.js';

/** The passport page, and the letter as signed; the letter as written is a document of the house. */
export const VISA_FILE_KINDS = ['scan', 'signed'] as const;
export type VisaFileKind = (typeof VISA_FILE_KINDS)[number];

/** A file of a request: encrypted on disk under a random name; its key is here, wrapped. One of each kind at most. */
@Entity('visa_files')
@Index('uq_visa_files_kind', ['requestId', 'kind'], { unique: true })
@Index('uq_visa_files_name', ['name'], { unique: true })
export class VisaFile {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => VisaRequest, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_visa_files_request' })
  request: Relation<VisaRequest>;

  @Column(uuid('request_id'))
  requestId: string;

  @Column(varchar('kind', 8))
  kind: VisaFileKind;

  /** `pdf`, `jpeg`, `png`: what its bytes are. */
  @Column(varchar('format', 8))
  format: string;

  @Column(integer('bytes'))
  bytes: number;

  @Column(varchar('name', 32))
  name: string;

  @Column(text('wrapped_key'))
  wrappedKey: string;

  @Column(instant('created_at'))
  createdAt: Date;
}
