import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, json, longBytes, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { DelegationListOptions } from './delegation-list.rules.js';

/** A list of a delegation from a file, while somebody looks at it; gone once it is taken over or forgotten. */
@Entity('visit_lists')
@Index('ix_visit_lists_visit', ['visitId'])
@Index('ix_visit_lists_created', ['createdAt'])
export class VisitList {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_lists_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('filename', 200))
  filename: string;

  /** The rows of the file, packed. */
  @Column(longBytes('content'))
  content: Buffer;

  @Column(json('options'))
  options: DelegationListOptions;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
