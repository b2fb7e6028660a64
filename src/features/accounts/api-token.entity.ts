import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, json, uuid, varchar } from '../../platform/database/columns.js';
import { Account } from './account.entity.js';

/** A bearer token for the API: does what its account may do, and of that only what its scopes name. */
@Entity('api_tokens')
@Index('uq_api_tokens_token', ['tokenHash'], { unique: true })
@Index('ix_api_tokens_account', ['accountId'])
export class ApiToken {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'fk_api_tokens_account' })
  account: Relation<Account>;

  @Column(uuid('account_id'))
  accountId: string;

  @Column(varchar('name', 100))
  name: string;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** The first letters of the token, so that people find it in a list. */
  @Column(varchar('prefix', 12))
  prefix: string;

  @Column(json('scopes'))
  scopes: string[];

  @Column(instant('expires_at'))
  expiresAt: Date;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('last_used_at', { nullable: true }))
  lastUsedAt: Date | null;

  @Column(instant('revoked_at', { nullable: true }))
  revokedAt: Date | null;
}
