import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { day, instant, integer, uuid, varchar } from '../database/columns.js';

/** A reason for which something is not deleted although its term is over. It has an end; lifted ones stay as the record. */
@Entity('legal_holds')
@Index('ix_legal_holds_subject', ['subjectKind', 'subjectId'])
export class LegalHold {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** `person`, `visit`, `conference`: what features declare to HoldSubjects. */
  @Column(varchar('subject_kind', 16))
  subjectKind: string;

  @Column(uuid('subject_id'))
  subjectId: string;

  @Column(varchar('reason', 1000))
  reason: string;

  /** An account. */
  @Column(uuid('author_id', { nullable: true }))
  authorId: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  /** The last day on which it holds. */
  @Column(day('ends_on'))
  endsOn: string;

  @Column(instant('lifted_at', { nullable: true }))
  liftedAt: Date | null;

  /** When the data officers were told that it ends soon. */
  @Column(instant('reminded_at', { nullable: true }))
  remindedAt: Date | null;

  @Column(integer('version'))
  version: number;
}
