import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, longBytes, uuid, varchar } from '../database/columns.js';

/** `held`: until its number is confirmed. `paused`: confirmed, and stopped on its way until somebody goes on. */
export const MAIL_STATES = ['held', 'queued', 'paused', 'sent', 'failed', 'discarded'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail as a row, frozen when it was written: a later edit of a template or a name changes nothing in it. */
@Entity('outbox')
@Index('uq_outbox_cause', ['causeKey'], { unique: true })
@Index('ix_outbox_due', ['state', 'dueAt'])
@Index('ix_outbox_conference', ['conferenceId', 'createdAt'])
@Index('ix_outbox_person', ['personId', 'createdAt'])
@Index('ix_outbox_batch', ['batch'])
@Index('ix_outbox_about', ['about'])
@Index('ix_outbox_message_id', ['messageId'])
export class OutgoingMail {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('kind', 60))
  kind: string;

  /** SHA-256 of cause and recipient. */
  @Column(varchar('cause_key', 64))
  causeKey: string;

  @Column(varchar('recipient', 254))
  recipient: string;

  @Column(varchar('locale', 2))
  locale: Locale;

  @Column(varchar('subject', 400))
  subject: string;

  @Column(varchar('message_id', 200))
  messageId: string;

  /** The finished message (RFC 5322), as every attempt sends it. */
  @Column({ ...longBytes('mime'), select: false })
  mime: Buffer;

  @Column(varchar('state', 12))
  state: MailState;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(varchar('batch', 80, { nullable: true }))
  batch: string | null;

  /** No hour, wherever it begins, has more than so many of its batch. */
  @Column(integer('per_hour', { nullable: true }))
  perHour: number | null;

  /** The thing that it speaks of, such as `invitation:` and an id: held mails about it can be taken back. */
  @Column(varchar('about', 80, { nullable: true }))
  about: string | null;

  /** Nobody needs it to take part: it stops where somebody does not want such mail. */
  @Column(flag('bulk'))
  bulk: boolean;

  @Column(integer('attempts'))
  attempts: number;

  /** Attempts whose answer was lost after the whole message had been sent: it may have arrived twice ([R3]). */
  @Column(integer('doubtful'))
  doubtful: number;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('due_at'))
  dueAt: Date;

  @Column(varchar('lease', 40, { nullable: true }))
  lease: string | null;

  @Column(instant('leased_until', { nullable: true }))
  leasedUntil: Date | null;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  /** The server's last words when it refused, without addresses. */
  @Column(varchar('problem', 200, { nullable: true }))
  problem: string | null;
}
