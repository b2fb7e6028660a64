import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { integer, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Session } from '../../programme/index.js';
import type { Seat, TableShape } from './seating.rules.js';

/** Who sits where at one session, as people have settled it. */
@Entity('seating_plans')
@Index('uq_seating_plans_session', ['sessionId'], { unique: true })
@Index('ix_seating_plans_visit', ['visitId'])
export class SeatingPlan {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(uuid('visit_id'))
  visitId: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_seating_plans_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @Column(varchar('shape', 12))
  shape: TableShape;

  /** Chairs with the ids of persons, never their names. */
  @Column(longJson('seats'))
  seats: Seat[];

  @Column(integer('version'))
  version: number;
}
