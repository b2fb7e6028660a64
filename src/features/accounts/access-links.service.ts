import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { InvalidInput, NotFound, RuleViolation } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { equalSecrets, Secrets } from '../../platform/runtime/secrets.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { TokenPurpose } from '../../platform/web/policy.js';
import { AccessLink } from './access-link.entity.js';
import { isSingleUse, stateOf, type LinkState } from './access-link.rules.js';

const MINUTE = 60_000;
/** Rows outlive their use, so that an old link still gets the friendly page and not a 404. */
const KEPT_MS = 30 * 24 * 60 * MINUTE;
/** The latest few: who asks three times has three mails, and the code of each is good. */
const CODES_AT_ONCE = 5;

/** Secret links of mails. A token is good for one purpose and one subject, and only its hash is stored ([T1]). */
@Injectable()
export class AccessLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly secrets: Secrets,
    private readonly attempts: Attempts,
  ) {}

  /** Makes a link (and a six-digit code for `email`); they are shown to nobody but the reader of the mail. */
  async issue(order: {
    purpose: TokenPurpose;
    subjectId: string;
    minutes: number;
    withCode?: boolean;
    email?: string;
  }): Promise<{ id: string; token: string; code?: string }> {
    const id = this.ids.next();
    const token = this.ids.secret();
    const code = order.withCode ? this.ids.code() : undefined;
    const now = this.clock.now();
    await this.db.insert(AccessLink, {
      id,
      purpose: order.purpose,
      subjectId: order.subjectId,
      tokenHash: hashOf(token),
      codeHash: code === undefined ? null : this.codeHash(id, code),
      emailHash: order.email === undefined ? null : this.emailHash(order.email),
      expiresAt: new Date(now.getTime() + order.minutes * MINUTE),
      usedAt: null,
      createdAt: now,
    });
    return { id, token, ...(code === undefined ? {} : { code }) };
  }

  /** What a link is now, for the page that a GET shows; changes nothing ([T3]). Null: no link of this purpose. */
  async peek(
    purpose: TokenPurpose,
    token: string,
  ): Promise<{ state: LinkState; subjectId: string; expiresAt: Date } | null> {
    const link = await this.find(purpose, token);
    return link && { state: stateOf(link, this.clock.now()), subjectId: link.subjectId, expiresAt: link.expiresAt };
  }

  /**
   * Uses the link and answers its subject. Of parallel uses of a single-use link exactly one succeeds.
   * Throws NotFound, RuleViolation `error.link.used`, `error.link.expired`.
   */
  async use(purpose: TokenPurpose, token: string): Promise<string> {
    const link = await this.find(purpose, token);
    if (!link) throw new NotFound();
    return this.spend(link);
  }

  /**
   * The same by the code for people who read mail on another device. Each try counts before it is looked at: five wrong
   * ones, and for 15 minutes the right one is refused too (TooMany). Throws InvalidInput at `code`.
   */
  async useCode(purpose: TokenPurpose, email: string, code: string): Promise<string> {
    const emailHash = this.emailHash(email);
    await this.attempts.count('wrong-code', emailHash);
    const links = await this.db.repository(AccessLink).find({
      where: { emailHash, purpose, usedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) },
      order: { createdAt: 'DESC' },
      take: CODES_AT_ONCE,
    });
    const link = links.find((one) => one.codeHash !== null && equalSecrets(one.codeHash, this.codeHash(one.id, code)));
    if (!link) throw InvalidInput.at('code', 'error.link.code');
    const subjectId = await this.spend(link);
    await this.attempts.clear('wrong-code', emailHash);
    return subjectId;
  }

  /** All links of one purpose and subject stop to work (the password was set, the invitation withdrawn). */
  async withdraw(purpose: TokenPurpose, subjectId: string): Promise<void> {
    await this.db.manager
      .createQueryBuilder()
      .update(AccessLink)
      .set({ usedAt: this.clock.now() })
      .where({ purpose, subjectId, usedAt: IsNull() })
      .execute();
  }

  async forgetOld(): Promise<void> {
    await this.db
      .repository(AccessLink)
      .delete({ expiresAt: LessThan(new Date(this.clock.now().getTime() - KEPT_MS)) });
  }

  private async spend(link: AccessLink): Promise<string> {
    const state = stateOf(link, this.clock.now());
    if (state === 'used') throw new RuleViolation('error.link.used');
    if (state === 'expired') throw new RuleViolation('error.link.expired');
    if (!isSingleUse(link.purpose)) return link.subjectId;
    const won = await this.db.compareAndSet(
      AccessLink,
      { id: link.id, usedAt: IsNull() },
      { usedAt: this.clock.now() },
    );
    if (!won) throw new RuleViolation('error.link.used');
    return link.subjectId;
  }

  /** The row is found by the hash of the token, so no comparison of secrets happens here ([T2]). */
  private find(purpose: TokenPurpose, token: string): Promise<AccessLink | null> {
    return this.db.repository(AccessLink).findOneBy({ tokenHash: hashOf(token), purpose });
  }

  private codeHash(id: string, code: string): string {
    return this.secrets.sign('access-code', `${id}:${code}`);
  }

  private emailHash(email: string): string {
    const parsed = parseEmailAddress(email);
    return this.secrets.sign('access-email', parsed.ok ? parsed.key : email.toLowerCase());
  }
}
