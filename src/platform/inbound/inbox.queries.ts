import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { InvalidInput } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { Database } from '../database/database.js';
import { InboundMail, type InboundKind } from './inbound-mail.entity.js';

/** Which mails somebody may see: those of these conferences, and those that belong to none. */
export interface InboxScope {
  readonly conferenceIds: readonly string[];
  readonly unassigned: boolean;
}

export interface InboxFilter {
  /** Only what waits for a person. */
  readonly open: boolean;
  readonly kind: InboundKind | null;
  /** Part of the sender’s address or of the subject. */
  readonly q: string | null;
}

/** Read models of mails from outside. What was not read yet is in none of them. */
@Injectable()
export class InboxQueries {
  constructor(private readonly db: Database) {}

  /** Up to `limit + 1` mails without their bytes, the latest first; `after` is the id of the last one seen. */
  async list(
    scope: InboxScope,
    { open, kind, q }: InboxFilter,
    { limit, after }: { limit: number; after?: string | null | undefined },
  ): Promise<InboundMail[]> {
    const query = this.within(scope).andWhere('mail.state <> :stored', { stored: 'stored' });
    if (open) query.andWhere('mail.state = :state', { state: 'open' });
    if (kind) query.andWhere('mail.kind = :kind', { kind });
    if (q) {
      const part = `%${q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
      query.andWhere("(LOWER(mail.sender) LIKE :part ESCAPE '!' OR LOWER(mail.subject) LIKE :part ESCAPE '!')", {
        part,
      });
    }
    if (after) {
      const last = await this.within(scope).andWhere('mail.id = :after', { after }).getOne();
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      const older = '(mail.received_at < :at OR (mail.received_at = :at AND mail.id < :last))';
      query.andWhere(older, { at: last.receivedAt, last: last.id });
    }
    return query
      .orderBy('mail.receivedAt', 'DESC')
      .addOrderBy('mail.id', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  /** How many wait for a person. */
  open(scope: InboxScope): Promise<number> {
    return this.within(scope).andWhere('mail.state = :state', { state: 'open' }).getCount();
  }

  /** One mail with its bytes; null for one that was not read yet, or is none. */
  async one(id: string): Promise<InboundMail | null> {
    if (!isId(id)) return null;
    const query = this.db.repository(InboundMail).createQueryBuilder('mail').addSelect('mail.raw');
    return query.where('mail.id = :id AND mail.state <> :stored', { id, stored: 'stored' }).getOne();
  }

  /** The latest mails from a person, the latest first. */
  ofPerson(personId: string, take: number): Promise<InboundMail[]> {
    return this.db
      .repository(InboundMail)
      .find({ where: { personId }, order: { receivedAt: 'DESC', id: 'DESC' }, take });
  }

  private within({ conferenceIds, unassigned }: InboxScope): SelectQueryBuilder<InboundMail> {
    const ways = [
      ...(conferenceIds.length > 0 ? ['mail.conference_id IN (:...conferenceIds)'] : []),
      ...(unassigned ? ['mail.conference_id IS NULL'] : []),
    ];
    const query = this.db.repository(InboundMail).createQueryBuilder('mail');
    return query.where(ways.length === 0 ? '1 = 0' : `(${ways.join(' OR ')})`, { conferenceIds });
  }
}
