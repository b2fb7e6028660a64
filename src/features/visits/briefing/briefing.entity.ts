import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { integer, json, longJson, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Visit } from '../visit.entity.js';
import type { BriefingFact } from './briefing.rules.js';

/** What the host principal should know before the guests come. One of a visit; texts of several lines are points. */
@Entity('visit_briefings')
@Index('uq_visit_briefings_visit', ['visitId'], { unique: true })
export class VisitBriefing {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_briefings_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** For whom; null: the host principal of the visit. */
  @Column(varchar('principal', 200, { nullable: true }))
  principal: string | null;

  @Column(text('wants', { nullable: true }))
  wants: string | null;

  @Column(json('facts'))
  facts: BriefingFact[];

  /** Beside what earlier visits say by themselves. */
  @Column(text('last_meeting', { nullable: true }))
  lastMeeting: string | null;

  @Column(text('their_points', { nullable: true }))
  theirPoints: string | null;

  @Column(text('our_line', { nullable: true }))
  ourLine: string | null;

  @Column(text('sensitive', { nullable: true }))
  sensitive: string | null;

  /** How the agreements with them are kept. */
  @Column(text('execution', { nullable: true }))
  execution: string | null;

  @Column(text('press_line', { nullable: true }))
  pressLine: string | null;

  /** By member. */
  @Column(longJson('bios'))
  bios: Readonly<Record<string, string>>;

  @Column(integer('version'))
  version: number;
}
