import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, uuid, varchar } from '../../platform/database/columns.js';

/** A member of staff who signs in with e-mail and password. Guests and delegates have no account. */
@Entity('accounts')
@Index('uq_accounts_email', ['emailKey'], { unique: true })
export class Account {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('email', 254))
  email: string;

  @Column(varchar('email_key', 254))
  emailKey: string;

  @Column(varchar('name', 200))
  name: string;

  /** Argon2id in PHC form; null until the invitation is answered with a password. */
  @Column(varchar('password_hash', 200, { nullable: true }))
  passwordHash: string | null;

  @Column(varchar('locale', 2))
  locale: Locale;

  @Column(flag('active'))
  active: boolean;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
