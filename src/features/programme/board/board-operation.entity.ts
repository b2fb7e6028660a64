import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';
import type { Change, OperationKind, OperationState } from './board.rules.js';

/** One step that somebody took on the board of a draft, so that it can be undone and redone. */
@Entity('board_operations')
@Index('ix_board_operations_account', ['programmeId', 'accountId', 'state', 'id'])
export class BoardOperation {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_board_operations_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(uuid('account_id'))
  accountId: string;

  @Column(varchar('kind', 12))
  kind: OperationKind;

  @Column(instant('at'))
  at: Date;

  @Column(varchar('state', 12))
  state: OperationState;

  @Column(longJson('changes'))
  changes: Change[];
}
