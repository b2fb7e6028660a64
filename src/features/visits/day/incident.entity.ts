import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';

/** Something that went otherwise than planned, noted on the run sheet; in the report of the visit. Never changed, only taken out. */
@Entity('visit_incidents')
@Index('ix_visit_incidents_visit', ['visitId', 'at'])
export class VisitIncident {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_incidents_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** When it happened. */
  @Column(instant('at'))
  at: Date;

  @Column(varchar('what', 1000))
  what: string;

  /** Whom it concerns, or who saw to it. */
  @Column(varchar('who', 200, { nullable: true }))
  who: string | null;

  /** An account. */
  @Column(uuid('noted_by', { nullable: true }))
  notedBy: string | null;

  @Column(instant('created_at'))
  createdAt: Date;
}
