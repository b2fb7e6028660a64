import { Injectable } from '@nestjs/common';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import { AccessLinks } from './access-links.service.js';
import type { LinkState } from './access-link.rules.js';
import { Account } from './account.entity.js';
import { AccountInvited, PasswordChanged, PasswordForgotten } from './accounts.events.js';
import { AccountMails } from './accounts.mails.js';
import { AccountQueries } from './accounts.queries.js';
import { isLongEnough, PASSWORD_MIN, Passwords } from './passwords.js';
import { SignIns } from './sign-ins.service.js';

const WEEK_MINUTES = 7 * 24 * 60;
const FORGOTTEN_MINUTES = 30;
const LINKS = ['password', 'staff-invitation'] as const;
type PasswordPurpose = (typeof LINKS)[number];

/** How staff come in: by e-mail and password, or by a link that sets the password. */
@Injectable()
export class StaffPasswords {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly queries: AccountQueries,
    private readonly passwords: Passwords,
    private readonly attempts: Attempts,
    private readonly links: AccessLinks,
    private readonly mails: AccountMails,
    private readonly signIns: SignIns,
  ) {}

  /**
   * The account of this e-mail and password. One answer in the same time for an unknown address, a wrong password and an
   * account that is closed ([T5]). Throws InvalidInput `error.accounts.wrongPassword`, TooMany.
   */
  async check(email: string, password: string): Promise<Account> {
    const { address } = currentContext();
    const key = keyOf(email);
    await this.attempts.check('wrong-password', `address ${address}`);
    await this.attempts.count('wrong-password', `email ${key}`);
    const account = await this.queries.byEmail(email);
    const right = await this.passwords.verify(account?.passwordHash, password);
    if (!account || !right || !account.active) {
      await this.attempts.count('wrong-password', `address ${address}`);
      throw InvalidInput.at('email', 'error.accounts.wrongPassword');
    }
    await this.attempts.clear('wrong-password', `email ${key}`);
    return account;
  }

  /** Sets a password; ends all sign-ins and all links that could set one. Throws InvalidInput at `password`. */
  async set(accountId: string, password: string): Promise<void> {
    if (!isLongEnough(password))
      throw InvalidInput.at('password', 'error.accounts.passwordShort', { min: PASSWORD_MIN });
    const passwordHash = await this.passwords.hash(password);
    await this.db.transaction(async () => {
      const account = await this.queries.byId(accountId);
      if (!account) throw new NotFound();
      await this.db.updateIfUnchanged(Account, account, { passwordHash });
      await this.signIns.endAll({ kind: 'account', id: accountId });
      await this.withdrawLinks(accountId);
      await this.journal.record(PasswordChanged({ id: accountId }));
    });
  }

  /** The account's own new password. Throws InvalidInput at `current`, TooMany. */
  async change(accountId: string, current: string, password: string): Promise<void> {
    await this.attempts.count('wrong-password', `account ${accountId}`);
    const account = await this.queries.byId(accountId);
    if (!(await this.passwords.verify(account?.passwordHash, current)))
      throw InvalidInput.at('current', 'error.accounts.wrongCurrent');
    await this.attempts.clear('wrong-password', `account ${accountId}`);
    await this.set(accountId, password);
  }

  /** A mail with a link, if there is such an account; the caller learns nothing ([T5]). Throws TooMany. */
  async forgotten(email: string): Promise<void> {
    await this.attempts.count('sign-in-mail-address', currentContext().address);
    await this.attempts.count('sign-in-mail', `staff ${keyOf(email)}`);
    const account = await this.queries.byEmail(email);
    if (!account?.active) return;
    await this.db.transaction(async () => {
      const link = await this.links.issue({ purpose: 'password', subjectId: account.id, minutes: FORGOTTEN_MINUTES });
      await this.mails.forgotten(account, link);
      await this.journal.record(PasswordForgotten({ id: account.id }));
    });
  }

  /** Mails the link with which an invited account sets its first password; earlier links stop. */
  async invite(account: Account): Promise<void> {
    await this.db.transaction(async () => {
      const link = await this.invitationLink(account.id);
      await this.mails.invitation(account, link);
    });
  }

  /** The same without a mail, for the command line: the address to open once. */
  async oneTimeLink(accountId: string): Promise<string> {
    return this.db.transaction(async () => this.mails.passwordLink((await this.invitationLink(accountId)).token));
  }

  async withdrawLinks(accountId: string): Promise<void> {
    for (const purpose of LINKS) await this.links.withdraw(purpose, accountId);
  }

  /** What the page of a link shows; changes nothing. Throws NotFound, and TooMany for whoever tries many. */
  async openLink(token: string): Promise<{ state: LinkState; account: Account }> {
    const found = await this.find(token);
    const account = found && (await this.queries.byId(found.subjectId));
    if (!found || !account) throw new NotFound();
    return { state: account.active ? found.state : 'expired', account };
  }

  /** Uses the link for a new password, once. Throws InvalidInput at `password` before the link is used up. */
  async setByLink(token: string, password: string): Promise<Account> {
    if (!isLongEnough(password))
      throw InvalidInput.at('password', 'error.accounts.passwordShort', { min: PASSWORD_MIN });
    const { account } = await this.openLink(token);
    const { purpose } = (await this.find(token))!;
    const passwordHash = await this.passwords.hash(password);
    return this.db.transaction(async () => {
      const id = await this.links.use(purpose, token);
      const now = await this.queries.byId(id);
      if (!now?.active) throw new NotFound();
      await this.db.updateIfUnchanged(Account, now, { passwordHash });
      await this.signIns.endAll({ kind: 'account', id });
      await this.withdrawLinks(id);
      await this.journal.record(PasswordChanged({ id }));
      return account;
    });
  }

  private async invitationLink(accountId: string): Promise<{ id: string; token: string }> {
    await this.withdrawLinks(accountId);
    const link = await this.links.issue({ purpose: 'staff-invitation', subjectId: accountId, minutes: WEEK_MINUTES });
    await this.journal.record(AccountInvited({ id: accountId, linkId: link.id }));
    return link;
  }

  private async find(token: string): Promise<{ purpose: PasswordPurpose; state: LinkState; subjectId: string } | null> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    for (const purpose of LINKS) {
      const found = await this.links.peek(purpose, token);
      if (found) return { purpose, ...found };
    }
    await this.attempts.count('wrong-token', address);
    return null;
  }
}

function keyOf(email: string): string {
  const parsed = parseEmailAddress(email);
  return parsed.ok ? parsed.key : email.toLowerCase();
}
