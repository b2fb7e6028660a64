import { Injectable } from '@nestjs/common';
import { Unsubscribing } from '../mail/unsubscribing.js';
import { InboundReaders, type Reading } from './inbound-readers.js';
import type { ReceivedMail } from './received-mail.js';

/** Mails to the address of List-Unsubscribe (RFC 2369): whatever they say, they stop bulk mail to the address that it was in. */
@Injectable()
export class UnsubscribeRequests {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    readers: InboundReaders,
  ) {
    readers.add((mail) => this.read(mail));
  }

  private async read({ envelopeTo }: ReceivedMail): Promise<Reading | null> {
    const mail = await this.unsubscribing.mailOfAddresses(envelopeTo);
    if (!mail) return null;
    await this.unsubscribing.stop(mail);
    return { kind: 'automatic', open: false, ...(mail.personId ? { personId: mail.personId } : {}) };
  }
}
