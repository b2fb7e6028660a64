import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant, longJson, uuid, varchar } from '../database/columns.js';
import type { Actor } from '../runtime/request-context.js';

/** What happened. Append-only: it is the audit trail, so it holds ids and values of things, never personal values. */
@Entity('journal_entries')
@Index('ix_journal_subject', ['subjectId', 'at'])
@Index('ix_journal_conference', ['conferenceId', 'at'])
@Index('ix_journal_person', ['personId', 'at'])
export class JournalEntry {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(instant('at'))
  at: Date;

  @Column(varchar('type', 60))
  type: string;

  @Column(varchar('actor_kind', 20))
  actorKind: Actor['kind'];

  @Column(uuid('actor_id', { nullable: true }))
  actorId: string | null;

  @Column(uuid('subject_id'))
  subjectId: string;

  @Column(uuid('conference_id', { nullable: true }))
  conferenceId: string | null;

  @Column(uuid('person_id', { nullable: true }))
  personId: string | null;

  @Column(longJson('data'))
  data: Record<string, unknown>;

  @Column(varchar('request_id', 40))
  requestId: string;
}
