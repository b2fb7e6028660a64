import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { Stale } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { CalendarObject } from './calendar-object.entity.js';
import { advanceAll } from './personal-revisions.js';
import { Clock } from '../../platform/runtime/clock.js';
import { digest, printOf, type SubjectPart } from './calendar-revision.js';

/** What a held mail will tell when it leaves. */
export interface HeldNews {
  /** As the mail says it. */
  readonly object: CalendarObject;
  readonly mailId: string;
  /** It asks for an answer again. */
  readonly asks: boolean;
  /** It publishes several events, and asks for nothing. */
  readonly published: boolean;
}

const CHUNK = 200;
const REVISION = ['significant', 'content', 'own_significant', 'own_content', 'sequence', 'stamp', 'status'];
const HELD = ['held_mail', 'held_sequence', 'held_print', 'held_asks', 'held_published'];
const NOT_HELD = {
  heldMail: null,
  heldSequence: null,
  heldPrint: null,
  heldAsks: false,
  heldPublished: false,
} as const;

/** What many people were told, and what waits in held mails: one mail at the end, whatever changed in between. */
@Injectable()
export class Tellings {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {
    outbox.onHeld((ids, fate) => (fate === 'queued' ? this.sent(ids) : this.dropped(ids)));
  }

  /** What the latest release says of sessions. */
  async sessionParts(sessionIds: readonly string[]): Promise<Map<string, SubjectPart>> {
    const rows = await this.find({ kind: 'public', sessionId: In([...sessionIds]) });
    return new Map(rows.map((row) => [row.sessionId!, row]));
  }

  /** Personal objects of sessions that a mail has spoken of, or a held one does. */
  async ofSessions(sessionIds: readonly string[]): Promise<CalendarObject[]> {
    const where = { kind: 'personal' as const, sessionId: In([...sessionIds]) };
    return sessionIds.length === 0
      ? []
      : this.find([
          { ...where, sentSequence: Not(IsNull()) },
          { ...where, heldMail: Not(IsNull()) },
        ]);
  }

  /** Personal objects of a conference as a whole. */
  ofConference(conferenceId: string): Promise<CalendarObject[]> {
    return this.find({ kind: 'personal', conferenceId });
  }

  /** The days or the place of a conference have changed: everybody's entry moves on, whether a mail tells it or not. */
  async moveConference(conferenceId: string, significant: string): Promise<void> {
    const where = { kind: 'personal' as const, conferenceId, withdrawn: false };
    await advanceAll(this.db, this.clock.now(), where, { ownSignificant: digest(significant) }, true);
  }

  /** What these held mails speak of. */
  heldIn(mailIds: readonly string[]): Promise<CalendarObject[]> {
    return mailIds.length === 0 ? Promise.resolve([]) : this.find({ heldMail: In([...mailIds]) });
  }

  /** Held mails that are out of date. Throws Stale when one of them was confirmed or discarded a moment ago. */
  async discard(objects: readonly CalendarObject[]): Promise<void> {
    const ids = [...new Set(objects.flatMap(({ heldMail }) => heldMail ?? []))];
    if (ids.length > 0 && (await this.outbox.discardHeld({ ids })) !== ids.length) throw new Stale();
  }

  /** Writes objects as they are told now, some with a held mail; what was sent stays as it is. A fixed number of statements for each 200. */
  async hold(news: readonly HeldNews[], quietly: readonly CalendarObject[] = []): Promise<void> {
    const rows = [
      ...news.map(({ object, mailId, asks, published }) => ({
        ...object,
        heldMail: mailId,
        heldSequence: object.sequence,
        heldPrint: printOf(object),
        heldAsks: asks,
        heldPublished: published,
      })),
      ...quietly.map((object) => ({ ...object, ...NOT_HELD })),
    ];
    for (let at = 0; at < rows.length; at += CHUNK) {
      const insert = this.db.manager
        .createQueryBuilder()
        .insert()
        .into(CalendarObject)
        .values(rows.slice(at, at + CHUNK));
      await insert
        .orUpdate([...REVISION, 'cancelled_at', 'withdrawn', ...HELD], ['subject_key'])
        .updateEntity(false)
        .execute();
    }
  }

  private find(where: Parameters<ReturnType<Database['repository']>['findBy']>[0]): Promise<CalendarObject[]> {
    return this.db.repository(CalendarObject).findBy(where);
  }

  private async sent(mailIds: readonly string[]): Promise<void> {
    await this.update(mailIds, {
      sentSequence: () => 'held_sequence',
      sentPrint: () => 'held_print',
      sentAsks: () => 'held_asks',
      sentPublished: () => 'held_published',
    });
    await this.dropped(mailIds);
  }

  private dropped(mailIds: readonly string[]): Promise<void> {
    return this.update(mailIds, NOT_HELD);
  }

  private async update(mailIds: readonly string[], changes: object): Promise<void> {
    const query = this.db.manager.createQueryBuilder().update(CalendarObject).set(changes);
    await query.where({ heldMail: In([...mailIds]) }).execute();
  }
}
