import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, json, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';

/**
 * A delegation attends a session of the conference that it comes to. It is no assignment there: the conference prints no
 * names because of it.
 */
@Entity('visit_attendances')
@Index('uq_visit_attendances_session', ['visitId', 'sessionId'], { unique: true })
@Index('ix_visit_attendances_session', ['sessionId'])
export class VisitAttendance {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_attendances_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** Opaque here: the conference may delete it, and the visit must hear of that. */
  @Column(uuid('session_id'))
  sessionId: string;

  /** What it was called when it was chosen, as the first language has it; for when it is no longer there. */
  @Column(varchar('called', 300))
  called: string;

  /** Members who attend; null: everybody who comes. */
  @Column(json('member_ids', { nullable: true }))
  memberIds: string[] | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
