import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../kernel/errors.js';
import { searchWords } from '../../kernel/search-text.js';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Agreements } from './agreements.service.js';
import type { InstitutionFilter } from './cooperation.schemas.js';
import { InstitutionContacts } from './institution-contacts.service.js';
import { Agreement, Institution, InstitutionContact } from './institution.entity.js';
import { focalPointOf, isInForce } from './institution.rules.js';

/** Agreements hold by the calendar of the house. */
const HOUSE_ZONE = 'Europe/Minsk';

/** An institution with what decides whether it can be written to as a partner. */
export interface KnownInstitution {
  readonly institution: Institution;
  /** An agreement is in force today. */
  readonly partner: boolean;
  /** There is, or was, or will be an agreement. */
  readonly agreed: boolean;
  /** Who gets letters to it; null where nobody was named. Their address may be missing. */
  readonly focalPoint: InstitutionContact | null;
}

/** Read models of institutions, each with a fixed number of statements. */
@Injectable()
export class CooperationQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
    private readonly contacts: InstitutionContacts,
  ) {}

  /** Today on the house's calendar, `YYYY-MM-DD`. */
  today(): string {
    return localDay(this.clock.now(), HOUSE_ZONE);
  }

  /** Up to `limit + 1` institutions in the order of their names; `after` is the public id of the last one seen. */
  async list(
    filter: InstitutionFilter,
    { limit, after }: { limit: number; after?: string | undefined },
  ): Promise<KnownInstitution[]> {
    const query = this.filtered(filter);
    if (after !== undefined) {
      const last = await this.db.one(Institution, { publicId: after });
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      query.andWhere('(i.sort_key > :sortKey OR (i.sort_key = :sortKey AND i.id > :last))', {
        sortKey: last.sortKey,
        last: last.id,
      });
    }
    const rows = await query
      .orderBy('i.sortKey', 'ASC')
      .addOrderBy('i.id', 'ASC')
      .limit(limit + 1)
      .getMany();
    return this.known(rows);
  }

  /** Everyone that the filter finds, in the order of their names. */
  async all(filter: InstitutionFilter): Promise<KnownInstitution[]> {
    return this.known(await this.filtered(filter).orderBy('i.sortKey', 'ASC').addOrderBy('i.id', 'ASC').getMany());
  }

  /** What is known of these, in their order. */
  async known(institutions: readonly Institution[]): Promise<KnownInstitution[]> {
    const ids = institutions.map(({ id }) => id);
    const [agreements, contacts] = await Promise.all([this.agreements.of(ids), this.contacts.of(ids)]);
    const today = this.today();
    const partners = new Set(
      agreements.filter((agreement) => isInForce(agreement, today)).map(({ institutionId }) => institutionId),
    );
    const byInstitution = Map.groupBy(contacts, ({ institutionId }) => institutionId);
    return institutions.map((institution) => ({
      institution,
      partner: partners.has(institution.id),
      agreed: agreements.some(({ institutionId }) => institutionId === institution.id),
      focalPoint: focalPointOf(byInstitution.get(institution.id) ?? []),
    }));
  }

  private filtered({ q, kind, country, partners }: InstitutionFilter) {
    const query = this.db.repository(Institution).createQueryBuilder('i');
    if (kind) query.andWhere('i.kind = :kind', { kind });
    if (country) query.andWhere('i.country = :country', { country });
    if (partners) {
      const inForce = query
        .subQuery()
        .select('a.institution_id')
        .from(Agreement, 'a')
        .where('a.valid_from <= :today AND (a.valid_until IS NULL OR a.valid_until >= :today)')
        .getQuery();
      query.andWhere(`i.id IN ${inForce}`, { today: this.today() });
    }
    searchWords(q ?? '').forEach((word, index) => {
      query.andWhere(`i.search LIKE :word${index} ESCAPE '!'`, {
        [`word${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    });
    return query;
  }
}
