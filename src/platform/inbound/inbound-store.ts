import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { isUniqueViolation } from '../database/database-errors.js';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { InboundMail } from './inbound-mail.entity.js';

export interface Arrival {
  readonly door: 'imap' | 'lmtp';
  /** Return-Path; empty for bounces, null where the door does not know it. */
  readonly from: string | null;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

const MOST_RECIPIENTS = 100;

/** Where every door puts what it is brought, before it says thank you. */
@Injectable()
export class InboundStore {
  private wake: () => void = () => undefined;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The worker of this process, told when something came. */
  onStored(wake: () => void): void {
    this.wake = wake;
  }

  /** Commits the bytes. Resolves when they are safe; false: they were here already. */
  async keep({ door, from, to, raw }: Arrival): Promise<boolean> {
    const now = this.clock.now();
    try {
      await this.db.insert(InboundMail, {
        id: this.ids.next(),
        hash: createHash('sha256').update(raw).digest('hex'),
        door,
        envelopeFrom: from === null ? null : from.slice(0, 254),
        // A hundred details of our own address say no more than one.
        envelopeTo: to.slice(0, MOST_RECIPIENTS).join('\n'),
        raw,
        size: raw.length,
        receivedAt: now,
        state: 'stored',
        kind: null,
        remark: null,
        attempts: 0,
        dueAt: now,
        readAt: null,
        sender: null,
        subject: null,
        conferenceId: null,
        personId: null,
        about: null,
        answersMail: null,
      });
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
    this.db.afterCommit(() => this.wake());
    return true;
  }
}
