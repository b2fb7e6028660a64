import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../../kernel/locale.js';
import { day, flag, instant, integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Conference } from '../../conferences/index.js';
import { Person } from '../../people/index.js';
import type { EntryPoint } from './entry.rules.js';
import type { VisaState } from './visa-request.rules.js';
import type { Delivery, Entries } from './visa.words.js';

/**
 * One person's need of a visa for one stay. What the passport says is in `visa_details`; here is what may be counted and
 * sorted: the state, when they come and go, and what remains after the purge.
 */
@Entity('visa_requests')
@Index('uq_visa_requests_public_id', ['publicId'], { unique: true })
@Index('uq_visa_requests_stay', ['stayKind', 'stayId'], { unique: true })
@Index('ix_visa_requests_conference', ['conferenceId', 'state'])
@Index('ix_visa_requests_person', ['personId'])
export class VisaRequest {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** Opaque, for addresses. */
  @Column(varchar('public_id', 16))
  publicId: string;

  /** What they come for, `registration` or another kind that a feature above brings (VisaStays), and its id. */
  @Column(varchar('stay_kind', 16))
  stayKind: string;

  @Column(uuid('stay_id'))
  stayId: string;

  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_visa_requests_conference' })
  conference: Relation<Conference> | null;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_visa_requests_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  /** The language of its mails. */
  @Column(varchar('locale', 2))
  locale: Locale;

  @Column(varchar('state', 16))
  state: VisaState;

  /** The signed letter says something that is no longer so. */
  @Column(flag('mismatch'))
  mismatch: boolean;

  /** The passport ends within 90 days after the departure. */
  @Column(flag('expires_soon'))
  expiresSoon: boolean;

  /** When the table of rules behind the decision was last compared with the law; null where staff decided by hand. */
  @Column(day('checked_on', { nullable: true }))
  checkedOn: string | null;

  @Column(varchar('entry_point', 8, { nullable: true }))
  entryPoint: EntryPoint | null;

  @Column(day('entry_on', { nullable: true }))
  entryOn: string | null;

  @Column(day('exit_on', { nullable: true }))
  exitOn: string | null;

  @Column(varchar('entries', 8, { nullable: true }))
  entries: Entries | null;

  /** The city of the consulate. */
  @Column(varchar('consulate', 100, { nullable: true }))
  consulate: string | null;

  /** How the last letter went out, and when. */
  @Column(varchar('delivery', 10, { nullable: true }))
  delivery: Delivery | null;

  @Column(instant('sent_at', { nullable: true }))
  sentAt: Date | null;

  /** The officer's own note: why it was decided by hand, what the consulate said. */
  @Column(text('note'))
  note: string;

  /** When the details and all files went; what is left is that there was a request. */
  @Column(instant('purged_at', { nullable: true }))
  purgedAt: Date | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('updated_at'))
  updatedAt: Date;

  @Column(integer('version'))
  version: number;
}
