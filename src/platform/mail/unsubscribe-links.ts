import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Secrets } from '../runtime/secrets.js';
import { parseMailbox } from './mailbox.js';
import { mailOfToken, mailToken } from './return-path.js';

const DETAIL = '+unsubscribe.';

/** The two ways to stop bulk mail, by a link and by a mail (RFC 2369, RFC 8058), which name the mail that they stand in. */
@Injectable()
export class UnsubscribeLinks {
  private readonly local: string;
  private readonly domain: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly secrets: Secrets,
  ) {
    [this.local, this.domain] = parseMailbox(config.mailFrom).address.split('@') as [string, string];
  }

  url(mailId: string): string {
    return `${this.config.publicUrl}/unsubscribe/${mailToken(this.key, mailId)}`;
  }

  mailOf(token: string): string | null {
    return mailOfToken(this.key, token);
  }

  /** The id of the mail whose reader wrote to this address; null for every other address. */
  mailOfAddress(address: string): string | null {
    const start = `${this.local}${DETAIL}`.toLowerCase();
    const [local = '', domain = ''] = address.toLowerCase().split('@');
    return domain === this.domain.toLowerCase() && local.startsWith(start)
      ? this.mailOf(local.slice(start.length))
      : null;
  }

  /** Fields of a bulk mail ([CI4]); one line each, because a receiver compares them with the signature. */
  fields(mailId: string, list: string): Record<string, string> {
    const token = mailToken(this.key, mailId);
    const mailto = `mailto:${this.local}${DETAIL}${token}@${this.domain}?subject=unsubscribe`;
    return {
      'List-Id': `<${list}.${this.domain}>`,
      'List-Unsubscribe': `<${this.url(mailId)}>, <${mailto}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
  }

  private get key() {
    return this.secrets.signingKey('unsubscribe');
  }
}
