import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { Forbidden, InvalidInput, NotFound, RuleViolation, Stale } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { grantChanges, isAdmin, mayGrant, sameGrant, type Grant, type Role } from './access.rules.js';
import { Account } from './account.entity.js';
import {
  AccountActivated,
  AccountCreated,
  AccountDeactivated,
  ProfileChanged,
  RolesChanged,
} from './accounts.events.js';
import { AccountQueries } from './accounts.queries.js';
import { Directories, type ConferenceSource, type PersonSource } from './directories.js';
import { RoleGrant } from './role-grant.entity.js';
import { SignIns } from './sign-ins.service.js';
import { StaffPasswords } from './staff-passwords.service.js';

/** Who does it: an account, whose own rights bound what it may give ([A7]), or `system` (command line, demonstration). */
export type Granter = { readonly id: string } | 'system';

export interface NewAccount {
  email: string;
  name: string;
  locale: Locale;
  grants: readonly Grant[];
}

/** Staff accounts and the roles they hold. */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly signIns: SignIns,
    private readonly queries: AccountQueries,
    private readonly passwords: StaffPasswords,
    private readonly directories: Directories,
  ) {}

  /** `people` tells here how to find somebody who signs in. */
  personsFrom(source: PersonSource): void {
    this.directories.persons = source;
  }

  /** `conferences` tells here what there is to give roles for. */
  conferencesFrom(source: ConferenceSource): void {
    this.directories.conferences = source;
  }

  byId(id: string): Promise<Account | null> {
    return this.queries.byId(id);
  }

  /** The accounts of these ids that exist, by id. */
  byIds(ids: readonly string[]): Promise<Map<string, Account>> {
    return this.queries.byIds(ids);
  }

  byEmail(email: string): Promise<Account | null> {
    return this.queries.byEmail(email);
  }

  grantsOf(accountId: string): Promise<Grant[]> {
    return this.queries.grantsOf(accountId);
  }

  /** The active organizers of the conference; those of every conference only where it has none of its own. */
  async organizersOf(conferenceId: string): Promise<Account[]> {
    const own = await this.queries.holding('organizer', conferenceId);
    return own.length > 0 ? own : this.queries.holding('organizer', null);
  }

  /** The active accounts that hold one of the roles anywhere, in the order of their names. */
  withRoles(roles: readonly Role[]): Promise<Account[]> {
    return this.queries.holdingAny(roles);
  }

  /** Sets a password; ends all sign-ins of the account. Throws InvalidInput at `password` when it is too short. */
  setPassword(accountId: string, password: string): Promise<void> {
    return this.passwords.set(accountId, password);
  }

  /** A new account without a mail: `setPassword` or `invite` opens it. Throws InvalidInput at `email` when it is taken. */
  async create(by: Granter, input: NewAccount): Promise<string> {
    const parsed = parseEmailAddress(input.email);
    if (!parsed.ok) throw InvalidInput.at('email', parsed.problem, parsed.params);
    const id = this.ids.next();
    return this.db.transaction(async () => {
      await this.checkGrants(by, id, input.grants);
      try {
        await this.db.insert(Account, {
          id,
          email: parsed.address,
          emailKey: parsed.key,
          name: input.name,
          passwordHash: null,
          locale: input.locale,
          active: true,
          createdAt: this.clock.now(),
          version: 1,
        });
      } catch (error) {
        if (isUniqueViolation(error)) throw InvalidInput.at('email', 'error.accounts.emailTaken');
        throw error;
      }
      const { granted } = grantChanges([], input.grants);
      await this.insertGrants(id, granted);
      await this.journal.record(AccountCreated({ id, grants: granted }));
      return id;
    });
  }

  /**
   * Asks somebody to the staff: a new account and a mail with the link that sets its password. Who has an account already
   * gets the roles added and is told so.
   */
  async invite(by: Granter, input: NewAccount): Promise<string> {
    return this.db.transaction(async () => {
      const known = await this.byEmail(input.email);
      if (known) {
        await this.changeGrants(by, known, [...(await this.grantsOf(known.id)), ...input.grants]);
        return known.id;
      }
      const id = await this.create(by, input);
      await this.passwords.invite(await this.existing(id));
      return id;
    });
  }

  /** The mail of the invitation once more, with a new link; the old one stops. Only while no password was set. */
  async inviteAgain(id: string): Promise<void> {
    await this.db.transaction(async () => {
      const account = await this.existing(id);
      if (account.passwordHash !== null || !account.active) throw new RuleViolation('error.accounts.alreadyIn');
      await this.passwords.invite(account);
    });
  }

  /** Adds a role. With `version`, throws Stale when the account was changed since it was read. */
  grant(by: Granter, read: { id: string; version?: number }, wanted: Grant): Promise<void> {
    return this.db.transaction(async () => {
      const account = await this.unchanged(read);
      await this.changeGrants(by, account, [...(await this.grantsOf(read.id)), wanted]);
    });
  }

  /** Takes a role away; what is not there is no error. */
  revoke(by: Granter, read: { id: string; version?: number }, unwanted: Grant): Promise<void> {
    return this.db.transaction(async () => {
      const account = await this.unchanged(read);
      await this.changeGrants(
        by,
        account,
        (await this.grantsOf(read.id)).filter((one) => !sameGrant(one, unwanted)),
      );
    });
  }

  /** Replaces all roles of the account, opens or closes it, or both at once. Throws Stale for an old version. */
  change(
    by: Granter,
    read: { id: string; version: number },
    { grants, active }: { grants?: readonly Grant[] | undefined; active?: boolean | undefined },
  ): Promise<void> {
    return this.db.transaction(async () => {
      const account = await this.unchanged(read);
      if (grants) await this.changeGrants(by, account, grants);
      if (active !== undefined) await this.setActive(by, { id: account.id }, active);
    });
  }

  /** Nobody signs in to it from now on, and who is signed in is out. Nobody does it to their own account ([A7]). */
  setActive(by: Granter, read: { id: string; version?: number }, active: boolean): Promise<void> {
    return this.db.transaction(async () => {
      const account = await this.unchanged(read);
      if (by !== 'system' && by.id === account.id) throw new RuleViolation('error.accounts.own');
      if (account.active === active) return;
      if (!active && isAdmin(await this.grantsOf(account.id))) await this.keepAnotherAdmin(account.id);
      await this.db.updateIfUnchanged(Account, account, { active });
      await this.signIns.endAll({ kind: 'account', id: account.id });
      if (!active) await this.passwords.withdrawLinks(account.id);
      await this.journal.record((active ? AccountActivated : AccountDeactivated)({ id: account.id }));
    });
  }

  /** The account's own name and language. */
  editProfile(read: { id: string; version: number }, changes: { name: string; locale: Locale }): Promise<number> {
    return this.db.transaction(async () => {
      const version = await this.db.updateIfUnchanged(Account, read, changes);
      await this.journal.record(ProfileChanged({ id: read.id, fields: ['name', 'locale'] }));
      return version;
    });
  }

  private async existing(id: string): Promise<Account> {
    const account = await this.byId(id);
    if (!account) throw new NotFound();
    return account;
  }

  private async unchanged(read: { id: string; version?: number }): Promise<Account> {
    const account = await this.existing(read.id);
    if (read.version !== undefined && account.version !== read.version) throw new Stale(account);
    return account;
  }

  private async changeGrants(by: Granter, account: Account, wanted: readonly Grant[]): Promise<void> {
    const held = await this.grantsOf(account.id);
    const { granted, revoked } = grantChanges(held, wanted);
    if (granted.length + revoked.length === 0) return;
    await this.checkGrants(by, account.id, [...granted, ...revoked]);
    if (revoked.some((grant) => isAdmin([grant]))) await this.keepAnotherAdmin(account.id);
    // The account's version makes two changes of its roles at once impossible.
    await this.db.updateIfUnchanged(Account, account, {});
    for (const { role, conferenceId } of revoked) {
      await this.db
        .repository(RoleGrant)
        .delete({ accountId: account.id, role, conferenceId: conferenceId ?? IsNull() });
    }
    await this.insertGrants(account.id, granted);
    await this.signIns.endAll({ kind: 'account', id: account.id });
    await this.journal.record(
      RolesChanged({ id: account.id, ...onlyConference([...granted, ...revoked]), granted, revoked }),
    );
  }

  private async insertGrants(accountId: string, grants: readonly Grant[]): Promise<void> {
    await this.db.insert(
      RoleGrant,
      grants.map((grant) => ({ id: this.ids.next(), accountId, ...grant })),
    );
  }

  private async checkGrants(by: Granter, accountId: string, changed: readonly Grant[]): Promise<void> {
    if (by === 'system') return;
    if (by.id === accountId) throw new Forbidden('error.accounts.own');
    const held = await this.grantsOf(by.id);
    if (!changed.every((grant) => mayGrant(held, grant))) throw new Forbidden('error.accounts.beyondOwn');
  }

  /**
   * Another active administrator, with a password, must stay. Their row is written too, so that two administrators who dismiss each other
   * at the same instant meet at these rows and one of them fails.
   */
  private async keepAnotherAdmin(leavingId: string): Promise<void> {
    const admins = await this.queries.holding('admin', null);
    const witness = admins.find((account) => account.id !== leavingId && account.passwordHash !== null);
    if (!witness) throw new RuleViolation('error.accounts.lastAdmin');
    await this.db.updateIfUnchanged(Account, witness, {});
  }
}

/** For the journal's filter, when all the changed roles are of one conference. */
function onlyConference(grants: readonly Grant[]): { conferenceId?: string } {
  const ids = new Set(grants.map((grant) => grant.conferenceId));
  const [only] = ids;
  return ids.size === 1 && only ? { conferenceId: only } : {};
}
