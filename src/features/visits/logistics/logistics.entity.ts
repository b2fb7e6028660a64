import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { day, flag, instant, integer, text, uuid, varchar } from '../../../platform/database/columns.js';
import { VisitMember } from '../delegation/member.entity.js';
import { Visit } from '../visit.entity.js';
import type { GiftWay } from './gift.rules.js';
import type { LegDirection, LegMode, LegStatus } from './leg.rules.js';
import type { RoomType } from './lodging.rules.js';

/** A car that the house orders or owns, with its driver; for every visit. */
@Entity('cars')
@Index('ix_cars_name', ['name', 'id'])
export class Car {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** Make and colour, or how it is called. */
  @Column(varchar('name', 120))
  name: string;

  @Column(varchar('plate', 20, { nullable: true }))
  plate: string | null;

  /** Without the driver's. */
  @Column(integer('seats'))
  seats: number;

  /** Pieces of luggage; null: not known. */
  @Column(integer('luggage', { nullable: true }))
  luggage: number | null;

  @Column(varchar('driver', 120, { nullable: true }))
  driver: string | null;

  @Column(varchar('phone', 40, { nullable: true }))
  phone: string | null;

  /** Is still ordered; journeys of the past keep theirs. */
  @Column(flag('in_use'))
  inUse: boolean;

  @Column(integer('version'))
  version: number;
}

/** A journey of one or more members. */
@Entity('visit_legs')
@Index('ix_visit_legs_visit', ['visitId', 'departsAt'])
export class VisitLeg {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_legs_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('direction', 12))
  direction: LegDirection;

  @Column(varchar('mode', 12))
  mode: LegMode;

  @Column(varchar('carrier', 120, { nullable: true }))
  carrier: string | null;

  /** Of the flight or train. */
  @Column(varchar('number', 20, { nullable: true }))
  number: string | null;

  @Column(varchar('from_place', 120))
  fromPlace: string;

  @Column(varchar('to_place', 120))
  toPlace: string;

  /** As on the ticket: `YYYY-MM-DDTHH:mm` on the clock of `departsZone`. */
  @Column(varchar('departs_at', 16))
  departsAt: string;

  @Column(varchar('departs_zone', 60))
  departsZone: string;

  @Column(varchar('arrives_at', 16))
  arrivesAt: string;

  @Column(varchar('arrives_zone', 60))
  arrivesZone: string;

  @Column(varchar('terminal', 60, { nullable: true }))
  terminal: string | null;

  /** Who takes them from there, or brings them. */
  @ManyToOne(() => Car, { onDelete: 'SET NULL', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'car_id', foreignKeyConstraintName: 'fk_visit_legs_car' })
  car: Relation<Car> | null;

  @Column(uuid('car_id', { nullable: true }))
  carId: string | null;

  @Column(varchar('greeter', 120, { nullable: true }))
  greeter: string | null;

  @Column(varchar('sign_text', 120, { nullable: true }))
  signText: string | null;

  @Column(integer('luggage', { nullable: true }))
  luggage: number | null;

  @Column(varchar('status', 12))
  status: LegStatus;

  @Column(varchar('note', 500, { nullable: true }))
  note: string | null;

  /** When the guests' own side wrote it; null once staff have looked at it and saved it. */
  @Column(instant('guest_changed_at', { nullable: true }))
  guestChangedAt: Date | null;

  /** Of the event in the calendar of its driver. */
  @Column(integer('sequence'))
  sequence: number;

  @Column(instant('revised_at'))
  revisedAt: Date;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}

@Entity('visit_leg_passengers')
@Index('uq_visit_leg_passengers', ['legId', 'memberId'], { unique: true })
@Index('ix_visit_leg_passengers_member', ['memberId'])
export class VisitLegPassenger {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => VisitLeg, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'leg_id', foreignKeyConstraintName: 'fk_visit_leg_passengers_leg' })
  leg: Relation<VisitLeg>;

  @Column(uuid('leg_id'))
  legId: string;

  @ManyToOne(() => VisitMember, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_visit_leg_passengers_member' })
  member: Relation<VisitMember>;

  @Column(uuid('member_id'))
  memberId: string;
}

/** Where a member sleeps. */
@Entity('visit_lodgings')
@Index('uq_visit_lodgings_member', ['memberId'], { unique: true })
@Index('ix_visit_lodgings_visit', ['visitId'])
export class VisitLodging {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(uuid('visit_id'))
  visitId: string;

  @ManyToOne(() => VisitMember, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'member_id', foreignKeyConstraintName: 'fk_visit_lodgings_member' })
  member: Relation<VisitMember>;

  @Column(uuid('member_id'))
  memberId: string;

  @Column(varchar('hotel', 200))
  hotel: string;

  @Column(varchar('room_type', 8))
  roomType: RoomType;

  @Column(day('from_day'))
  from: string;

  /** The day of leaving. */
  @Column(day('until_day'))
  until: string;

  /** The member with whom the room is shared. */
  @Column(uuid('shared_with', { nullable: true }))
  sharedWith: string | null;

  @Column(varchar('payer', 8, { nullable: true }))
  payer: string | null;

  @Column(integer('version'))
  version: number;
}

/** What was given, or received. */
@Entity('visit_gifts')
@Index('ix_visit_gifts_visit', ['visitId'])
export class VisitGift {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Visit, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'visit_id', foreignKeyConstraintName: 'fk_visit_gifts_visit' })
  visit: Relation<Visit>;

  @Column(uuid('visit_id'))
  visitId: string;

  @Column(varchar('way', 8))
  way: GiftWay;

  @Column(varchar('what', 300))
  what: string;

  /** The member it is for, or from; null: another person, named in `whom`. */
  @Column(uuid('member_id', { nullable: true }))
  memberId: string | null;

  @Column(varchar('whom', 200, { nullable: true }))
  whom: string | null;

  /** 1–5 of whom it is for. */
  @Column(integer('rank', { nullable: true }))
  rank: number | null;

  /** Minor units. */
  @Column(integer('value', { nullable: true }))
  value: number | null;

  /** ISO 4217. */
  @Column(varchar('currency', 3, { nullable: true }))
  currency: string | null;

  /** Where a received one is kept. */
  @Column(varchar('kept_at', 200, { nullable: true }))
  keptAt: string | null;

  @Column(flag('ready'))
  ready: boolean;

  @Column(text('note', { nullable: true }))
  note: string | null;

  @Column(integer('version'))
  version: number;
}
