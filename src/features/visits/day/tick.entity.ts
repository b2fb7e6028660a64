import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { flag, instant, integer, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';

/** A line of the day that somebody has ticked. */
@Entity('visit_ticks')
@Index('uq_visit_ticks_key', ['visitId', 'key'], { unique: true })
export class VisitTick {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_ticks_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** `session:` or `leg:` and its id, or `check:` and its line. */
  @Column(varchar('key', 48))
  key: string;

  @Column(flag('done'))
  done: boolean;

  @Column(instant('at'))
  at: Date;

  /** An account. */
  @Column(uuid('ticked_by', { nullable: true }))
  tickedBy: string | null;

  @Column(integer('version'))
  version: number;
}
