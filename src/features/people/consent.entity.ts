import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from './person.entity.js';
import type { ConsentPurpose } from './purposes.js';

/** Where a yes or no came from. That of a focal point is provisional: the person is asked to give their own. */
export const CONSENT_CHANNELS = ['web', 'staff', 'paper', 'import', 'focal'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/** One yes or no of one person to one version of one text. Rows are never changed: taking back is a new row. */
@Entity('consents')
@Index('ix_consents_person', ['personId', 'at'])
export class Consent {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Person, { onDelete: 'CASCADE', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_consents_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('purpose', 20))
  purpose: ConsentPurpose;

  @Column(integer('text_version'))
  textVersion: number;

  /** The language in which the text was read. */
  @Column(varchar('locale', 2))
  locale: Locale;

  @Column(flag('given'))
  given: boolean;

  @Column(varchar('channel', 10))
  channel: ConsentChannel;

  /** Keyed hash of network address and browser: evidence that says nothing by itself. */
  @Column(varchar('evidence_hash', 64))
  evidenceHash: string;

  @Column(instant('at'))
  at: Date;
}
