import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { instant, integer, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from '../people/index.js';
import type { AssignmentRole, AssignmentState } from './assignment.rules.js';
import type { AvailabilityKind, WeeklyKind } from './availability.rules.js';
import { Programme } from './programme.entity.js';
import { Session, Talk } from './session.entity.js';

/** A person in a role on a session, or on one of its talks. */
@Entity('assignments')
@Index('uq_assignments_active', ['activeKey'], { unique: true })
@Index('uq_assignments_seat', ['seatKey'], { unique: true })
@Index('ix_assignments_person', ['personId'])
@Index('ix_assignments_session', ['sessionId'])
export class Assignment {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Session, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_assignments_session' })
  session: Relation<Session>;

  @Column(uuid('session_id'))
  sessionId: string;

  @ManyToOne(() => Talk, { onDelete: 'CASCADE', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'talk_id', foreignKeyConstraintName: 'fk_assignments_talk' })
  talk: Relation<Talk> | null;

  @Column(uuid('talk_id', { nullable: true }))
  talkId: string | null;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_assignments_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('role', 16))
  role: AssignmentRole;

  @Column(varchar('state', 12))
  state: AssignmentState;

  /** Number of the seat at a round table. */
  @Column(integer('seat', { nullable: true }))
  seat: number | null;

  @Column(integer('position'))
  position: number;

  /** The zone of somebody who takes part from elsewhere, online; null in the room. */
  @Column(varchar('zone', 60, { nullable: true }))
  zone: string | null;

  /** (session, talk, person, role) while it is not declined, so that nobody stands twice in one role; else null. */
  @Column(varchar('active_key', 160, { nullable: true }))
  activeKey: string | null;

  /** (session, seat) while it is not declined, so that nobody sits on an occupied chair; else null. */
  @Column(varchar('seat_key', 60, { nullable: true }))
  seatKey: string | null;

  @Column(integer('version'))
  version: number;
}

/** When a person can take part, cannot, or is in town (between arrival and departure). */
@Entity('availabilities')
@Index('ix_availabilities_person', ['programmeId', 'personId'])
export class Availability {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_availabilities_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_availabilities_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(instant('starts_at'))
  startsAt: Date;

  @Column(instant('ends_at'))
  endsAt: Date;

  @Column(varchar('kind', 12))
  kind: AvailabilityKind;

  /** Who said so: `staff`, `registration`, `visit`. */
  @Column(varchar('source', 20))
  source: string;
}

/** The same every week, on the clock of the programme: "Tuesdays from ten to two". */
@Entity('weekly_availabilities')
@Index('uq_weekly_availabilities', ['programmeId', 'personId', 'weekday', 'opensAt', 'kind'], { unique: true })
export class WeeklyAvailability {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_weekly_availabilities_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_weekly_availabilities_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  /** 1 Monday to 7 Sunday. */
  @Column(integer('weekday'))
  weekday: number;

  /** Minutes after midnight; `closesAt` up to 1440. */
  @Column(integer('opens_at'))
  opensAt: number;

  @Column(integer('closes_at'))
  closesAt: number;

  /** `available` or `unavailable`. */
  @Column(varchar('kind', 12))
  kind: WeeklyKind;
}
