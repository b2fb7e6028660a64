import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../../kernel/locale.js';
import { flag, instant, integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Conference } from '../../conferences/index.js';
import { Institution } from '../../cooperation/index.js';
import { Person } from '../../people/index.js';
import type { Category } from '../../registration/index.js';
import type { PlaceEnd, PlaceState, PlaceWay, QuotaState } from './quota.rules.js';

/** Places that an institution fills itself. `taken` is only ever moved by compare-and-set; the version does not guard it. */
@Entity('quotas')
@Index('uq_quotas_token', ['tokenHash'], { unique: true })
@Index('uq_quotas_guest_token', ['guestHash'], { unique: true })
@Index('uq_quotas_active', ['activeKey'], { unique: true })
@Index('ix_quotas_conference', ['conferenceId', 'createdAt'])
export class Quota {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_quotas_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  @ManyToOne(() => Institution, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'institution_id', foreignKeyConstraintName: 'fk_quotas_institution' })
  institution: Relation<Institution>;

  @Column(uuid('institution_id'))
  institutionId: string;

  /** The focal point, who gets the letter. */
  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_quotas_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('state', 12))
  state: QuotaState;

  @Column(integer('places'))
  places: number;

  @Column(integer('taken'))
  taken: number;

  /** As what its people are registered. */
  @Column(varchar('category', 20))
  category: Category;

  /** The first instant at which nobody is named any more. */
  @Column(instant('deadline'))
  deadline: Date;

  /** How long somebody who was named has to agree. */
  @Column(integer('consent_days'))
  consentDays: number;

  /** The organizer's own words in the letter. */
  @Column(text('message'))
  message: string;

  /** The language of its mails. */
  @Column(varchar('locale', 2))
  locale: Locale;

  /** SHA-256 of the focal point's link, which follows from id and turn and is stored nowhere ([T1]). */
  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** The same of the link that is passed on to whoever registers alone. */
  @Column(varchar('guest_hash', 64))
  guestHash: string;

  /** Grows when the links must change; the old ones are dead then. */
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

  /** Conference and institution while the quota counts, else null. */
  @Column(varchar('active_key', 80, { nullable: true }))
  activeKey: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}

/** One place that was filled. When it is free again the row stays, without what it said about the person. */
@Entity('quota_places')
@Index('uq_quota_places_token', ['tokenHash'], { unique: true })
@Index('uq_quota_places_active', ['activeKey'], { unique: true })
@Index('ix_quota_places_quota', ['quotaId', 'createdAt'])
@Index('ix_quota_places_registration', ['registrationId'])
@Index('ix_quota_places_consent', ['state', 'consentUntil'])
export class QuotaPlace {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Quota, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'quota_id', foreignKeyConstraintName: 'fk_quota_places_quota' })
  quota: Relation<Quota>;

  @Column(uuid('quota_id'))
  quotaId: string;

  @Column(varchar('state', 12))
  state: PlaceState;

  /** Why it is free again. */
  @Column(varchar('ended', 12, { nullable: true }))
  ended: PlaceEnd | null;

  @Column(varchar('way', 12))
  way: PlaceWay;

  /** As the focal point or the person typed it: what the house knows of an address is not told by this page. */
  @Column(varchar('name', 400, { nullable: true }))
  name: string | null;

  @Column(varchar('email', 254, { nullable: true }))
  email: string | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(uuid('registration_id', { nullable: true }))
  registrationId: string | null;

  /** The registration was made for this place, and ends with it. */
  @Column(flag('own_registration'))
  ownRegistration: boolean;

  /** The person was not known before. */
  @Column(flag('own_person'))
  ownPerson: boolean;

  /** SHA-256 of the link by which the person agrees. */
  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Until then the person has to agree; null once they have. */
  @Column(instant('consent_until', { nullable: true }))
  consentUntil: Date | null;

  /** Quota and person while the place is taken, else null. */
  @Column(varchar('active_key', 80, { nullable: true }))
  activeKey: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('ended_at', { nullable: true }))
  endedAt: Date | null;

  @Column(integer('version'))
  version: number;
}
