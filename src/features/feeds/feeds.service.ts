import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Gone, NotFound, Stale } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import { Feed } from './feed.entity.js';
import { FeedMade, FeedRevoked } from './feeds.events.js';

const NOTED_EVERY_MS = 3_600_000;
const UNFIT = /[\p{C}\u2028\u2029]+/gu;

/** Secret calendar addresses of people (CF2). */
@Injectable()
export class Feeds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly attempts: Attempts,
  ) {}

  /** The open address of a person, without its secret, which nobody knows any more. */
  ofPerson(personId: string): Promise<Feed | null> {
    return this.db.repository(Feed).findOneBy({ activeKey: activeKey(personId) });
  }

  /** Makes an address and answers its secret, once. An older one ends (410). Throws Stale when two are made at once. */
  async renew(personId: string, locale: Locale): Promise<string> {
    const token = this.ids.secret();
    const feed = { id: this.ids.next(), kind: 'person' as const, personId, conferenceId: null, subjectId: null, partId: null, label: null, tokenHash: hashOf(token), activeKey: activeKey(personId), locale };
    try {
      await this.db.transaction(async () => {
        await this.close(personId);
        await this.db.insert(Feed, { ...feed, createdAt: this.clock.now(), lastUsedAt: null, lastAgent: null, revokedAt: null });
        await this.journal.record(FeedMade({ id: feed.id, personId, kind: 'person' }));
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale();
      throw error;
    }
    return token;
  }

  /** Ends the open address, if there is one. */
  revoke(personId: string): Promise<void> {
    return this.db.transaction(() => this.close(personId));
  }

  /** The feed of a secret. Throws NotFound, Gone (410) and TooMany (CF9). */
  async byToken(token: string): Promise<Feed> {
    const tokenHash = hashOf(token);
    const feed = await this.db.repository(Feed).findOneBy({ tokenHash });
    if (!feed) {
      await this.attempts.count('wrong-token', currentContext().address);
      throw new NotFound();
    }
    if (feed.revokedAt) throw new Gone('error.feeds.revoked');
    await this.attempts.count('feed', tokenHash);
    return feed;
  }

  /** Notes when and by which program it was read, at most once an hour unless the program is another. */
  async noteUse(feed: Feed, userAgent: string): Promise<void> {
    const now = this.clock.now();
    const lastAgent = userAgent.replace(UNFIT, ' ').trim().slice(0, 120);
    const recent = feed.lastUsedAt !== null && now.getTime() - feed.lastUsedAt.getTime() < NOTED_EVERY_MS;
    if (recent && lastAgent === feed.lastAgent) return;
    await this.db.compareAndSet(Feed, { id: feed.id, revokedAt: IsNull() }, { lastUsedAt: now, lastAgent });
  }

  private async close(personId: string): Promise<void> {
    const open = await this.ofPerson(personId);
    if (!open) return;
    const closed = await this.db.compareAndSet(Feed, { id: open.id, revokedAt: IsNull() }, { revokedAt: this.clock.now(), activeKey: null });
    if (closed) await this.journal.record(FeedRevoked({ id: open.id, personId }));
  }
}

function activeKey(personId: string): string {
  return `person:${personId}`;
}
