import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { uuid, varchar } from '../../platform/database/columns.js';
import type { Role } from './access.rules.js';
import { Account } from './account.entity.js';

/** One role of one account, in one conference or (null) everywhere. */
@Entity('role_grants')
@Index('ix_role_grants_account', ['accountId'])
@Index('ix_role_grants_conference', ['conferenceId', 'role'])
export class RoleGrant {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'account_id', foreignKeyConstraintName: 'fk_role_grants_account' })
  account: Relation<Account>;

  @Column(uuid('account_id'))
  accountId: string;

  @Column(varchar('role', 20))
  role: Role;

  /** Opaque here: conferences know accounts, not the other way round. */
  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;
}
