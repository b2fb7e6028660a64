import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { day, flag, integer, json, longJson, uuid, varchar } from '../../platform/database/columns.js';
import { Venue } from '../venues/index.js';
import type { ConferenceKind } from './kinds.js';

/** The rhythm that editions of a conference follow. */
@Entity('series')
@Index('uq_series_code', ['code'], { unique: true })
export class Series {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('code', 40))
  code: string;

  @Column(json('title'))
  title: Localized;

  @Column(integer('version'))
  version: number;
}

/** Any gathering that the library hosts, with a public face of its own. */
@Entity('conferences')
@Index('uq_conferences_slug', ['slug'], { unique: true })
@Index('ix_conferences_dates', ['startsOn', 'id'])
@Index('ix_conferences_parent', ['parentId'])
export class Conference {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('slug', 80))
  slug: string;

  @Column(varchar('kind', 20))
  kind: ConferenceKind;

  @ManyToOne(() => Series, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'series_id', foreignKeyConstraintName: 'fk_conferences_series' })
  series: Relation<Series> | null;

  @Column(uuid('series_id', { nullable: true }))
  seriesId: string | null;

  @Column(integer('edition_no', { nullable: true }))
  editionNo: number | null;

  /** The conference that hosts this one as its satellite. */
  @ManyToOne(() => Conference, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'parent_id', foreignKeyConstraintName: 'fk_conferences_parent' })
  parent: Relation<Conference> | null;

  @Column(uuid('parent_id', { nullable: true }))
  parentId: string | null;

  @Column(json('title'))
  title: Localized;

  @Column(json('tagline'))
  tagline: Localized;

  /** Markdown. */
  @Column(longJson('description'))
  description: Localized;

  /** Markdown: how to get there, where to stay, what to bring. */
  @Column(longJson('practical'))
  practical: Localized;

  @Column(day('starts_on'))
  startsOn: string;

  /** The last day itself. */
  @Column(day('ends_on'))
  endsOn: string;

  /** IANA zone of the venue; its programme has the same. */
  @Column(varchar('zone', 60))
  zone: string;

  @ManyToOne(() => Venue, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION', nullable: true })
  @JoinColumn({ name: 'venue_id', foreignKeyConstraintName: 'fk_conferences_venue' })
  venue: Relation<Venue> | null;

  @Column(uuid('venue_id', { nullable: true }))
  venueId: string | null;

  /** The institution that holds it, where that is not the library itself. */
  @Column(json('host'))
  host: Localized;

  @Column(varchar('contact_email', 254, { nullable: true }))
  contactEmail: string | null;

  /** Before the number of a registration: `C27` in `C27-0042`. */
  @Column(varchar('number_prefix', 8))
  numberPrefix: string;

  /** Drafts are for staff only: everybody else gets 404. */
  @Column(flag('public'))
  public: boolean;

  @Column(integer('version'))
  version: number;
}
