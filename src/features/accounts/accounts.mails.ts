import { Inject, Injectable } from '@nestjs/common';
import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Translator } from '../../platform/i18n/translator.js';
import type { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { Journal } from '../../platform/journal/journal.js';
import type { Block } from '../../platform/mail/message.js';
import { Outbox } from '../../platform/mail/outbox.js';
import type { Grant } from './access.rules.js';
import type { Account } from './account.entity.js';
import { AccountActivated, AccountCreated, AccountDeactivated, RolesChanged } from './accounts.events.js';
import { AccountQueries } from './accounts.queries.js';
import { Directories } from './directories.js';

interface SecretLink {
  id: string;
  token: string;
  code?: string;
}

/** What is written to staff about their accounts, and to people who ask to sign in. */
@Injectable()
export class AccountMails {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly translator: Translator,
    private readonly queries: AccountQueries,
    private readonly directories: Directories,
    journal: Journal,
  ) {
    journal.on(RolesChanged, (data, entry) => this.rolesChanged(data, entry));
    journal.on(AccountCreated, (data, entry) => this.created(data, entry));
    journal.on(AccountDeactivated, (data, entry) => this.toAdmins('deactivated', data.id, entry, []));
    journal.on(AccountActivated, (data, entry) => this.toAdmins('activated', data.id, entry, []));
  }

  /** The address of the page where a password is set. */
  passwordLink(token: string): string {
    return `${this.config.publicUrl}/staff/password/${token}`;
  }

  async invitation(account: Account, link: SecretLink): Promise<void> {
    await this.withButton('invitation', account, link, { name: account.name });
  }

  async forgotten(account: Account, link: SecretLink): Promise<void> {
    await this.withButton('forgotten', account, link, {});
  }

  /** Link and code for somebody with a personal page; `path` is the page of the link. */
  async signIn(person: { id: string; email: string }, locale: Locale, link: SecretLink, path: string): Promise<void> {
    const t = (key: string) => this.translator.t(locale, `mail.accounts.signIn.${key}`);
    await this.outbox.enqueue({
      kind: 'sign-in',
      cause: `sign-in:${link.id}`,
      to: { address: person.email },
      locale,
      subject: t('subject'),
      personId: person.id,
      blocks: [
        { kind: 'text', text: t('intro') },
        { kind: 'button', label: t('button'), url: `${this.config.publicUrl}${path}` },
        { kind: 'text', text: t('code') },
        { kind: 'code', text: link.code ?? '' },
        { kind: 'small', text: t('ignore') },
      ],
    });
  }

  private async withButton(
    mail: 'invitation' | 'forgotten',
    account: Account,
    link: SecretLink,
    params: Record<string, string>,
  ): Promise<void> {
    const t = (key: string) => this.translator.t(account.locale, `mail.accounts.${mail}.${key}`, params);
    await this.outbox.enqueue({
      kind: `account-${mail}`,
      cause: `account-${mail}:${link.id}`,
      to: { address: account.email, name: account.name },
      locale: account.locale,
      subject: t('subject'),
      blocks: [
        { kind: 'text', text: t('intro') },
        { kind: 'button', label: t('button'), url: this.passwordLink(link.token) },
        { kind: 'small', text: t('ignore') },
      ],
    });
  }

  /** Whoever has the role hears of it, and so do all administrators ([A7]). */
  private async rolesChanged(
    data: { id: string; granted: Grant[]; revoked: Grant[] },
    entry: JournalEntry,
  ): Promise<void> {
    const account = await this.queries.byId(data.id);
    if (!account) return;
    const changes = await this.changes(account.locale, data);
    const t = (key: string) => this.translator.t(account.locale, `mail.accounts.yourRoles.${key}`);
    await this.outbox.enqueue({
      kind: 'account-roles',
      cause: `account-roles:${entry.id}`,
      to: { address: account.email, name: account.name },
      locale: account.locale,
      subject: t('subject'),
      blocks: [{ kind: 'text', text: t('intro') }, ...changes, { kind: 'small', text: t('again') }],
    });
    await this.toAdmins('roles', data.id, entry, data.granted, data.revoked);
  }

  private async created(data: { id: string; grants: Grant[] }, entry: JournalEntry): Promise<void> {
    // The command line and the demonstration set up the house; nobody else is there yet to be told.
    if (entry.actorKind !== 'system') await this.toAdmins('created', data.id, entry, data.grants);
  }

  private async toAdmins(
    what: 'roles' | 'created' | 'deactivated' | 'activated',
    accountId: string,
    entry: JournalEntry,
    granted: readonly Grant[],
    revoked: readonly Grant[] = [],
  ): Promise<void> {
    const [account, actor, admins] = await Promise.all([
      this.queries.byId(accountId),
      entry.actorKind === 'account' && entry.actorId ? this.queries.byId(entry.actorId) : null,
      this.queries.holding('admin', null),
    ]);
    if (!account) return;
    for (const admin of admins) {
      const t = (key: string, params: Record<string, string> = {}) =>
        this.translator.t(admin.locale, `mail.accounts.toAdmins.${key}`, params);
      await this.outbox.enqueue({
        kind: 'account-notice',
        cause: `account-notice:${entry.id}`,
        to: { address: admin.email, name: admin.name },
        locale: admin.locale,
        subject: t('subject', { name: account.name }),
        blocks: [
          { kind: 'text', text: t(what) },
          {
            kind: 'facts',
            rows: [
              { label: t('account'), value: `${account.name}, ${account.email}` },
              { label: t('by'), value: actor?.name ?? t('system') },
            ],
          },
          ...(await this.changes(admin.locale, { granted, revoked })),
        ],
      });
    }
  }

  private async changes(
    locale: Locale,
    { granted, revoked }: { granted: readonly Grant[]; revoked: readonly Grant[] },
  ): Promise<Block[]> {
    const titles = await this.titles();
    const list = (heading: string, grants: readonly Grant[]): Block[] =>
      grants.length === 0
        ? []
        : [
            { kind: 'text', text: this.translator.t(locale, `mail.accounts.${heading}`) },
            { kind: 'list', items: grants.map((grant) => this.words(locale, grant, titles)) },
          ];
    return [...list('granted', granted), ...list('revoked', revoked)];
  }

  private words(locale: Locale, { role, conferenceId }: Grant, titles: ReadonlyMap<string, Localized>): string {
    const place =
      conferenceId === null
        ? this.translator.t(locale, 'accounts.everywhere')
        : pickText(titles.get(conferenceId), locale).text || this.translator.t(locale, 'accounts.oneConference');
    return `${this.translator.t(locale, `accounts.role.${role}`)}: ${place}`;
  }

  private async titles(): Promise<Map<string, Localized>> {
    return new Map((await this.directories.conferences.list()).map(({ id, title }) => [id, title]));
  }
}
