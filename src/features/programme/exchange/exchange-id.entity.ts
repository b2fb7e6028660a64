import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { integer, longJson, uuid, varchar } from '../../../platform/database/columns.js';
import { Programme } from '../programme.entity.js';
import type { ScheduleEvent } from './schedule.rules.js';

export const EXCHANGE_KINDS = ['session', 'person'] as const;
export type ExchangeKind = (typeof EXCHANGE_KINDS)[number];

/**
 * The number and guid under which other programs know a session or a person of a programme. Rows stay when their subject
 * goes, so neither is ever given to another.
 */
@Entity('exchange_ids')
@Index('uq_exchange_ids_number', ['programmeId', 'kind', 'number'], { unique: true })
@Index('uq_exchange_ids_guid', ['programmeId', 'kind', 'guid'], { unique: true })
@Index('ix_exchange_ids_subject', ['subjectId'])
export class ExchangeId {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_exchange_ids_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(varchar('kind', 8))
  kind: ExchangeKind;

  /** No foreign key: it outlives its subject. */
  @Column(uuid('subject_id', { nullable: true }))
  subjectId: string | null;

  @Column(integer('number'))
  number: number;

  // Text: other programs give ids that are no RFC 9562 ids, and MariaDB refuses those as UUID.
  @Column(varchar('guid', 36))
  guid: string;

  /** What the latest imported file said of the session: the export gives back whatever has no place in our own model. */
  @Column(longJson('source', { nullable: true }))
  source: ScheduleEvent | null;

  /** The same as of the latest release, which is all that the public may see. */
  @Column(longJson('released_source', { nullable: true }))
  releasedSource: ScheduleEvent | null;
}
