import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, uuid, varchar } from '../../../platform/database/columns.js';
import type { ConsentAnswer } from './member-consent.rules.js';
import { VisitMember } from './member.entity.js';

/** A member is asked to agree themselves to what their own side has given of them. One question at a time; the last stays. */
@Entity('visit_consents')
@Index('uq_visit_consents_member', ['memberId'], { unique: true })
@Index('uq_visit_consents_token', ['tokenHash'], { unique: true })
@Index('ix_visit_consents_visit', ['visitId'])
export class MemberConsent {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(uuid('visit_id'))
  visitId: string;

  @ManyToOne(() => VisitMember, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_visit_consents_member' })
  member: Relation<VisitMember>;

  @Column(uuid('member_id'))
  memberId: string;

  @Column(varchar('token_hash', 64))
  tokenHash: string;

  /** Without an answer by then what was given is deleted. */
  @Column(instant('until'))
  until: Date;

  @Column(varchar('answer', 8, { nullable: true }))
  answer: ConsentAnswer | null;

  @Column(instant('asked_at'))
  askedAt: Date;

  @Column(instant('answered_at', { nullable: true }))
  answeredAt: Date | null;

  @Column(integer('version'))
  version: number;
}
