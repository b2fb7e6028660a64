import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, flag, instant, integer, json, text, uuid, varchar } from '../../../platform/database/columns.js';
import type { EntryOutcome, EntryPoint, PassportType } from './entry.rules.js';

/** A regime of entry into the country, as the protocol officer keeps it. */
@Entity('entry_rules')
export class EntryRuleRow {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** What it is called: the agreement, the decree. */
  @Column(varchar('title', 300))
  title: string;

  @Column(json('citizenships'))
  citizenships: string[];

  @Column(json('passport_types'))
  passportTypes: PassportType[];

  @Column(json('entry_points'))
  entryPoints: EntryPoint[];

  @Column(varchar('outcome', 12))
  outcome: EntryOutcome;

  @Column(integer('max_days', { nullable: true }))
  maxDays: number | null;

  @Column(day('valid_from', { nullable: true }))
  validFrom: string | null;

  @Column(day('valid_to', { nullable: true }))
  validTo: string | null;

  @Column(day('checked_on'))
  checkedOn: string;

  /** Somebody has compared it with the law. Those that came with the system are not. */
  @Column(flag('confirmed'))
  confirmed: boolean;

  @Column(text('note'))
  note: string;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
