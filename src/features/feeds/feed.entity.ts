import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { instant, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from '../people/index.js';

/** What of the released programmes it holds: all that concerns its person, or one thing that staff share. */
export const FEED_KINDS = [
  'person',
  'conference',
  'strand',
  'room',
  'house',
  'interpreter',
  'host',
  'visit',
  'driver',
] as const;
export type FeedKind = (typeof FEED_KINDS)[number];

/** A secret calendar address. Of the secret only a hash is kept; a row that was revoked stays, to answer 410. */
@Entity('feeds')
@Index('uq_feeds_token', ['tokenHash'], { unique: true })
@Index('uq_feeds_active', ['activeKey'], { unique: true })
@Index('ix_feeds_person', ['personId'])
@Index('ix_feeds_conference', ['conferenceId'])
export class Feed {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('kind', 12))
  kind: FeedKind;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_feeds_person' })
  person: Relation<Person> | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  /** The conference on whose page staff keep it; null for rooms, the whole house, and people's own. */
  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  /** Strand or room; of what is kept with a visit that visit. */
  @Column(uuid('subject_id', { nullable: true }))
  subjectId: string | null;

  /** Of a driver's calendar: the car. */
  @Column(uuid('part_id', { nullable: true }))
  partId: string | null;

  /** Who uses it, in the words of whoever shares it. */
  @Column(varchar('label', 120, { nullable: true }))
  label: string | null;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Of people's own: kind and person until it is revoked, else null, so that one is open at a time. */
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
