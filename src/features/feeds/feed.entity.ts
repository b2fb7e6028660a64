import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { instant, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from '../people/index.js';

/** A secret calendar address. Of the secret only a hash is kept; a row that was revoked stays, to answer 410. */
@Entity('feeds')
@Index('uq_feeds_token', ['tokenHash'], { unique: true })
@Index('uq_feeds_active', ['activeKey'], { unique: true })
@Index('ix_feeds_person', ['personId'])
export class Feed {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('kind', 12))
  kind: 'person';

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_feeds_person' })
  person: Relation<Person> | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Kind and person until it is revoked, else null: one open address at a time. */
  @Column(varchar('active_key', 60, { nullable: true }))
  activeKey: string | null;

  /** The language of what it says. */
  @Column(varchar('locale', 2))
  locale: Locale;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('last_used_at', { nullable: true }))
  lastUsedAt: Date | null;

  /** The program that read it last, in its own words. */
  @Column(varchar('last_agent', 120, { nullable: true }))
  lastAgent: string | null;

  @Column(instant('revoked_at', { nullable: true }))
  revokedAt: Date | null;
}
