import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../../kernel/locale.js';
import { flag, instant, integer, json, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Person } from '../../people/index.js';
import { Visit } from '../visit.entity.js';
import type { MemberRole, MemberSource, PassportType, PlateNames } from './member.rules.js';

/** A person of a delegation, in the order of precedence that the guest side gave. */
@Entity('visit_members')
@Index('uq_visit_members_person', ['visitId', 'personId'], { unique: true })
@Index('ix_visit_members_order', ['visitId', 'orderNo'])
@Index('ix_visit_members_person', ['personId'])
export class VisitMember {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_members_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_visit_members_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  /** From 1, dense. */
  @Column(integer('order_no'))
  orderNo: number;

  /** Our own rank, 1–99; null: none was given. */
  @Column(integer('protocol_rank', { nullable: true }))
  protocolRank: number | null;

  /** 1–5 as of visits, to be compared with a counterpart's; "acting" counts as the post. */
  @Column(integer('level', { nullable: true }))
  level: number | null;

  @Column(varchar('role', 12))
  role: MemberRole;

  @Column(json('plate'))
  plate: PlateNames;

  /** "His Excellency"; set by staff. */
  @Column(json('courtesy'))
  courtesy: Localized;

  /** Post and degrees as printed. */
  @Column(json('title'))
  title: Localized;

  /** ISO 3166-1 alpha-2, or XX; null: not known. */
  @Column(varchar('citizenship', 2, { nullable: true }))
  citizenship: string | null;

  @Column(varchar('passport_type', 16, { nullable: true }))
  passportType: PassportType | null;

  /** Comes in person; else takes part online. */
  @Column(flag('in_person'))
  inPerson: boolean;

  /** Diet, allergy and access, sealed by the vault; null: nothing was said. */
  @Column(text('diet', { nullable: true }))
  diet: string | null;

  @Column(text('allergy', { nullable: true }))
  allergy: string | null;

  @Column(text('access', { nullable: true }))
  access: string | null;

  @Column(flag('smoker'))
  smoker: boolean;

  @Column(varchar('emergency_contact', 300, { nullable: true }))
  emergencyContact: string | null;

  /** Null: not asked yet. */
  @Column(flag('photo_consent', { nullable: true }))
  photoConsent: boolean | null;

  @Column(varchar('source', 8))
  source: MemberSource;

  /** The person was added with this member, so the guest side may correct the name, and it goes with the member. */
  @Column(flag('own_person'))
  ownPerson: boolean;

  @Column(instant('verified_at', { nullable: true }))
  verifiedAt: Date | null;

  /** An account. */
  @Column(uuid('verified_by', { nullable: true }))
  verifiedBy: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
