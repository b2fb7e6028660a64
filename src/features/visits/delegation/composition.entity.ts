import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, longJson, longText, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { ConfirmedMember, ProposalKind, ProposalState } from './composition.rules.js';

/** The delegation as it was when its composition was confirmed for the last time. */
@Entity('visit_compositions')
@Index('uq_visit_compositions_visit', ['visitId'], { unique: true })
export class VisitComposition {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_compositions_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(instant('confirmed_at'))
  confirmedAt: Date;

  @Column(longJson('members'))
  members: ConfirmedMember[];
}

/** A change of a confirmed composition that the guest side asks for. */
@Entity('visit_proposals')
@Index('uq_visit_proposals_active', ['activeKey'], { unique: true })
@Index('ix_visit_proposals_visit', ['visitId', 'state'])
export class VisitProposal {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_proposals_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** Null: somebody new. Opaque, because the member may be gone. */
  @Column(uuid('member_id', { nullable: true }))
  memberId: string | null;

  @Column(varchar('kind', 8))
  kind: ProposalKind;

  /** All that was typed, sealed by the vault as a whole; gone once it is decided. */
  @Column(longText('content', { nullable: true }))
  content: string | null;

  @Column(varchar('state', 8))
  state: ProposalState;

  /** The member, as long as it is open: whoever asks again, asks for the latter. */
  @Column(uuid('active_key', { nullable: true }))
  activeKey: string | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('decided_at', { nullable: true }))
  decidedAt: Date | null;

  @Column(integer('version'))
  version: number;
}
