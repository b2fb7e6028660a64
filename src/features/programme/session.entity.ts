import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { flag, instant, integer, json, longJson, uuid, varchar } from '../../platform/database/columns.js';
import { Room } from '../venues/index.js';
import { Programme, Strand } from './programme.entity.js';
import type { Layout, SessionKind, SessionStatus } from './session.rules.js';

/** A unit of time in the working draft: scheduled, or waiting in the tray (no start). */
@Entity('sessions')
@Index('uq_sessions_code', ['programmeId', 'code'], { unique: true })
@Index('ix_sessions_time', ['startsAt', 'endsAt'])
@Index('ix_sessions_programme_time', ['programmeId', 'startsAt'])
export class Session {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_sessions_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  /** Opaque and short, for addresses. */
  @Column(varchar('code', 16))
  code: string;

  @Column(varchar('kind', 24))
  kind: SessionKind;

  @Column(json('title'))
  title: Localized;

  @Column(longJson('abstract'))
  abstract: Localized;

  @ManyToOne(() => Strand, { onDelete: 'SET NULL', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'strand_id', foreignKeyConstraintName: 'fk_sessions_strand' })
  strand: Relation<Strand> | null;

  @Column(uuid('strand_id', { nullable: true }))
  strandId: string | null;

  @ManyToOne(() => Room, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'room_id', foreignKeyConstraintName: 'fk_sessions_room' })
  room: Relation<Room> | null;

  @Column(uuid('room_id', { nullable: true }))
  roomId: string | null;

  @Column(instant('starts_at', { nullable: true }))
  startsAt: Date | null;

  @Column(instant('ends_at', { nullable: true }))
  endsAt: Date | null;

  /** Planned length; the tray keeps it for sessions without a start. */
  @Column(integer('minutes'))
  minutes: number;

  @Column(varchar('online_url', 500, { nullable: true }))
  onlineUrl: string | null;

  /** Languages of delivery and targets of interpretation, BCP 47. */
  @Column(json('languages'))
  languages: string[];

  @Column(json('interpretation'))
  interpretation: string[];

  @Column(integer('capacity', { nullable: true }))
  capacity: number | null;

  @Column(integer('expected', { nullable: true }))
  expected: number | null;

  /** How the chairs stand; null where it does not matter. */
  @Column(varchar('layout', 20, { nullable: true }))
  layout: Layout | null;

  @Column(varchar('status', 12))
  status: SessionStatus;

  /** May share its room with others that may too: posters, exhibitions. */
  @Column(flag('parallel'))
  parallel: boolean;

  /** Not for the public; other programmes see "occupied". */
  @Column(flag('restricted'))
  restricted: boolean;

  /** Stays where it is when places are proposed; people may still move it. */
  @Column(flag('pinned'))
  pinned: boolean;

  /** The revision last released; 0 until the first. Written by releases only, so `version` does not guard it. */
  @Column(integer('revision'))
  revision: number;

  @Column(integer('version'))
  version: number;
}

/** A paper given inside a session. */
@Entity('talks')
@Index('uq_talks_code', ['sessionId', 'code'], { unique: true })
export class Talk {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_talks_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @Column(varchar('code', 16))
  code: string;

  @Column(integer('position'))
  position: number;

  @Column(json('title'))
  title: Localized;

  @Column(longJson('abstract'))
  abstract: Localized;

  @Column(integer('minutes', { nullable: true }))
  minutes: number | null;

  @Column(varchar('language', 20, { nullable: true }))
  language: string | null;

  @Column(integer('version'))
  version: number;
}
