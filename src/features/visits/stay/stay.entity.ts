import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { flag, instant, integer, json, longJson, text, uuid, varchar } from '../../../platform/database/columns.js';
import { Session, type SessionContent } from '../../programme/index.js';
import type { AttendedEntry } from '../attended/attended.rules.js';
import { Visit } from '../visit.entity.js';
import type { Counterparts, ReleaseMark, SetUp, Surroundings } from './stay.rules.js';

/** What a visit needs to know of a session of its programme of stay, beside the session itself. */
@Entity('visit_sessions')
@Index('uq_visit_sessions_session', ['sessionId'], { unique: true })
@Index('ix_visit_sessions_visit', ['visitId'])
export class VisitSession {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_sessions_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_visit_sessions_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  /** Where it takes place, if not in a room of the house. */
  @Column(varchar('address', 300, { nullable: true }))
  address: string | null;

  /** The journey that a transfer is; opaque here. */
  @Column(uuid('leg_id', { nullable: true }))
  legId: string | null;

  /** The host who leads; null: the first of them. A person. */
  @Column(uuid('lead_id', { nullable: true }))
  leadId: string | null;

  /** The levels of the counterparts, by person. */
  @Column(json('counterparts'))
  counterparts: Counterparts;

  @Column(json('set_up'))
  setUp: SetUp;

  @Column(text('menu', { nullable: true }))
  menu: string | null;

  @Column(text('internal_note', { nullable: true }))
  internalNote: string | null;

  @Column(text('guest_note', { nullable: true }))
  guestNote: string | null;

  /** Stands in the version of the guests. */
  @Column(flag('shown_to_guests'))
  shownToGuests: boolean;

  /** What is done instead when the guests are late. */
  @Column(text('plan_b', { nullable: true }))
  planB: string | null;

  @Column(integer('version'))
  version: number;
}

/** What a text of the programme that was sent became: sent, agreed, frozen, or a numbered change after that. */
@Entity('visit_releases')
@Index('uq_visit_releases_number', ['visitId', 'number'], { unique: true })
export class VisitRelease {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_releases_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  /** Of the release of the programme. */
  @Column(integer('number'))
  number: number;

  @Column(varchar('mark', 8))
  mark: ReleaseMark;

  /** Of the change sheet, from 1; null before the programme was frozen. */
  @Column(integer('change_sheet', { nullable: true }))
  changeSheet: number | null;

  @Column(varchar('agreed_by', 200, { nullable: true }))
  agreedBy: string | null;

  @Column(varchar('agreed_through', 16, { nullable: true }))
  agreedThrough: string | null;

  @Column(instant('agreed_at', { nullable: true }))
  agreedAt: Date | null;

  @Column(instant('frozen_at', { nullable: true }))
  frozenAt: Date | null;

  /** What lay beside each session when it was sent, by session. Never updated, but for our own notes, which the purge takes out. */
  @Column(longJson('surroundings'))
  surroundings: Readonly<Record<string, Surroundings>>;

  /** What it said of sessions of the conference that the delegation attends, by session. Never updated. */
  @Column(longJson('attended'))
  attended: Readonly<Record<string, AttendedEntry<SessionContent>>>;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
