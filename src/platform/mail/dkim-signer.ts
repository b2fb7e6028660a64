import { Inject, Injectable } from '@nestjs/common';
import DKIM from 'nodemailer/lib/dkim';
import { buffer } from 'node:stream/consumers';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';

/**
 * Fields under the signature ([CI4], [CI6]), those of them that a mail has. The library's own list lacks some by which a
 * receiver decides whether to answer, or offers to unsubscribe.
 */
const SIGNED = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'Reply-To',
  'In-Reply-To',
  'References',
  'MIME-Version',
  'Content-Type',
  'Content-Language',
  'Auto-Submitted',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

/** Signs finished messages for the domain of the sender (DKIM, RFC 6376: rsa-sha256, relaxed), where a key was set up. */
@Injectable()
export class DkimSigner {
  private readonly dkim: DKIM | null;

  constructor(@Inject(CONFIG) { dkim }: Config) {
    this.dkim =
      dkim &&
      new DKIM({
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: dkim.key,
        headerFieldNames: SIGNED.join(':'),
      });
  }

  /** The message with its signature in front; without a key the message as it is. */
  async sign(mime: Buffer): Promise<Buffer> {
    return this.dkim ? buffer(this.dkim.sign(mime)) : mime;
  }
}
