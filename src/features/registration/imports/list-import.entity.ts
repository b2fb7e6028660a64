import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, json, longBytes, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import type { TableFormat } from '../../../platform/documents/table-file.js';
import { Conference } from '../../conferences/index.js';
import type { AddedByList, LeftOut, ListCounts, ListOptions, ListState, UndoneList } from './list-import.rules.js';

/** A list of participants that somebody brings in: looked at first, then taken over in one transaction, perhaps undone. */
@Entity('list_imports')
@Index('ix_list_imports_conference', ['conferenceId', 'createdAt'])
@Index('ix_list_imports_state', ['state', 'createdAt'])
export class ListImport {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Conference, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'conference_id', foreignKeyConstraintName: 'fk_list_imports_conference' })
  conference: Relation<Conference>;

  @Column(uuid('conference_id'))
  conferenceId: string;

  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  @Column(varchar('filename', 200))
  filename: string;

  @Column(varchar('format', 8))
  format: TableFormat;

  /** SHA-256 of the file. */
  @Column(varchar('hash', 64))
  hash: string;

  @Column(varchar('state', 8))
  state: ListState;

  @Column(longJson('options'))
  options: ListOptions;

  /** The rows of the file, packed; gone once they are taken over or forgotten. */
  @Column(longBytes('content', { nullable: true }))
  content: Buffer | null;

  @Column(json('counts', { nullable: true }))
  counts: ListCounts | null;

  /** Numbers of the rows that were left out, by the reason. */
  @Column(longJson('left_out', { nullable: true }))
  leftOut: Record<LeftOut, number[]> | null;

  /** What it added, in the versions that it left behind: undoing touches these alone. */
  @Column(longJson('added', { nullable: true }))
  added: AddedByList | null;

  /** What undoing came to. */
  @Column(longJson('undone', { nullable: true }))
  undone: UndoneList | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('done_at', { nullable: true }))
  doneAt: Date | null;

  @Column(integer('version'))
  version: number;
}
