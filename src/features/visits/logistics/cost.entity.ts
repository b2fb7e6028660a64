import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { Payer } from '../visit.rules.js';
import type { CostItem } from './cost.rules.js';

/** A line of the estimate of a visit, and what it came to. */
@Entity('visit_costs')
@Index('ix_visit_costs_visit', ['visitId'])
export class VisitCost {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_costs_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('item', 16))
  item: CostItem;

  @Column(varchar('what', 300, { nullable: true }))
  what: string | null;

  @Column(integer('quantity'))
  quantity: number;

  /** Of one, in minor units; null: not known yet. */
  @Column(integer('price', { nullable: true }))
  price: number | null;

  /** ISO 4217. */
  @Column(varchar('currency', 3))
  currency: string;

  @Column(varchar('payer', 8, { nullable: true }))
  payer: Payer | null;

  /** What it came to, in minor units. */
  @Column(integer('spent', { nullable: true }))
  spent: number | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
