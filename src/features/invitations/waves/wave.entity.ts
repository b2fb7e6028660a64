import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../../kernel/locale.js';
import { flag, instant, integer, json, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Conference } from '../../conferences/index.js';
import { Person } from '../../people/index.js';
import { Session, type AssignmentRole } from '../../programme/index.js';
import type { GuestSource } from './guest-choice.rules.js';
import type { ProtocolLevel } from './protocol.rules.js';
import type { WaveState } from './wave.rules.js';

/** Many people invited to one thing with one letter, one after the other by protocol. */
@Entity('invitation_waves')
@Index('ix_invitation_waves_conference', ['conferenceId', 'createdAt'])
@Index('ix_invitation_waves_session', ['sessionId'])
@Index('ix_invitation_waves_state', ['state'])
export class InvitationWave {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_invitation_waves_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  /** What they are asked to; null: the conference as a whole. */
  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_invitation_waves_session' })
  session: Relation<Session> | null;

  @Column(uuid('session_id', { nullable: true }))
  sessionId: string | null;

  /** In that session. */
  @Column(varchar('role', 16, { nullable: true }))
  role: AssignmentRole | null;

  @Column(varchar('name', 120))
  name: string;

  /** With fields such as `{{name}}`, in each language in which somebody is written to. */
  @Column(json('subject'))
  subject: Localized;

  @Column(longJson('body'))
  body: Localized;

  /** Until when its people can answer; null: for ever. */
  @Column(instant('deadline', { nullable: true }))
  deadline: Date | null;

  /** No more letters leave in an hour. */
  @Column(integer('per_hour'))
  perHour: number;

  @Column(flag('remind_on'))
  remindOn: boolean;

  @Column(integer('remind_after', { nullable: true }))
  remindAfter: number | null;

  @Column(integer('remind_before', { nullable: true }))
  remindBefore: number | null;

  @Column(integer('remind_most'))
  remindMost: number;

  @Column(varchar('state', 8))
  state: WaveState;

  /** How many letters were made. */
  @Column(integer('queued', { nullable: true }))
  queued: number | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('queued_at', { nullable: true }))
  queuedAt: Date | null;

  @Column(integer('version'))
  version: number;
}

/** Somebody in a wave. Their invitation names the wave and the person. */
@Entity('invitation_wave_guests')
@Index('uq_invitation_wave_guests_person', ['waveId', 'personId'], { unique: true })
@Index('ix_invitation_wave_guests_person', ['personId'])
export class WaveGuest {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => InvitationWave, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'wave_id', foreignKeyConstraintName: 'fk_invitation_wave_guests_wave' })
  wave: Relation<InvitationWave>;

  @Column(uuid('wave_id'))
  waveId: string;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_invitation_wave_guests_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  /** From 1, in the order in which letters leave and lists are printed. */
  @Column(integer('place'))
  place: number;

  @Column(varchar('level', 16))
  level: ProtocolLevel;

  @Column(varchar('source', 8))
  source: GuestSource;

  /** Is not reminded by the rule of the wave. */
  @Column(flag('muted'))
  muted: boolean;

  /** How often the rule of the wave has reminded them. */
  @Column(integer('reminded'))
  reminded: number;
}
