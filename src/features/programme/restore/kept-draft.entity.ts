import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, longBytes, uuid } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';

/** A whole draft as it was just before something older was restored over it, so that it can be brought back in turn. */
@Entity('kept_drafts')
@Index('ix_kept_drafts_programme', ['programmeId', 'keptAt'])
export class KeptDraft {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_kept_drafts_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(instant('kept_at'))
  keptAt: Date;

  /** Who restored something over it. */
  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  /** The release that took its place; null: another kept draft did. */
  @Column(integer('release_number', { nullable: true }))
  releaseNumber: number | null;

  /** `DraftState`, packed. */
  @Column(longBytes('content'))
  content: Buffer;
}
