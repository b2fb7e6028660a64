import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, integer, varchar } from '../database/columns.js';
import type { Suppression } from './outbox.rules.js';

/** What is known of an address that mail came back from. */
@Entity('address_states')
export class AddressState {
  /** In lower case. */
  @PrimaryColumn(varchar('address', 254))
  address: string;

  /** Failures for good since the last mail that was taken there by hand: three suppress it. */
  @Column(integer('strikes'))
  strikes: number;

  @Column(varchar('suppressed', 4, { nullable: true }))
  suppressed: Suppression | null;

  /** The last enhanced status code (RFC 3463), or `complaint`. */
  @Column(varchar('status', 12))
  status: string;

  @Column(instant('at'))
  at: Date;
}
