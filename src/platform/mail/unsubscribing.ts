import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../database/database.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { Suppressions } from './suppressions.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

/** What the reader of a bulk mail decides, by link, by click or by mail. */
@Injectable()
export class Unsubscribing {
  constructor(
    private readonly db: Database,
    private readonly links: UnsubscribeLinks,
    private readonly suppressions: Suppressions,
  ) {}

  /** The mail whose link it is. Throws NotFound. */
  async mailOf(token: string): Promise<OutgoingMail> {
    const id = this.links.mailOf(token);
    const mail = id === null ? null : await this.db.repository(OutgoingMail).findOneBy({ id });
    if (!mail) throw new NotFound();
    return mail;
  }

  /** The mail whose reader wrote to one of these addresses; null: none did. */
  async mailOfAddresses(addresses: readonly string[]): Promise<OutgoingMail | null> {
    const id = addresses.map((address) => this.links.mailOfAddress(address)).find((found) => found !== null);
    return id ? this.db.repository(OutgoingMail).findOneBy({ id }) : null;
  }

  /** Nothing that nobody needs is sent there any more. Twice is once. */
  async stop({ id, recipient, personId }: OutgoingMail): Promise<void> {
    await this.db.transaction(() => this.suppressions.unsubscribed(recipient, { mailId: id, personId }));
  }

  async again({ recipient }: OutgoingMail): Promise<void> {
    await this.suppressions.subscribedAgain(recipient);
  }
}
