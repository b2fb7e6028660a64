import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, uuid, varchar } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';

/** A conflict that somebody accepted, and why. */
@Entity('finding_overrides')
@Index('uq_finding_overrides_key', ['programmeId', 'findingKey'], { unique: true })
export class FindingOverride {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_finding_overrides_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(varchar('finding_key', 180))
  findingKey: string;

  @Column(varchar('reason', 500))
  reason: string;

  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  @Column(instant('at'))
  at: Date;
}
