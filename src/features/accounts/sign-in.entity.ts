import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, uuid, varchar } from '../../platform/database/columns.js';

export const SUBJECT_KINDS = ['account', 'person'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Who is signed in: an account, or a person whom the feature `people` resolves (ruling 17). */
export interface Subject {
  kind: SubjectKind;
  id: string;
}

/** One browser that is signed in. Deleting the row ends it. */
@Entity('sign_ins')
@Index('uq_sign_ins_token', ['tokenHash'], { unique: true })
@Index('ix_sign_ins_subject', ['subjectId'])
@Index('ix_sign_ins_expires', ['expiresAt'])
export class SignIn {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  @Column(varchar('kind', 10))
  kind: SubjectKind;

  @Column(uuid('subject_id'))
  subjectId: string;

  @Column(instant('created_at'))
  createdAt: Date;

  /** Written at most every five minutes. */
  @Column(instant('seen_at'))
  seenAt: Date;

  @Column(instant('expires_at'))
  expiresAt: Date;

  /** The browser's own words about itself, so that people recognise their devices. */
  @Column(varchar('agent', 200))
  agent: string;
}
