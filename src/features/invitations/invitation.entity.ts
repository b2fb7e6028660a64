import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, json, text, uuid, varchar } from '../../platform/database/columns.js';
import { Conference } from '../conferences/index.js';
import { Person } from '../people/index.js';
import { Assignment, Session, type AssignmentRole } from '../programme/index.js';
import type { Companions, CompanionsAsked } from './companions.rules.js';
import type { AnswerChannel, InvitationKind, InvitationState } from './invitation.rules.js';

/** Who comes instead, as the invited person wrote it, and the draft that was made for them. */
export interface NamedSubstitute {
  readonly name: string;
  readonly email: string;
  readonly invitationId: string;
}

/** One person asked to a conference, or to a seat or role in one of its sessions. */
@Entity('invitations')
@Index('uq_invitations_token', ['tokenHash'], { unique: true })
@Index('uq_invitations_active', ['activeKey'], { unique: true })
@Index('ix_invitations_conference', ['conferenceId', 'createdAt'])
@Index('ix_invitations_session', ['sessionId'])
@Index('ix_invitations_person', ['personId'])
@Index('ix_invitations_wave', ['waveId'])
@Index('ix_invitations_deadline', ['state', 'deadline'])
export class Invitation {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_invitations_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_invitations_session' })
  session: Relation<Session> | null;

  @Column(uuid('session_id', { nullable: true }))
  sessionId: string | null;

  @ManyToOne(() => Assignment, { onDelete: 'SET NULL', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'assignment_id', foreignKeyConstraintName: 'fk_invitations_assignment' })
  assignment: Relation<Assignment> | null;

  @Column(uuid('assignment_id', { nullable: true }))
  assignmentId: string | null;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_invitations_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('kind', 12))
  kind: InvitationKind;

  /** Of a seat. */
  @Column(varchar('role', 16, { nullable: true }))
  role: AssignmentRole | null;

  @Column(varchar('state', 12))
  state: InvitationState;

  @Column(instant('deadline', { nullable: true }))
  deadline: Date | null;

  /** The wave that it went out with. */
  @Column(uuid('wave_id', { nullable: true }))
  waveId: string | null;

  /** The letter's own subject: then `message` is the whole letter. Empty: the letter has the words of the house. */
  @Column(varchar('subject', 200))
  subject: string;

  /** The organizer's own words in the letter. */
  @Column(text('message'))
  message: string;

  /** The language of its mails. */
  @Column(varchar('locale', 2))
  locale: Locale;

  /** SHA-256 of the link's token, which follows from id and turn and is stored nowhere ([T1]). */
  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Grows when the link must change; the old one is dead then. */
  @Column(integer('token_turn'))
  tokenTurn: number;

  /** The address to which the link went. */
  @Column(varchar('sent_to', 254, { nullable: true }))
  sentTo: string | null;

  /** The outbox row of the last letter, or of the reminder that came back. */
  @Column(uuid('mail_id', { nullable: true }))
  mailId: string | null;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  @Column(instant('reminded_at', { nullable: true }))
  remindedAt: Date | null;

  @Column(instant('answered_at', { nullable: true }))
  answeredAt: Date | null;

  @Column(varchar('answer_channel', 8, { nullable: true }))
  answerChannel: AnswerChannel | null;

  /** What the invited person wrote beside the answer. */
  @Column(text('comment'))
  comment: string;

  @Column(json('substitute', { nullable: true }))
  substitute: NamedSubstitute | null;

  /** Whether they may bring somebody, and how many. */
  @Column(varchar('companions_asked', 8))
  companionsAsked: CompanionsAsked;

  @Column(integer('companions_max'))
  companionsMax: number;

  /** Who comes along with them; null: nobody. */
  @Column(json('companions', { nullable: true }))
  companions: Companions | null;

  /** The session has moved since the answer: it still counts, and is asked for again (ruling 4). */
  @Column(flag('confirm_again'))
  confirmAgain: boolean;

  /** Session (or conference) and person while the invitation counts, else null. */
  @Column(varchar('active_key', 80, { nullable: true }))
  activeKey: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
