import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Secrets } from '../runtime/secrets.js';
import { parseMailbox } from './mailbox.js';
import { bounceAddress, mailOfBounceAddress } from './return-path.js';

/** Envelope senders: one per mail where a domain for them was set up, else the library's mailbox. */
@Injectable()
export class ReturnPaths {
  private readonly mailbox: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly secrets: Secrets,
  ) {
    this.mailbox = parseMailbox(config.mailFrom).address;
  }

  of(mailId: string): string {
    const { bounceDomain } = this.config;
    return bounceDomain === null ? this.mailbox : bounceAddress(this.key, bounceDomain, mailId);
  }

  /** The id of the mail that comes back to this address; null where it is none of ours. */
  mailOf(address: string): string | null {
    return mailOfBounceAddress(this.key, this.config.bounceDomain, address);
  }

  /** For the DSN order of a mail (RFC 3461): it comes back with every report, also through servers that forward. */
  envelopeId(mailId: string): string | null {
    const { bounceDomain } = this.config;
    return bounceDomain === null ? null : bounceAddress(this.key, bounceDomain, mailId);
  }

  mailOfEnvelopeId(envelopeId: string | null): string | null {
    return envelopeId === null ? null : this.mailOf(envelopeId.trim());
  }

  private get key() {
    return this.secrets.signingKey('return-path');
  }
}
