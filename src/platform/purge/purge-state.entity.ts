import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, uuid } from '../database/columns.js';

/** One row: when the house last saw the time, and when it last deleted. */
@Entity('purge_state')
export class PurgeState {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(instant('beat_at', { nullable: true }))
  beatAt: Date | null;

  @Column(instant('held_at', { nullable: true }))
  heldAt: Date | null;

  @Column(instant('ran_at', { nullable: true }))
  ranAt: Date | null;
}
