import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { flag, instant, integer, text, uuid, varchar } from '../../platform/database/columns.js';

/** One human, once. Names are as typed; a person with one name has it in `given`, with `mononym` set. */
@Entity('persons')
@Index('uq_persons_public_id', ['publicId'], { unique: true })
@Index('uq_persons_email', ['emailKey'], { unique: true })
@Index('ix_persons_order', ['sortKey', 'id'])
export class Person {
  @PrimaryColumn(uuid('id'))
  id: string;

  @Column(varchar('public_id', 16))
  publicId: string;

  @Column(varchar('given', 128))
  given: string;

  @Column(varchar('family', 128, { nullable: true }))
  family: string | null;

  @Column(varchar('patronymic', 128, { nullable: true }))
  patronymic: string | null;

  @Column(flag('mononym'))
  mononym: boolean;

  @Column(varchar('badge_name', 200, { nullable: true }))
  badgeName: string | null;

  @Column(varchar('email', 254, { nullable: true }))
  email: string | null;

  /** The address in lower case, for comparison. */
  @Column(varchar('email_key', 254, { nullable: true }))
  emailKey: string | null;

  /** As typed. */
  @Column(varchar('phone', 60, { nullable: true }))
  phone: string | null;

  @Column(varchar('phone_e164', 20, { nullable: true }))
  phoneE164: string | null;

  /** ISO 3166-1 alpha-2, or XX. */
  @Column(varchar('country', 2, { nullable: true }))
  country: string | null;

  @Column(varchar('institution', 300, { nullable: true }))
  institution: string | null;

  @Column(varchar('position', 200, { nullable: true }))
  position: string | null;

  /** The language of letters and of the personal page. */
  @Column(varchar('locale', 2))
  locale: Locale;

  /** Folded names, institution and address, for search in any script. */
  @Column(text('search'))
  search: string;

  /** The folded family and given name, for lists that are read page by page. */
  @Column(varchar('sort_key', 200))
  sortKey: string;

  @Column(instant('created_at'))
  createdAt: Date;

  @Column(integer('version'))
  version: number;
}
