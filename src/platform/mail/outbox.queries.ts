import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { Database } from '../database/database.js';
import { OutgoingMail, type MailState } from './outgoing-mail.entity.js';

export interface OutboxFilter {
  state: MailState | null;
  batch: string | null;
  q: string | null;
}

/** Read models of outgoing mails, of one conference each. */
@Injectable()
export class OutboxQueries {
  constructor(private readonly db: Database) {}

  /** Up to `limit + 1` mails, the latest first; `after` is the id of the last one seen. */
  async list(
    conferenceId: string,
    { state, batch, q }: OutboxFilter,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<OutgoingMail[]> {
    const query = this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .where('mail.conference_id = :conferenceId', { conferenceId });
    if (state) query.andWhere('mail.state = :state', { state });
    if (batch) query.andWhere('mail.batch = :batch', { batch });
    if (q)
      query.andWhere("(LOWER(mail.recipient) LIKE :q ESCAPE '!' OR LOWER(mail.subject) LIKE :q ESCAPE '!')", {
        q: `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
      });
    const last = after === null ? null : await this.one(conferenceId, after);
    if (after !== null && !last) throw InvalidInput.at('after', 'error.invalid');
    if (last)
      query.andWhere('(mail.created_at < :at OR (mail.created_at = :at AND mail.id < :last))', {
        at: last.createdAt,
        last: last.id,
      });
    return query
      .orderBy('mail.createdAt', 'DESC')
      .addOrderBy('mail.id', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  /** The batches that still hold mails, with how many: what waits for a confirmation. */
  async heldBatches(conferenceId: string): Promise<{ batch: string; kind: string; count: number }[]> {
    const rows = await this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .select(['mail.batch AS batch', 'MIN(mail.kind) AS kind', 'COUNT(*) AS number'])
      .where({ conferenceId, state: 'held' })
      .andWhere('mail.batch IS NOT NULL')
      .groupBy('mail.batch')
      .orderBy('MIN(mail.created_at)', 'ASC')
      .getRawMany<{ batch: string; kind: string; number: number | string }>();
    return rows.map(({ batch, kind, number }) => ({ batch, kind, count: Number(number) }));
  }

  /** The ids of a batch's held mails, of this conference only. */
  async held(conferenceId: string, batch: string): Promise<string[]> {
    const rows = await this.db
      .repository(OutgoingMail)
      .find({ where: { conferenceId, batch, state: 'held' }, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  /** One mail of the conference; null for any other. */
  async one(conferenceId: string, id: string): Promise<OutgoingMail | null> {
    if (!isId(id)) return null;
    return this.db.repository(OutgoingMail).findOneBy({ id, conferenceId });
  }
}
