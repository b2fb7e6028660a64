import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not, type FindOptionsWhere } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { hashOf, Ids } from '../runtime/ids.js';
import { MessageComposer } from './mail-composer.js';
import type { MailMessage } from './message.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { dueTimes, resumedAt } from './pace.rules.js';

type WhichHeld = { batch: string } | { about: string } | { ids: readonly string[] };
type HeldReaction = (ids: readonly string[], fate: 'queued' | 'discarded') => Promise<void>;

/** The rows of mails to send. Always written in the transaction of the change that causes them (invariant 4). */
@Injectable()
export class Outbox {
  private wake: () => void = () => undefined;
  private readonly reactions: HeldReaction[] = [];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly composer: MessageComposer,
  ) {}

  /** The worker of this process, told when something is due. */
  onQueued(wake: () => void): void {
    this.wake = wake;
  }

  /** Freezes the mail as a row. A second mail for the same cause and recipient is not written; then it answers null. */
  enqueue(message: MailMessage): Promise<string | null> {
    return this.db.transaction(async () => {
      const row = await this.frozen(message, causeKeyOf(message));
      try {
        await this.write([row]);
      } catch (error) {
        // Hardly ever; so it is asked for when the row is refused, and not before every mail.
        if (!isUniqueViolation(error) || (await this.known([row.causeKey])).length === 0) throw error;
        return null;
      }
      return row.id;
    });
  }

  /** The same for many, in few statements. Answers the ids of the rows that are new. */
  enqueueAll(messages: readonly MailMessage[]): Promise<string[]> {
    return this.db.transaction(async () => {
      const byKey = new Map(messages.map((message) => [causeKeyOf(message), message]));
      for (const key of await this.known([...byKey.keys()])) byKey.delete(key);
      const rows: OutgoingMail[] = [];
      for (const [causeKey, message] of byKey) rows.push(await this.frozen(message, causeKey));
      await this.write(rows);
      return rows.map((row) => row.id);
    });
  }

  /** Called in the transaction in which held mails become due, or are discarded; with ids that may have moved before. */
  onHeld(reaction: HeldReaction): void {
    this.reactions.push(reaction);
  }

  /** Held mails become due. Answers how many there were; those that are no longer held are left alone. */
  async sendHeld(which: WhichHeld): Promise<number> {
    return this.moveHeld(which, 'queued');
  }

  /** Held mails that nobody will send. */
  async discardHeld(which: WhichHeld): Promise<number> {
    return this.moveHeld(which, 'discarded');
  }

  /** Takes back the mails of a kind about something that wait and were never tried. True when none has left before. */
  async takeBack(about: string, kind: string): Promise<boolean> {
    const waiting = { about, kind, state: In(['queued', 'paused']), attempts: 0, lease: IsNull() };
    const query = this.db.manager.createQueryBuilder().update(OutgoingMail).set({ state: 'discarded' });
    const { affected } = await query.where(waiting).execute();
    if (!affected) return false;
    return !(await this.db.repository(OutgoingMail).existsBy({ about, kind, state: Not('discarded') }));
  }

  /** The mails of a batch that have not left wait until `resume`. Answers how many; one that is on the wire is not stopped. */
  async pause(batch: string): Promise<number> {
    const query = this.db.manager.createQueryBuilder().update(OutgoingMail).set({ state: 'paused' });
    return (await query.where({ batch, state: 'queued', lease: IsNull() }).execute()).affected ?? 0;
  }

  /** The paused mails of a batch go on, in the order in which they were due and at its pace. Answers how many. */
  resume(batch: string): Promise<number> {
    return this.db.transaction(async () => {
      const count = await this.spread(batch, { state: 'paused' });
      if (count > 0) this.db.afterCommit(() => this.wake());
      return count;
    });
  }

  /** Nobody sent for a while, or nobody took what was sent: what is left of a batch goes on at its pace, and not all at once. */
  async catchUp(batch: string): Promise<void> {
    await this.db.transaction(() => this.spread(batch, { state: 'queued', lease: IsNull() }));
  }

  /** How many of a batch left in the last milliseconds. */
  leftWithin(batch: string, ms: number): Promise<number> {
    const since = new Date(this.clock.now().getTime() - ms);
    return this.db.repository(OutgoingMail).countBy({ batch, state: 'sent', sentAt: MoreThan(since) });
  }

  /** Gives those of a batch new times, in their order, so that with what has left no hour has more than it may. */
  private async spread(batch: string, which: FindOptionsWhere<OutgoingMail>): Promise<number> {
    const mails = this.db.repository(OutgoingMail);
    const waiting = await mails.find({
      where: { ...which, batch },
      order: { dueAt: 'ASC', id: 'ASC' },
      select: { id: true, state: true, perHour: true },
    });
    const perHour = waiting[0]?.perHour ?? null;
    const now = this.clock.now();
    const start = perHour === null ? now : resumedAt(now, await this.lastLeft(batch), perHour);
    const times = perHour === null ? waiting.map(() => now) : dueTimes(waiting.length, start, perHour);
    for (const [index, { id, state }] of waiting.entries())
      await this.db.compareAndSet(OutgoingMail, { id, state }, { state: 'queued', dueAt: times[index]! });
    return waiting.length;
  }

  /** When the last mail of a batch left, or was given up. */
  private async lastLeft(batch: string): Promise<Date | null> {
    const states = In(['sent', 'failed']);
    const last = await this.db
      .repository(OutgoingMail)
      .findOne({ where: { batch, state: states }, order: { dueAt: 'DESC' }, select: { dueAt: true, sentAt: true } });
    return last && (last.sentAt ?? last.dueAt);
  }

  /** The first mail of a kind about something that was not discarded; null when there was none. */
  first(about: string, kind: string): Promise<OutgoingMail | null> {
    return this.db
      .repository(OutgoingMail)
      .findOne({ where: { about, kind, state: Not('discarded') }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Takes away the mails to somebody of whom nothing may be left. One that is on the wire stays: the worker marks it. */
  async forget(personId: string): Promise<void> {
    await this.db.repository(OutgoingMail).delete({ personId, lease: IsNull() });
  }

  /** A failed mail is tried again from the start, with the same bytes. */
  async retry(id: string): Promise<boolean> {
    const done = await this.db.compareAndSet(
      OutgoingMail,
      { id, state: 'failed' },
      { state: 'queued', attempts: 0, dueAt: this.clock.now(), problem: null },
    );
    if (done) this.db.afterCommit(() => this.wake());
    return done;
  }

  private async moveHeld(which: WhichHeld, fate: 'queued' | 'discarded'): Promise<number> {
    return this.db.transaction(async () => {
      const ids = 'ids' in which ? which.ids : await this.heldIds(which);
      const change = fate === 'queued' ? { state: fate, dueAt: this.clock.now() } : { state: fate };
      let moved = 0;
      for (let at = 0; at < ids.length; at += 500) {
        const chunk = ids.slice(at, at + 500);
        const query = this.db.manager.createQueryBuilder().update(OutgoingMail).set(change);
        moved += (await query.where({ id: In(chunk), state: 'held' }).execute()).affected ?? 0;
        for (const reaction of this.reactions) await reaction(chunk, fate);
      }
      if (fate === 'queued' && moved > 0) this.db.afterCommit(() => this.wake());
      return moved;
    });
  }

  private async heldIds(which: { batch: string } | { about: string }): Promise<string[]> {
    const where = { ...which, state: 'held' as const };
    return (await this.db.repository(OutgoingMail).find({ where, select: { id: true } })).map(({ id }) => id);
  }

  private async frozen(message: MailMessage, causeKey: string): Promise<OutgoingMail> {
    const id = this.ids.next();
    const now = this.clock.now();
    const { mime, messageId } = await this.composer.compose(id, now, message);
    return {
      id,
      kind: message.kind,
      causeKey,
      recipient: message.to.address,
      locale: message.locale,
      subject: [...message.subject].slice(0, 400).join(''),
      messageId,
      mime,
      state: message.hold ? 'held' : 'queued',
      conferenceId: message.conferenceId ?? null,
      personId: message.personId ?? null,
      batch: message.batch ?? null,
      perHour: message.perHour ?? null,
      about: message.about ?? null,
      bulk: message.bulk !== undefined,
      attempts: 0,
      doubtful: 0,
      createdAt: now,
      dueAt: message.dueAt ?? now,
      lease: null,
      leasedUntil: null,
      sentAt: null,
      problem: null,
    };
  }

  private async write(rows: readonly OutgoingMail[]): Promise<void> {
    for (let at = 0; at < rows.length; at += 50) await this.db.insert(OutgoingMail, rows.slice(at, at + 50));
    if (rows.some((row) => row.state === 'queued')) this.db.afterCommit(() => this.wake());
  }

  /** Those of the keys that have their mail already. */
  private async known(keys: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let at = 0; at < keys.length; at += 500) {
      const causeKey = In(keys.slice(at, at + 500));
      const rows = await this.db.repository(OutgoingMail).find({ where: { causeKey }, select: { causeKey: true } });
      found.push(...rows.map((row) => row.causeKey));
    }
    return found;
  }
}

/** What makes two mails the same. */
function causeKeyOf({ cause, to }: MailMessage): string {
  return hashOf(`${cause}\n${to.address.toLowerCase()}`);
}
