import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { flag, instant, integer, json, longJson, uuid, varchar } from '../../platform/database/columns.js';
import { Programme } from './programme.entity.js';
import type { SessionContent } from './release.rules.js';

/** One immutable publication of a programme. Nothing here is ever updated. */
@Entity('releases')
@Index('uq_releases_number', ['programmeId', 'number'], { unique: true })
export class Release {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_releases_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(integer('number'))
  number: number;

  @Column(json('name'))
  name: Localized;

  /** The public note about what changed. */
  @Column(json('note'))
  note: Localized;

  @Column(instant('published_at'))
  publishedAt: Date;

  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  /** Declared final: the page no longer says "may change". */
  @Column(flag('final'))
  final: boolean;
}

/** Which revision of a session a release shows. */
@Entity('release_sessions')
@Index('uq_release_sessions', ['releaseId', 'sessionId'], { unique: true })
@Index('ix_release_sessions_session', ['sessionId'])
export class ReleaseSession {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Release, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'release_id', foreignKeyConstraintName: 'fk_release_sessions_release' })
  release: Relation<Release>;

  @Column(uuid('release_id'))
  releaseId: string;

  /** No foreign key: what was published outlives the draft. */
  @Column(uuid('session_id'))
  sessionId: string;

  @Column(integer('revision'))
  revision: number;
}

/** What one revision of a session said: ids of people, never their names. */
@Entity('session_revisions')
@Index('uq_session_revisions', ['sessionId', 'revision'], { unique: true })
export class SessionRevision {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(uuid('session_id'))
  sessionId: string;

  @Column(integer('revision'))
  revision: number;

  @Column(longJson('content'))
  content: SessionContent;
}

/** A name as printed in a release, beside the snapshot so that it can vanish (privacy). */
@Entity('printed_names')
@Index('uq_printed_names', ['releaseId', 'personId'], { unique: true })
@Index('ix_printed_names_person', ['personId'])
export class PrintedName {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Release, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'release_id', foreignKeyConstraintName: 'fk_printed_names_release' })
  release: Relation<Release>;

  @Column(uuid('release_id'))
  releaseId: string;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('name', 400))
  name: string;

  @Column(varchar('affiliation', 500, { nullable: true }))
  affiliation: string | null;

  /** ISO 3166 code. */
  @Column(varchar('country', 2, { nullable: true }))
  country: string | null;
}
