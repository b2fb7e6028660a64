import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { flag, instant, integer, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';
import type { Asked } from '../scheduler/draft/draft.rules.js';
import type { RunOutcome, RunProgressNow, RunState } from './scheduling-run.rules.js';

/** A search for places in one programme, from its start until somebody throws its plans away. */
@Entity('scheduling_runs')
@Index('uq_scheduling_runs_programme', ['programmeId'], { unique: true })
export class SchedulingRun {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_scheduling_runs_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(uuid('account_id'))
  accountId: string;

  @Column(instant('started_at'))
  startedAt: Date;

  /** When the process in which it runs was last heard of. */
  @Column(instant('seen_at'))
  seenAt: Date;

  @Column(varchar('state', 12))
  state: RunState;

  /** Somebody wants it to end: it may run in another process than the one that was asked. */
  @Column(flag('cancel_asked'))
  cancelAsked: boolean;

  @Column(longJson('asked'))
  asked: Asked;

  @Column(longJson('progress', { nullable: true }))
  progress: RunProgressNow | null;

  @Column(longJson('outcome', { nullable: true }))
  outcome: RunOutcome | null;

  @Column(integer('version'))
  version: number;
}
