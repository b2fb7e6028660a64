import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { flag, instant, integer, uuid, varchar } from '../../platform/database/columns.js';

export const OBJECT_KINDS = ['public', 'personal'] as const;
export type ObjectKind = (typeof OBJECT_KINDS)[number];

export const OBJECT_STATUSES = ['confirmed', 'cancelled'] as const;
export type ObjectStatus = (typeof OBJECT_STATUSES)[number];

/**
 * The identity and revision of one calendar entry (ruling 2): of a session in public files, or of one person's commitment
 * to a session or conference. No foreign keys: a client that imported it must be able to learn that it is cancelled.
 */
@Entity('calendar_objects')
@Index('uq_calendar_objects_uid', ['uid'], { unique: true })
@Index('uq_calendar_objects_subject', ['subjectKey'], { unique: true })
@Index('ix_calendar_objects_programme', ['programmeId'])
@Index('ix_calendar_objects_session', ['sessionId', 'kind'])
@Index('ix_calendar_objects_person', ['personId'])
@Index('ix_calendar_objects_held', ['heldMail'])
export class CalendarObject {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('kind', 10))
  kind: ObjectKind;

  /** Not a column of type uuid: MariaDB refuses one in fifty of version 8. */
  @Column(varchar('uid', 36))
  uid: string;

  @Column(varchar('subject_key', 120))
  subjectKey: string;

  /** Of public objects. */
  @Column(uuid('programme_id', { nullable: true }))
  programmeId: string | null;

  @Column(uuid('session_id', { nullable: true }))
  sessionId: string | null;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(integer('sequence'))
  sequence: number;

  /** Whole seconds, later with every change of content; serves DTSTAMP and LAST-MODIFIED. */
  @Column(instant('stamp'))
  stamp: Date;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(varchar('status', 10))
  status: ObjectStatus;

  @Column(instant('cancelled_at', { nullable: true }))
  cancelledAt: Date | null;

  /** Of a public object: since when its session is not for everybody. What was public before shows as cancelled. */
  @Column(instant('hidden_at', { nullable: true }))
  hiddenAt: Date | null;

  /** The person's own commitment has ended, whatever becomes of the session. */
  @Column(flag('withdrawn'))
  withdrawn: boolean;

  /** Fingerprints of what was told of the subject, and of what the caller added for this person. */
  @Column(varchar('significant', 64))
  significant: string;

  @Column(varchar('content', 64))
  content: string;

  @Column(varchar('own_significant', 64))
  ownSignificant: string;

  @Column(varchar('own_content', 64))
  ownContent: string;

  /** SEQUENCE of the last mail about it that left, or is due; null while there was none. */
  @Column(integer('sent_sequence', { nullable: true }))
  sentSequence: number | null;

  /** `printOf` what that mail told. */
  @Column(varchar('sent_print', 64, { nullable: true }))
  sentPrint: string | null;

  /** That mail asked for an answer again. */
  @Column(flag('sent_asks'))
  sentAsks: boolean;

  /** That mail published it beside other events (PUBLISH), and asked as for a meeting of its own never. */
  @Column(flag('sent_published'))
  sentPublished: boolean;

  /** The mail about it that an organizer has not confirmed yet: when it leaves, the following becomes what was sent. */
  @Column(uuid('held_mail', { nullable: true }))
  heldMail: string | null;

  @Column(integer('held_sequence', { nullable: true }))
  heldSequence: number | null;

  @Column(varchar('held_print', 64, { nullable: true }))
  heldPrint: string | null;

  @Column(flag('held_asks'))
  heldAsks: boolean;

  @Column(flag('held_published'))
  heldPublished: boolean;
}
