import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Localized } from '../../../kernel/locale.js';
import { day, instant, integer, json, longText, text, uuid, varchar } from '../../../platform/database/columns.js';
import type { CountryDay } from './country.rules.js';

/** What the house says of a country otherwise than the common lists do. Countries without a row are as the lists have them. */
@Entity('countries')
@Index('uq_countries_code', ['code'], { unique: true })
export class Country {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** ISO 3166-1 alpha-2. */
  @Column(varchar('code', 2))
  code: string;

  /** As we print it; languages that are left out follow the common lists. */
  @Column(json('short_name'))
  shortName: Localized;

  @Column(json('official_name'))
  officialName: Localized;

  /** National days and days of mourning. */
  @Column(json('days'))
  days: CountryDay[];

  /** What is easily done wrong. */
  @Column(text('protocol_note', { nullable: true }))
  protocolNote: string | null;

  /** SVG, found harmless (`flag-file.ts`); null: none yet. */
  @Column(longText('flag', { nullable: true }))
  flag: string | null;

  /** When somebody last compared the flag with the current design. */
  @Column(day('flag_checked_on', { nullable: true }))
  flagCheckedOn: string | null;

  @Column(instant('changed_at'))
  changedAt: Date;

  @Column(integer('version'))
  version: number;
}
