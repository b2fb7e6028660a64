import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, uuid, varchar } from '../../platform/database/columns.js';
import type { TokenPurpose } from '../../platform/web/policy.js';

/** A secret link of one purpose and one subject. Nothing in the row can be used: it holds hashes only ([T1]). */
@Entity('access_links')
@Index('uq_access_links_token', ['tokenHash'], { unique: true })
@Index('ix_access_links_email', ['emailHash', 'purpose'])
@Index('ix_access_links_subject', ['subjectId', 'purpose'])
@Index('ix_access_links_expires', ['expiresAt'])
export class AccessLink {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('purpose', 20))
  purpose: TokenPurpose;

  @Column(uuid('subject_id'))
  subjectId: string;

  /** SHA-256 of the token. */
  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Keyed hash of row id and six-digit code: a plain hash of six digits would be guessed in a second. */
  @Column(varchar('code_hash', 64, { nullable: true }))
  codeHash: string | null;

  /** Keyed hash of the address that the code was sent to. */
  @Column(varchar('email_hash', 64, { nullable: true }))
  emailHash: string | null;

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('used_at', { nullable: true }))
  usedAt: Date | null;

  @Column(instant('created_at'))
  createdAt: Date;
}
