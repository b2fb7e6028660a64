import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { day, instant, longText, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { Direction, PaperKind } from './paper.rules.js';

/** One line of the register of a visit's file: a letter with its number and date. */
@Entity('visit_papers')
@Index('ix_visit_papers_visit', ['visitId', 'issuedOn'])
export class VisitPaper {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_papers_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('kind', 16))
  kind: PaperKind;

  @Column(varchar('direction', 8))
  direction: Direction;

  /** As in the register of the chancellery. */
  @Column(varchar('number', 60, { nullable: true }))
  number: string | null;

  @Column(day('issued_on'))
  issuedOn: string;

  @Column(varchar('about', 300, { nullable: true }))
  about: string | null;

  /** What the letter says, where it was pasted. */
  @Column(longText('text', { nullable: true }))
  text: string | null;

  /** An account; null: the system. */
  @Column(uuid('entered_by', { nullable: true }))
  enteredBy: string | null;

  @Column(instant('created_at'))
  createdAt: Date;
}
