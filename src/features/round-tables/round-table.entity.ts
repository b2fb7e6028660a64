import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, longJson, longText, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from '../people/index.js';
import { Session } from '../programme/index.js';
import type { FloorState } from './floor.rules.js';
import type { CommentState, Paragraph, ResolutionState } from './resolution.rules.js';

/** The page that a participant of a round table hands in before it. */
@Entity('theses')
@Index('uq_theses_person', ['sessionId', 'personId'], { unique: true })
export class Thesis {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_theses_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_theses_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(longText('text'))
  text: string;

  /** BCP 47. */
  @Column(varchar('language', 20))
  language: string;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column(integer('version'))
  version: number;
}

/** Somebody asks for the floor, has it, had it, or no longer wants it. */
@Entity('floor_requests')
@Index('uq_floor_requests_active', ['activeKey'], { unique: true })
@Index('uq_floor_requests_speaking', ['speakingKey'], { unique: true })
@Index('ix_floor_requests_session', ['sessionId', 'askedAt'])
export class FloorRequest {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_floor_requests_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_floor_requests_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('state', 12))
  state: FloorState;

  /** Session and person while they wait or speak: nobody stands in the queue twice. */
  @Column(varchar('active_key', 80, { nullable: true }))
  activeKey: string | null;

  /** The session while somebody speaks: one at a time. */
  @Column(varchar('speaking_key', 40, { nullable: true }))
  speakingKey: string | null;

  @Column(instant('asked_at'))
  askedAt: Date;

  @Column(instant('began_at', { nullable: true }))
  beganAt: Date | null;

  @Column(instant('ended_at', { nullable: true }))
  endedAt: Date | null;

  @Column(integer('version'))
  version: number;
}

/** How long each speech of a session may take; no row: as long as it takes. */
@Entity('floor_limits')
@Index('uq_floor_limits_session', ['sessionId'], { unique: true })
export class FloorLimit {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_floor_limits_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  /** Null again: without a limit. */
  @Column(integer('minutes', { nullable: true }))
  minutes: number | null;

  @Column(integer('version'))
  version: number;
}

/** The outcome text of a round table. */
@Entity('resolutions')
@Index('uq_resolutions_session', ['sessionId'], { unique: true })
export class Resolution {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_resolutions_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @Column(varchar('state', 12))
  state: ResolutionState;

  /** Number of the latest version of the text, from 1. */
  @Column(integer('latest'))
  latest: number;

  @Column(instant('adopted_at', { nullable: true }))
  adoptedAt: Date | null;

  @Column(integer('version'))
  version: number;
}

/** One version of the text; never changed. */
@Entity('resolution_versions')
@Index('uq_resolution_versions_number', ['resolutionId', 'number'], { unique: true })
export class ResolutionVersion {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Resolution, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resolution_id', foreignKeyConstraintName: 'fk_resolution_versions_resolution' })
  resolution: Relation<Resolution>;

  @Column(uuid('resolution_id'))
  resolutionId: string;

  @Column(integer('number'))
  number: number;

  @Column(longJson('paragraphs'))
  paragraphs: Paragraph[];

  @Column(instant('at'))
  at: Date;
}

/** What a participant says to one paragraph of the draft. */
@Entity('resolution_comments')
@Index('ix_resolution_comments_resolution', ['resolutionId', 'at'])
export class ResolutionComment {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Resolution, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resolution_id', foreignKeyConstraintName: 'fk_resolution_comments_resolution' })
  resolution: Relation<Resolution>;

  @Column(uuid('resolution_id'))
  resolutionId: string;

  /** Key of the paragraph, which it keeps from version to version. */
  @Column(varchar('paragraph', 16))
  paragraph: string;

  /** The version that was commented on. */
  @Column(integer('number'))
  number: number;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_resolution_comments_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(longText('text'))
  text: string;

  @Column(varchar('state', 12))
  state: CommentState;

  @Column(instant('at'))
  at: Date;

  @Column(integer('version'))
  version: number;
}

/** Who stands behind the adopted text. */
@Entity('resolution_adopters')
@Index('uq_resolution_adopters_person', ['resolutionId', 'personId'], { unique: true })
export class ResolutionAdopter {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Resolution, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'resolution_id', foreignKeyConstraintName: 'fk_resolution_adopters_resolution' })
  resolution: Relation<Resolution>;

  @Column(uuid('resolution_id'))
  resolutionId: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_resolution_adopters_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(instant('at'))
  at: Date;
}
