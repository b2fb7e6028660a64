import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import type { ReplyDecision } from './reply-decision.rules.js';
import type { ReplyMethod, ReplyPartstat, Trust, Waiting } from './reply-verdict.rules.js';

export const REPLY_FATES = ['counted', 'older-version', 'overtaken', 'nothing', 'sent-again', 'waits'] as const;
export type ReplyFate = (typeof REPLY_FATES)[number];

/** What somebody's calendar program answered, and what became of it. */
@Entity('calendar_replies')
@Index('uq_calendar_replies_key', ['key'], { unique: true })
@Index('ix_calendar_replies_conference', ['conferenceId', 'receivedAt'])
@Index('ix_calendar_replies_invitation', ['invitationId', 'receivedAt'])
@Index('ix_calendar_replies_uid', ['uid'])
@Index('ix_calendar_replies_inbound', ['inboundId'])
export class CalendarReplyRow {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** SHA-256 of UID, attendee, DTSTAMP, PARTSTAT, method and proposed time: the same answer again is no second row. */
  @Column(varchar('reply_key', 64))
  key: string;

  @Column(uuid('inbound_id'))
  inboundId: string;

  @Column(uuid('invitation_id', { nullable: true }))
  invitationId: string | null;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  /** Whose entry is answered; null: nobody that we know. */
  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(varchar('method', 10))
  method: ReplyMethod;

  @Column(varchar('uid', 255))
  uid: string;

  /** As the program names the attendee. */
  @Column(varchar('attendee', 254))
  attendee: string;

  /** Address of From. */
  @Column(varchar('sender', 254, { nullable: true }))
  sender: string | null;

  @Column(varchar('partstat', 14))
  partstat: ReplyPartstat;

  @Column(integer('sequence', { nullable: true }))
  sequence: number | null;

  @Column(instant('stamp', { nullable: true }))
  stamp: Date | null;

  @Column(text('comment'))
  comment: string;

  @Column(varchar('delegated_to', 254, { nullable: true }))
  delegatedTo: string | null;

  @Column(instant('proposed_start', { nullable: true }))
  proposedStart: Date | null;

  @Column(instant('proposed_end', { nullable: true }))
  proposedEnd: Date | null;

  @Column(varchar('trust', 1, { nullable: true }))
  trust: Trust | null;

  @Column(varchar('fate', 14))
  fate: ReplyFate;

  /** What a person must decide; null: nothing. */
  @Column(varchar('waits_for', 16, { nullable: true }))
  waitsFor: Waiting | null;

  @Column(varchar('decision', 10, { nullable: true }))
  decision: ReplyDecision | null;

  @Column(instant('decided_at', { nullable: true }))
  decidedAt: Date | null;

  @Column(instant('received_at'))
  receivedAt: Date;

  @Column(integer('version'))
  version: number;
}
