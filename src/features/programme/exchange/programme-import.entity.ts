import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, json, longBytes, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';
import type { AddedRows, ImportCounts, ImportFormat, ImportOptions, UndoneImport } from './import.rules.js';

export const IMPORT_STATES = ['preview', 'done', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** One file that somebody brings in: looked at first, then taken over in one transaction, perhaps undone. */
@Entity('programme_imports')
@Index('ix_programme_imports_programme', ['programmeId', 'createdAt'])
@Index('ix_programme_imports_state', ['state', 'createdAt'])
export class ProgrammeImport {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_programme_imports_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(uuid('account_id', { nullable: true }))
  accountId: string | null;

  @Column(varchar('filename', 200))
  filename: string;

  @Column(varchar('format', 8))
  format: ImportFormat;

  /** SHA-256 of the file. */
  @Column(varchar('hash', 64))
  hash: string;

  @Column(varchar('state', 8))
  state: ImportState;

  @Column(longJson('options'))
  options: ImportOptions;

  /** What was read of the file, packed; gone once it is taken over, undone or forgotten. */
  @Column(longBytes('content', { nullable: true }))
  content: Buffer | null;

  @Column(json('counts', { nullable: true }))
  counts: ImportCounts | null;

  /** What it added and changed, in the versions that it left behind: undoing touches these alone. */
  @Column(longJson('added', { nullable: true }))
  added: AddedRows | null;

  /** What undoing came to, so that its page can name what stayed. */
  @Column(longJson('undone', { nullable: true }))
  undone: UndoneImport | null;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(instant('done_at', { nullable: true }))
  doneAt: Date | null;

  @Column(integer('version'))
  version: number;
}
