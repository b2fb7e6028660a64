import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { day, instant, integer, json, text, uuid, varchar } from '../../platform/database/columns.js';
import { Person } from '../people/index.js';
import type { ContactRole, InstitutionKind } from './institution.rules.js';

/** A library, ministry, embassy or university that the house works with. */
@Entity('institutions')
@Index('uq_institutions_public_id', ['publicId'], { unique: true })
@Index('ix_institutions_order', ['sortKey', 'id'])
export class Institution {
  @PrimaryColumn(uuid('id'))
  id: string;

  /** Opaque, for addresses. */
  @Column(varchar('public_id', 16))
  publicId: string;

  @Column(varchar('kind', 16))
  kind: InstitutionKind;

  @Column(json('name'))
  name: Localized;

  /** As it calls itself, in its own script. */
  @Column(varchar('original_name', 300, { nullable: true }))
  originalName: string | null;

  /** ISO 3166-1 alpha-2; null for an international organization. */
  @Column(varchar('country', 2, { nullable: true }))
  country: string | null;

  @Column(varchar('city', 200, { nullable: true }))
  city: string | null;

  @Column(varchar('website', 500, { nullable: true }))
  website: string | null;

  /** Folded names and city, for search in any script. */
  @Column(text('search'))
  search: string;

  @Column(varchar('sort_key', 200))
  sortKey: string;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}

/** A document of cooperation. Partners are the institutions of those that are in force. */
@Entity('agreements')
@Index('ix_agreements_institution', ['institutionId', 'validFrom'])
export class Agreement {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Institution, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'institution_id', foreignKeyConstraintName: 'fk_agreements_institution' })
  institution: Relation<Institution>;

  @Column(uuid('institution_id'))
  institutionId: string;

  /** Number and title, as on the paper. */
  @Column(varchar('reference', 300))
  reference: string;

  @Column(day('valid_from'))
  validFrom: string;

  /** The last day; null: until further notice. */
  @Column(day('valid_until', { nullable: true }))
  validUntil: string | null;

  @Column(integer('version'))
  version: number;
}

/** A person whom the house knows at an institution. What they call it themselves stays free text on the person. */
@Entity('institution_contacts')
@Index('uq_institution_contacts_person', ['institutionId', 'personId'], { unique: true })
@Index('ix_institution_contacts_person', ['personId'])
export class InstitutionContact {
  @PrimaryColumn(uuid('id'))
  id: string;

  @ManyToOne(() => Institution, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'institution_id', foreignKeyConstraintName: 'fk_institution_contacts_institution' })
  institution: Relation<Institution>;

  @Column(uuid('institution_id'))
  institutionId: string;

  @ManyToOne(() => Person, { onDelete: 'RESTRICT', onUpdate: 'NO ACTION' })
  @JoinColumn({ name: 'person_id', foreignKeyConstraintName: 'fk_institution_contacts_person' })
  person: Relation<Person>;

  @Column(uuid('person_id'))
  personId: string;

  @Column(varchar('role', 16))
  role: ContactRole;

  @Column(instant('created_at'))
  createdAt: Date;
}
