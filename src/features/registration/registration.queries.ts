import { Injectable } from '@nestjs/common';
import { In, Not, type SelectQueryBuilder } from 'typeorm';
import { InvalidInput } from '../../kernel/errors.js';
import { searchWords } from '../../kernel/search-text.js';
import { Database } from '../../platform/database/database.js';
import { JournalEntry } from '../../platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { Registration } from './registration.entity.js';
import { isConfirmed, type Approval, type Waitlist } from './registration.rules.js';
import type { RegistrationFilter } from './registration.schemas.js';

export interface RegistrationCounts {
  total: number;
  confirmed: number;
  pending: number;
  waiting: number;
  cancelled: number;
}

/** Read models of registrations; every list is of one conference or of one person. */
@Injectable()
export class RegistrationQueries {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
  ) {}

  /** Up to `limit + 1` registrations with their people, the latest first. `after` is the public id of the last one seen. */
  async list(conferenceId: string, filter: RegistrationFilter, { limit, after }: { limit: number; after?: string | null | undefined }): Promise<Registration[]> {
    const query = this.filtered(conferenceId, filter);
    if (after) {
      const last = await this.db.repository(Registration).findOneBy({ publicId: after, conferenceId });
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      query.andWhere('(registration.created_at < :at OR (registration.created_at = :at AND registration.id < :last))', { at: last.createdAt, last: last.id });
    }
    return query.orderBy('registration.createdAt', 'DESC').addOrderBy('registration.id', 'DESC').limit(limit + 1).getMany();
  }

  count(conferenceId: string, filter: RegistrationFilter): Promise<number> {
    return this.filtered(conferenceId, filter).getCount();
  }

  /** All that match, in the order of their numbers, for an export. */
  all(conferenceId: string, filter: RegistrationFilter): Promise<Registration[]> {
    return this.filtered(conferenceId, filter).orderBy('registration.createdAt', 'ASC').addOrderBy('registration.number', 'ASC').getMany();
  }

  /** How the whole conference stands. One statement. */
  async counts(conferenceId: string): Promise<RegistrationCounts> {
    const rows = await this.db
      .repository(Registration)
      .createQueryBuilder('registration')
      .select(['registration.approval AS approval', 'registration.waitlist AS waitlist', 'COUNT(*) AS number'])
      .where({ conferenceId })
      .groupBy('registration.approval')
      .addGroupBy('registration.waitlist')
      .getRawMany<{ approval: Approval; waitlist: Waitlist; number: number | string }>();
    const sum = (matches: (row: { approval: Approval; waitlist: Waitlist }) => boolean): number => rows.filter(matches).reduce((all, row) => all + Number(row.number), 0);
    return {
      total: sum(() => true),
      confirmed: sum(isConfirmed),
      pending: sum(({ approval }) => approval === 'pending'),
      waiting: sum(({ approval, waitlist }) => approval !== 'cancelled' && approval !== 'refused' && waitlist !== 'none'),
      cancelled: sum(({ approval }) => approval === 'cancelled'),
    };
  }

  /** Those of the addresses of a bulk action, with their people; others are left out. */
  byPublicIds(conferenceId: string, publicIds: readonly string[]): Promise<Registration[]> {
    return this.db.repository(Registration).find({ where: { conferenceId, publicId: In([...publicIds]) }, order: { createdAt: 'ASC', id: 'ASC' }, relations: { person: true } });
  }

  /** Those of these ids, with their people, in the order of their numbers. */
  byIds(conferenceId: string, ids: readonly string[]): Promise<Registration[]> {
    return this.db.repository(Registration).find({ where: { conferenceId, id: In([...ids]) }, order: { createdAt: 'ASC', id: 'ASC' }, relations: { person: true } });
  }

  /** Everything one person is registered for, the next conference first, cancelled ones last. */
  async ofPerson(personId: string): Promise<{ registration: Registration; conference: Conference }[]> {
    const rows = await this.db.repository(Registration).find({ where: { personId }, order: { createdAt: 'DESC', id: 'DESC' }, take: 200 });
    const conferences = await this.conferences.byIds(rows.map((row) => row.conferenceId));
    return rows
      .map((registration) => ({ registration, conference: conferences.get(registration.conferenceId)! }))
      .sort((a, b) => Number(a.registration.approval === 'cancelled') - Number(b.registration.approval === 'cancelled') || b.conference.startsOn.localeCompare(a.conference.startsOn));
  }

  /** The active registrations of a conference by person, for features that write to participants. */
  async activeByPerson(conferenceId: string, personIds: readonly string[]): Promise<Map<string, Registration>> {
    if (personIds.length === 0) return new Map();
    const rows = await this.db.repository(Registration).findBy({ conferenceId, personId: In([...personIds]) });
    return new Map(rows.filter((row) => row.approval !== 'cancelled').map((row) => [row.personId, row]));
  }

  /** Ids of everybody who is registered and has not cancelled. One statement. */
  async activePeople(conferenceId: string): Promise<Set<string>> {
    const rows = await this.db.repository(Registration).find({ where: { conferenceId, approval: Not('cancelled') }, select: { id: true, personId: true } });
    return new Set(rows.map(({ personId }) => personId));
  }

  history(registrationId: string): Promise<JournalEntry[]> {
    return this.db.repository(JournalEntry).find({ where: { subjectId: registrationId }, order: { at: 'DESC', id: 'DESC' }, take: 100 });
  }

  /** Mails to the person about this conference, the latest first. */
  mails(conferenceId: string, personId: string): Promise<OutgoingMail[]> {
    return this.db.repository(OutgoingMail).find({ where: { conferenceId, personId }, order: { createdAt: 'DESC', id: 'DESC' }, take: 50 });
  }

  private filtered(conferenceId: string, { q, category, form, approval, waitlist, country }: RegistrationFilter): SelectQueryBuilder<Registration> {
    const query = this.db.repository(Registration).createQueryBuilder('registration').innerJoinAndSelect('registration.person', 'person').where('registration.conference_id = :conferenceId', { conferenceId });
    if (category) query.andWhere('registration.category = :category', { category });
    if (form) query.andWhere('registration.form = :form', { form });
    if (approval) query.andWhere('registration.approval = :approval', { approval });
    if (waitlist) query.andWhere('registration.waitlist = :waitlist', { waitlist });
    if (country) query.andWhere('person.country = :country', { country });
    searchWords(q ?? '').forEach((word, index) => {
      // Words are words: what would be a wildcard is escaped, and every word must be found ([X11]).
      const like = `%${word.replace(/[!%_]/g, '!$&')}%`;
      query.andWhere(`(person.search LIKE :word${index} ESCAPE '!' OR LOWER(registration.number) LIKE :word${index} ESCAPE '!')`, { [`word${index}`]: like });
    });
    return query;
  }
}
