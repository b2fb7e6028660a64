import { Injectable } from '@nestjs/common';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { DEFAULT_LOCALE } from '../../kernel/locale.js';
import type { Role } from './access.rules.js';
import { Accounts } from './accounts.service.js';
import { ApiTokens } from './api-tokens.service.js';
import { apiTokenInput } from './accounts.schemas.js';
import { isLongEnough, PASSWORD_MIN } from './passwords.js';
import { StaffPasswords } from './staff-passwords.service.js';

/** What an operator may do from the command line, in plain English sentences: there is no page around it. */
@Injectable()
export class AccountCommands {
  constructor(
    private readonly accounts: Accounts,
    private readonly passwords: StaffPasswords,
    private readonly tokens: ApiTokens,
  ) {}

  /**
   * Adds an account with a role everywhere, or gives the role to the account there is. Without a password answers a link
   * that sets one, once, within a week (ruling 16).
   */
  async add(
    email: string,
    { role, name, password }: { role: Role; name?: string; password?: string },
  ): Promise<{ link?: string }> {
    const parsed = parseEmailAddress(email);
    if (!parsed.ok) throw new Error(`${email} is not a plain e-mail address.`);
    if (password !== undefined && !isLongEnough(password))
      throw new Error(`A password has at least ${PASSWORD_MIN} characters.`);
    const grant = { role, conferenceId: null };
    const known = await this.accounts.byEmail(email);
    const id =
      known?.id ??
      (await this.accounts.create('system', {
        email,
        name: name ?? parsed.address.split('@')[0]!,
        locale: DEFAULT_LOCALE,
        grants: [grant],
      }));
    if (known) await this.accounts.grant('system', { id }, grant);
    if (password !== undefined) {
      await this.accounts.setPassword(id, password);
      return {};
    }
    return known?.passwordHash ? {} : { link: await this.passwords.oneTimeLink(id) };
  }

  /** A bearer token for the account of this e-mail; it is shown once. */
  async addToken(email: string, scopes: readonly string[], days: number, name = 'command line'): Promise<string> {
    const account = await this.accounts.byEmail(email);
    if (!account?.active) throw new Error(`There is no active account ${email}.`);
    const input = apiTokenInput.safeParse({ name, scopes: [...scopes], days });
    if (!input.success)
      throw new Error('A scope is OBJECT:read or OBJECT:write, such as registration:read; days are 1 to 365.');
    return (await this.tokens.create(account.id, input.data)).token;
  }
}
