import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { ApiTokenCreated, ApiTokenRevoked } from './accounts.events.js';
import type { NewApiToken } from './accounts.schemas.js';
import { ApiToken } from './api-token.entity.js';
import { isDue } from './sign-in.rules.js';

const DAY = 24 * 3_600_000;
const START = 'sk_';

/** Bearer tokens of the API: shown once, stored as a hash, at most a year old. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** Makes a token. It is in the answer and nowhere else. */
  async create(accountId: string, input: NewApiToken): Promise<{ id: string; token: string }> {
    const id = this.ids.next();
    const token = `${START}${this.ids.secret()}`;
    const now = this.clock.now();
    await this.db.transaction(async () => {
      await this.db.insert(ApiToken, {
        id,
        accountId,
        name: input.name,
        tokenHash: hashOf(token),
        prefix: token.slice(0, START.length + 6),
        scopes: [...input.scopes],
        expiresAt: new Date(now.getTime() + input.days * DAY),
        createdAt: now,
        lastUsedAt: null,
        revokedAt: null,
      });
      await this.journal.record(ApiTokenCreated({ id: accountId, tokenId: id, scopes: [...input.scopes] }));
    });
    return { id, token };
  }

  /** The account's own tokens, the newest first; revoked ones are gone from the list. */
  of(accountId: string): Promise<ApiToken[]> {
    return this.db
      .repository(ApiToken)
      .find({ where: { accountId, revokedAt: IsNull() }, order: { createdAt: 'DESC', id: 'DESC' }, take: 200 });
  }

  /** Throws NotFound for the token of another account ([P1]). */
  async revoke(accountId: string, id: string): Promise<void> {
    await this.db.transaction(async () => {
      const done = await this.db.compareAndSet(
        ApiToken,
        { id, accountId, revokedAt: IsNull() },
        { revokedAt: this.clock.now() },
      );
      if (!done) throw new NotFound();
      await this.journal.record(ApiTokenRevoked({ id: accountId, tokenId: id }));
    });
  }

  /** The token of a request, if it still holds; notes at most every five minutes that it was used. */
  async open(token: string): Promise<{ accountId: string; scopes: readonly string[] } | null> {
    if (!token.startsWith(START)) return null;
    const now = this.clock.now();
    const found = await this.db
      .repository(ApiToken)
      .findOneBy({ tokenHash: hashOf(token), revokedAt: IsNull(), expiresAt: MoreThan(now) });
    if (!found) return null;
    if (isDue(found.lastUsedAt, now)) await this.db.compareAndSet(ApiToken, { id: found.id }, { lastUsedAt: now });
    return { accountId: found.accountId, scopes: found.scopes };
  }
}
