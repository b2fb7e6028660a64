import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { instant, integer, json, text, uuid, varchar } from '../../platform/database/columns.js';
import { Conference } from '../conferences/index.js';
import { Person } from '../people/index.js';
import type { Claims } from './claims.rules.js';
import type { Category, Form } from './participation.rules.js';
import type { Approval, Attendance, Payment, Waitlist } from './registration.rules.js';

/** A person's participation in a conference. */
@Entity('registrations')
@Index('uq_registrations_public_id', ['publicId'], { unique: true })
@Index('uq_registrations_number', ['conferenceId', 'number'], { unique: true })
@Index('uq_registrations_active', ['activeKey'], { unique: true })
@Index('uq_registrations_idempotency', ['idempotencyHash'], { unique: true })
@Index('ix_registrations_person', ['personId'])
@Index('ix_registrations_waitlist', ['conferenceId', 'waitlist', 'waitingPosition'])
@Index('ix_registrations_offer', ['waitlist', 'offerUntil'])
export class Registration {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** Opaque, for addresses. */
  @Column(varchar('public_id', 16))
  publicId: string;

  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_registrations_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_registrations_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  /** `C27-0042`. */
  @Column(varchar('number', 40))
  number: string;

  @Column(varchar('category', 20))
  category: Category;

  @Column(varchar('form', 12))
  form: Form;

  @Column(varchar('approval', 12))
  approval: Approval;

  @Column(varchar('waitlist', 8))
  waitlist: Waitlist;

  @Column(varchar('payment', 8))
  payment: Payment;

  @Column(varchar('attendance', 8))
  attendance: Attendance;

  /** Conference and person while the registration is active, else null: at most one active one. */
  @Column(varchar('active_key', 80, { nullable: true }))
  activeKey: string | null;

  @Column(integer('waiting_position', { nullable: true }))
  waitingPosition: number | null;

  @Column(instant('offer_until', { nullable: true }))
  offerUntil: Date | null;

  /** Somebody else registered them and said that they agree: by then they must say so themselves, or all of it goes. */
  @Column(instant('provisional_until', { nullable: true }))
  provisionalUntil: Date | null;

  /** The language of its mails. */
  @Column(varchar('locale', 2))
  locale: Locale;

  /** Of the form it came by; the same form again changes nothing. */
  @Column(varchar('idempotency_hash', 64, { nullable: true }))
  idempotencyHash: string | null;

  /** What the form said differently about a person who was known already: proposed to them, never taken over by itself. */
  @Column(json('claimed', { nullable: true }))
  claimed: Claims | null;

  /** The organizers' own note. */
  @Column(text('note'))
  note: string;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('decided_at', { nullable: true }))
  decidedAt: Date | null;

  @Column(instant('cancelled_at', { nullable: true }))
  cancelledAt: Date | null;

  @Column(integer('version'))
  version: number;
}

export function activeKeyOf(conferenceId: string, personId: string): string {
  return `${conferenceId}:${personId}`;
}
