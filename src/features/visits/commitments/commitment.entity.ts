import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { day, instant, integer, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { CommitmentState, PromisedBy } from './commitment.rules.js';

/** What was promised at a visit. */
@Entity('visit_commitments')
@Index('ix_visit_commitments_visit', ['visitId'])
@Index('ix_visit_commitments_due', ['state', 'dueOn'])
export class VisitCommitment {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_commitments_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('text', 1000))
  text: string;

  @Column(varchar('promised_by', 8))
  promisedBy: PromisedBy;

  /** The account that sees to it and is reminded; null: the responsible officer. */
  @Column(uuid('owner_id', { nullable: true }))
  ownerId: string | null;

  @Column(day('due_on', { nullable: true }))
  dueOn: string | null;

  /** The session of the stay at which it was said. */
  @Column(uuid('session_id', { nullable: true }))
  sessionId: string | null;

  @Column(varchar('state', 8))
  state: CommitmentState;

  /** How it was kept, or why it was given up. */
  @Column(varchar('outcome', 1000, { nullable: true }))
  outcome: string | null;

  /** What its owner was last reminded of. */
  @Column(varchar('reminded', 8, { nullable: true }))
  reminded: 'soon' | 'overdue' | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
