import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, integer, longBytes, text, uuid, varchar } from '../database/columns.js';

export const INBOUND_STATES = ['stored', 'read', 'open', 'done'] as const;
/** `stored`: not read yet. `read`: nothing left to do. `open`: a person must look. `done`: a person has. */
export type InboundState = (typeof INBOUND_STATES)[number];

export const INBOUND_KINDS = ['answer', 'bounce', 'complaint', 'automatic', 'letter', 'unreadable'] as const;
export type InboundKind = (typeof INBOUND_KINDS)[number];

/** A mail that reached us, byte for byte. It is written once and acknowledged after that; whatever it means comes later. */
@Entity('inbound_mails')
@Index('uq_inbound_mails_hash', ['hash'], { unique: true })
@Index('ix_inbound_mails_due', ['state', 'dueAt'])
@Index('ix_inbound_mails_about', ['about'])
@Index('ix_inbound_mails_conference', ['conferenceId', 'receivedAt'])
@Index('ix_inbound_mails_received', ['receivedAt'])
@Index('ix_inbound_mails_person', ['personId', 'receivedAt'])
@Index('ix_inbound_mails_answers', ['answersMail'])
export class InboundMail {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** SHA-256 of the bytes: the same mail, brought again by any door, is no second row. */
  @Column(varchar('hash', 64))
  hash: string;

  /** Which door: `imap` or `lmtp`. */
  @Column(varchar('door', 8))
  door: string;

  /** Return-Path; empty for bounces; null where the door does not know it. */
  @Column(varchar('envelope_from', 254, { nullable: true }))
  envelopeFrom: string | null;

  /** Envelope recipients, a line each. */
  @Column(text('envelope_to'))
  envelopeTo: string;

  @Column({ ...longBytes('raw'), select: false })
  raw: Buffer;

  @Column(integer('size'))
  size: number;

  @Column(instant('received_at'))
  receivedAt: Date;

  @Column(varchar('state', 8))
  state: InboundState;

  @Column(varchar('kind', 12, { nullable: true }))
  kind: InboundKind | null;

  /** Message key of what is to be decided, or of what was wrong. */
  @Column(varchar('remark', 60, { nullable: true }))
  remark: string | null;

  @Column(integer('attempts'))
  attempts: number;

  @Column(instant('due_at'))
  dueAt: Date;

  @Column(instant('read_at', { nullable: true }))
  readAt: Date | null;

  /** Of the mail itself, for lists: address of From, and the subject. */
  @Column(varchar('sender', 254, { nullable: true }))
  sender: string | null;

  @Column(varchar('subject', 400, { nullable: true }))
  subject: string | null;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  /** The thing that it speaks of, such as `invitation:` and an id. */
  @Column(varchar('about', 80, { nullable: true }))
  about: string | null;

  /** The outbox row that it answers (In-Reply-To, References). */
  @Column(uuid('answers_mail', { nullable: true }))
  answersMail: string | null;
}
