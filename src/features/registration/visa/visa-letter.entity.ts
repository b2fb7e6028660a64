import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { day, instant, uuid, varchar } from '../../../platform/database/columns.js';
import { VisaRequest } from './visa-request.entity.js';
import type { Delivery } from './visa.words.js';

/** The fact that there is a letter, with its number and date. Its text is a file, and goes; this stays. */
@Entity('visa_letters')
@Index('uq_visa_letters_number', ['number'], { unique: true })
@Index('ix_visa_letters_request', ['requestId'])
export class VisaLetter {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => VisaRequest, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'request_id', foreignKeyConstraintName: 'fk_visa_letters_request' })
  request: Relation<VisaRequest>;

  @Column(uuid('request_id'))
  requestId: string;

  /** The document as written, kept and sealed by `documents`. */
  @Column(uuid('document_id'))
  documentId: string;

  /** As printed: `14/2027`. */
  @Column(varchar('number', 40))
  number: string;

  /** As the letter is dated. */
  @Column(day('dated_on'))
  datedOn: string;

  @Column(instant('drafted_at'))
  draftedAt: Date;

  @Column(instant('signed_at', { nullable: true }))
  signedAt: Date | null;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  @Column(varchar('delivery', 10, { nullable: true }))
  delivery: Delivery | null;
}
