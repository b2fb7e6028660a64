import { Injectable } from '@nestjs/common';
import { In, MoreThan, type FindOptionsWhere } from 'typeorm';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { Database } from '../../platform/database/database.js';
import type { Grant, Role } from './access.rules.js';
import { Account } from './account.entity.js';
import { RoleGrant } from './role-grant.entity.js';

export interface AccountWithGrants extends Account {
  grants: Grant[];
}

/** Reading accounts, for services, pages and the API. */
@Injectable()
export class AccountQueries {
  constructor(private readonly db: Database) {}

  byId(id: string): Promise<Account | null> {
    return this.db.repository(Account).findOneBy({ id });
  }

  async byIds(ids: readonly string[]): Promise<Map<string, Account>> {
    const rows = ids.length === 0 ? [] : await this.db.repository(Account).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((account) => [account.id, account]));
  }

  async byEmail(email: string): Promise<Account | null> {
    const parsed = parseEmailAddress(email);
    return parsed.ok ? this.db.repository(Account).findOneBy({ emailKey: parsed.key }) : null;
  }

  async grantsOf(accountId: string): Promise<Grant[]> {
    const rows = await this.db.repository(RoleGrant).find({ where: { accountId }, order: { role: 'ASC', id: 'ASC' } });
    return rows.map(({ role, conferenceId }) => ({ role, conferenceId }));
  }

  /** The active accounts that hold the role in the conference, or (null) everywhere. */
  holding(role: Role, conferenceId: string | null): Promise<Account[]> {
    return this.db
      .repository(Account)
      .createQueryBuilder('account')
      .innerJoin(RoleGrant, 'held', 'held.account_id = account.id AND held.role = :role', { role })
      .where(conferenceId === null ? 'held.conference_id IS NULL' : 'held.conference_id = :conferenceId', {
        conferenceId,
      })
      .andWhere('account.active = :active', { active: true })
      .orderBy('account.id')
      .getMany();
  }

  /** The active accounts that hold one of the roles anywhere, in the order of their names. */
  holdingAny(roles: readonly Role[]): Promise<Account[]> {
    return this.db
      .repository(Account)
      .createQueryBuilder('account')
      .where('account.active = :active', { active: true })
      .andWhere((query) => {
        const holders = query
          .subQuery()
          .select('held.account_id')
          .from(RoleGrant, 'held')
          .where('held.role IN (:...roles)');
        return `account.id IN ${holders.getQuery()}`;
      })
      .setParameter('roles', [...roles])
      .orderBy('account.name')
      .addOrderBy('account.id')
      .getMany();
  }

  /** All accounts with their roles by key, the oldest first; one more than `limit`, so that the caller sees whether there are more. */
  async list({ limit, after }: { limit: number; after?: string }): Promise<AccountWithGrants[]> {
    return this.withGrants(after === undefined ? {} : { id: MoreThan(after) }, limit + 1);
  }

  /** Those who hold a role in this very conference, with only the roles that are of it. */
  async teamOf(conferenceId: string): Promise<AccountWithGrants[]> {
    const grants = await this.db.repository(RoleGrant).findBy({ conferenceId });
    if (grants.length === 0) return [];
    const team = await this.withGrants({ id: In([...new Set(grants.map((grant) => grant.accountId))]) }, 500);
    return team.map((account) => ({
      ...account,
      grants: account.grants.filter((grant) => grant.conferenceId === conferenceId),
    }));
  }

  async withGrants(where: FindOptionsWhere<Account>, take: number): Promise<AccountWithGrants[]> {
    const accounts = await this.db.repository(Account).find({ where, order: { id: 'ASC' }, take });
    const grants =
      accounts.length === 0
        ? []
        : await this.db.repository(RoleGrant).find({
            where: { accountId: In(accounts.map((account) => account.id)) },
            order: { role: 'ASC', id: 'ASC' },
          });
    return accounts.map((account) => ({
      ...account,
      grants: grants
        .filter((grant) => grant.accountId === account.id)
        .map(({ role, conferenceId }) => ({ role, conferenceId })),
    }));
  }
}
