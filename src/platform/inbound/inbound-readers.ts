import { Injectable } from '@nestjs/common';
import type { InboundKind } from './inbound-mail.entity.js';
import type { ReceivedMail } from './received-mail.js';

/** What became of a mail that a reader took as its own. */
export interface Reading {
  readonly kind: InboundKind;
  /** Whether a person must look; `remark` says at what. */
  readonly open: boolean;
  /** Message key. */
  readonly remark?: string;
  readonly conferenceId?: string;
  readonly personId?: string;
  readonly about?: string;
}

/** Runs in the transaction that marks the mail as read; null: not mine. */
export type InboundReader = (mail: ReceivedMail) => Promise<Reading | null>;

/** Who reads mails from outside, in the order in which they are asked: reports first, then the features. */
@Injectable()
export class InboundReaders {
  private readonly readers: InboundReader[] = [];

  add(reader: InboundReader): void {
    this.readers.push(reader);
  }

  /** Answers what the first reader says that knows the mail. */
  async read(mail: ReceivedMail): Promise<Reading | null> {
    for (const reader of this.readers) {
      const reading = await reader(mail);
      if (reading) return reading;
    }
    return null;
  }
}
