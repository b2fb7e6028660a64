import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { integer, json, uuid, varchar } from '../../platform/database/columns.js';

/** Degrees, WGS 84. */
export interface GeoPoint {
  lat: number;
  lon: number;
}

/** A building, or another place where people meet. */
@Entity('venues')
@Index('uq_venues_code', ['code'], { unique: true })
export class Venue {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('code', 40))
  code: string;

  @Column(json('name'))
  name: Localized;

  @Column(json('address'))
  address: Localized;

  @Column(json('geo', { nullable: true }))
  geo: GeoPoint | null;

  @Column(integer('version'))
  version: number;
}

/** A room that sessions take place in; every programme of the house shares it. */
@Entity('rooms')
@Index('uq_rooms_code', ['venueId', 'code'], { unique: true })
export class Room {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Venue, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'venue_id', foreignKeyConstraintName: 'fk_rooms_venue' })
  venue: Relation<Venue>;

  @Column(uuid('venue_id'))
  venueId: string;

  @Column(varchar('code', 40))
  code: string;

  @Column(json('name'))
  name: Localized;

  /** Seats; null where nobody has counted. */
  @Column(integer('capacity', { nullable: true }))
  capacity: number | null;

  /** Ids of the rooms that it is made of when their walls are folded away; empty for a room of its own. */
  @Column(json('parts'))
  parts: string[];

  /** Its place in lists and grids. */
  @Column(integer('position'))
  position: number;

  /** For staff: equipment, keys, how to get in. */
  @Column(varchar('notes', 1000))
  notes: string;

  @Column(integer('version'))
  version: number;
}
