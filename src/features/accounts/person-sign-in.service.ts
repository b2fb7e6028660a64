import { Injectable } from '@nestjs/common';
import { maskEmail } from '../../kernel/email-address.js';
import { NotFound } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Attempts } from '../../platform/web/attempts.js';
import type { EmailInput } from '../../platform/web/fields.js';
import type { LinkState } from './access-link.rules.js';
import { AccessLinks } from './access-links.service.js';
import { AccountMails } from './accounts.mails.js';
import { Directories } from './directories.js';

const SIGN_IN_MINUTES = 30;
/** Both kinds open the same page; whatever other token comes there is unknown ([T1]). */
const LINKS = ['sign-in', 'resume'] as const;

/** How people without an account come to their page: a link by mail, or the code that stands beside it. */
@Injectable()
export class PersonSignIn {
  constructor(
    private readonly db: Database,
    private readonly attempts: Attempts,
    private readonly links: AccessLinks,
    private readonly mails: AccountMails,
    private readonly directories: Directories,
  ) {}

  /** Mails link and code, if anybody is known by the address; the caller learns nothing ([T5]). Throws TooMany. */
  async ask(email: EmailInput, locale: Locale, next: string): Promise<void> {
    await this.attempts.count('sign-in-mail-address', currentContext().address);
    await this.attempts.count('sign-in-mail', email.key);
    const person = await this.directories.persons.byEmail(email.key);
    if (!person) return;
    await this.db.transaction(async () => {
      const link = await this.links.issue({
        purpose: 'sign-in',
        subjectId: person.id,
        minutes: SIGN_IN_MINUTES,
        withCode: true,
        email: person.email,
      });
      const onwards = next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
      await this.mails.signIn(person, locale, link, `/${locale}/link/${link.token}${onwards}`);
    });
  }

  /** What the page of a link shows; changes nothing ([T3]). Throws NotFound, and TooMany for whoever tries many. */
  async open(token: string): Promise<{ state: LinkState; email: string }> {
    const { state, email } = await this.find(token);
    return { state, email: email ? maskEmail(email) : '' };
  }

  /** Signs in by the link: the person's id. Throws NotFound, RuleViolation `error.link.used`, `error.link.expired`. */
  async useLink(token: string): Promise<string> {
    const { purpose } = await this.find(token);
    return this.links.use(purpose, token);
  }

  /** Signs in by the code of the mail. Throws InvalidInput at `code`, and TooMany after five wrong ones. */
  async useCode(email: EmailInput, code: string): Promise<string> {
    const personId = await this.links.useCode('sign-in', email.address, code);
    if (!(await this.directories.persons.viewer(personId))) throw new NotFound();
    return personId;
  }

  /** A new mail to the owner of a link that is used or has expired. */
  async renew(token: string, locale: Locale, next: string): Promise<void> {
    const { email } = await this.find(token);
    if (email) await this.ask({ address: email, key: email.toLowerCase() }, locale, next);
  }

  private async find(
    token: string,
  ): Promise<{ purpose: (typeof LINKS)[number]; state: LinkState; email: string | null }> {
    const { address } = currentContext();
    await this.attempts.check('wrong-token', address);
    for (const purpose of LINKS) {
      const found = await this.links.peek(purpose, token);
      const person = found && (await this.directories.persons.viewer(found.subjectId));
      if (found && person) return { purpose, state: found.state, email: person.email ?? null };
    }
    await this.attempts.count('wrong-token', address);
    throw new NotFound();
  }
}
