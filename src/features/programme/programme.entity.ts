import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { integer, json, uuid, varchar } from '../../platform/database/columns.js';
import type { Limits } from './conflicts/limits.rules.js';

export const OWNER_KINDS = ['conference', 'visit'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];

/** The timetable of one conference or visit: its rows are the working draft, its releases what the public sees. */
@Entity('programmes')
@Index('uq_programmes_owner', ['ownerId'], { unique: true })
export class Programme {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('owner_kind', 12))
  ownerKind: OwnerKind;

  /** Opaque here: conferences and visits know programmes, not the other way round. */
  @Column(uuid('owner_id'))
  ownerId: string;

  @Column(varchar('zone', 60))
  zone: string;

  /** Minutes for ways, set-up and rests, as far as they differ from the usual ones. */
  @Column(json('limits'))
  limits: Partial<Limits>;

  /** Number of the latest release; null until the first. Only `Releases.publish` writes it, by compare-and-set. */
  @Column(integer('current_release', { nullable: true }))
  currentRelease: number | null;

  /** Grows when a printed name must vanish from releases; part of every cache key. */
  @Column(integer('names_epoch'))
  namesEpoch: number;

  @Column(integer('version'))
  version: number;
}

/** A theme or section of a programme. */
@Entity('strands')
@Index('uq_strands_code', ['programmeId', 'code'], { unique: true })
export class Strand {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Programme, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'programme_id', foreignKeyConstraintName: 'fk_strands_programme' })
  programme: Relation<Programme>;

  @Column(uuid('programme_id'))
  programmeId: string;

  @Column(varchar('code', 40))
  code: string;

  @Column(json('name'))
  name: Localized;

  /** A CSS colour name, because calendars know no others (RFC 7986 section 5.9). */
  @Column(varchar('colour', 20))
  colour: string;

  @Column(integer('position'))
  position: number;

  @Column(integer('version'))
  version: number;
}
