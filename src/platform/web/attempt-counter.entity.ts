import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, integer, varchar } from '../database/columns.js';

/** Counts attempts per limit and (hashed) address in a window; in the database, so that all processes count together. */
@Entity('attempt_counters')
@Index('ix_attempts_until', ['until'])
export class AttemptCounter {
  /** SHA-256 of limit and address. */
  @PrimaryColumn(varchar('id', 64))
  id: string;

  @Column(integer('count'))
  count: number;

  @Column(instant('until'))
  until: Date;
}
