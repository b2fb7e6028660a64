import { Injectable } from '@nestjs/common';
import { In, type SelectQueryBuilder } from 'typeorm';
import { InvalidInput } from '../../kernel/errors.js';
import { searchWords } from '../../kernel/search-text.js';
import { Database } from '../../platform/database/database.js';
import { OutgoingMail, type MailState } from '../../platform/mail/outgoing-mail.entity.js';
import { Clock } from '../../platform/runtime/clock.js';
import { personName } from '../people/index.js';
import { Programmes, Session, type Strand } from '../programme/index.js';
import { Invitation } from './invitation.entity.js';
import { UNANSWERED, type InvitationState } from './invitation.rules.js';
import type { InvitationFilter } from './invitation.schemas.js';

const DAY_MS = 86_400_000;

export interface Delivery {
  readonly state: MailState;
  readonly problem: string | null;
}

/** Read models of invitations, of one conference each. */
@Injectable()
export class InvitationQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
  ) {}

  /** Up to `limit + 1` invitations with their people, the latest first; `after` is the id of the last one seen. */
  async list(
    conferenceId: string,
    filter: InvitationFilter,
    { limit, after }: { limit: number; after?: string | null | undefined },
  ): Promise<Invitation[]> {
    const query = this.filtered(conferenceId, filter);
    if (after) {
      const last = await this.db.repository(Invitation).findOneBy({ id: after, conferenceId });
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      const later = '(invitation.created_at < :at OR (invitation.created_at = :at AND invitation.id < :last))';
      query.andWhere(later, { at: last.createdAt, last: last.id });
    }
    return query
      .orderBy('invitation.createdAt', 'DESC')
      .addOrderBy('invitation.id', 'DESC')
      .limit(limit + 1)
      .getMany();
  }

  count(conferenceId: string, filter: InvitationFilter): Promise<number> {
    return this.filtered(conferenceId, filter).getCount();
  }

  /** How many stand in each state. One statement. */
  async totals(conferenceId: string): Promise<{ state: InvitationState; count: number }[]> {
    const rows = await this.db
      .repository(Invitation)
      .createQueryBuilder('invitation')
      .select(['invitation.state AS state', 'COUNT(*) AS number'])
      .where({ conferenceId })
      .groupBy('invitation.state')
      .getRawMany<{ state: InvitationState; number: number | string }>();
    return rows.map(({ state, number }) => ({ state, count: Number(number) }));
  }

  /**
   * Drafts with their people, those first whose letter is likeliest to look wrong: without words or time, in another
   * script than usual, with the longest name.
   */
  async drafts(conferenceId: string): Promise<Invitation[]> {
    const rows = await this.db
      .repository(Invitation)
      .find({ where: { conferenceId, state: 'draft' }, relations: { person: true, session: true } });
    const doubts = ({ message, session, person }: Invitation): number =>
      Number(message === '') * 4 +
      Number(session !== null && session.startsAt === null) * 4 +
      Number(/[^\p{Script=Latin}\p{Script=Cyrillic}\p{P}\s]/u.test(personName(person))) * 2;
    return rows.sort(
      (a, b) =>
        doubts(b) - doubts(a) || personName(b.person).length - personName(a.person).length || (a.id < b.id ? -1 : 1),
    );
  }

  /** What became of the letters, by id of their rows in the outbox. */
  async deliveries(invitations: readonly Invitation[]): Promise<Map<string, Delivery>> {
    const ids = invitations.flatMap(({ mailId }) => mailId ?? []);
    const rows = ids.length === 0 ? [] : await this.db.repository(OutgoingMail).findBy({ id: In(ids) });
    return new Map(rows.map(({ id, state, problem }) => [id, { state, problem }]));
  }

  /** Sessions that somebody can be asked to, in order of time, those without one last. */
  async sessions(conferenceId: string): Promise<Session[]> {
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId);
    const rows = await this.db.repository(Session).findBy({ programmeId, status: 'planned' });
    const time = ({ startsAt }: Session): number => startsAt?.getTime() ?? Infinity;
    return rows.sort((a, b) => time(a) - time(b) || (a.code < b.code ? -1 : 1));
  }

  async strands(conferenceId: string): Promise<Strand[]> {
    return this.programmes.strands((await this.programmes.ofOwner(conferenceId)).id);
  }

  /** Mails to the person about this conference, the latest first. */
  mails({ conferenceId, personId }: Invitation): Promise<OutgoingMail[]> {
    return this.db
      .repository(OutgoingMail)
      .find({ where: { conferenceId, personId }, order: { createdAt: 'DESC', id: 'DESC' }, take: 50 });
  }

  private filtered(conferenceId: string, { q, ...filter }: InvitationFilter): SelectQueryBuilder<Invitation> {
    const query = this.db
      .repository(Invitation)
      .createQueryBuilder('invitation')
      .innerJoinAndSelect('invitation.person', 'person')
      .leftJoinAndSelect('invitation.session', 'session')
      .where('invitation.conference_id = :conferenceId', { conferenceId });
    narrowed(query, filter, this.clock.now());
    searchWords(q ?? '').forEach((word, index) => {
      query.andWhere(`person.search LIKE :word${index} ESCAPE '!'`, {
        [`word${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    });
    return query;
  }
}

/** Narrows a query of `invitation`, `person` and `session` to what a filter asks for. */
export function narrowed(
  query: SelectQueryBuilder<Invitation>,
  filter: Partial<Omit<InvitationFilter, 'q'>>,
  now: Date,
): SelectQueryBuilder<Invitation> {
  const columns = {
    state: 'invitation.state',
    kind: 'invitation.kind',
    session: 'invitation.session_id',
    role: 'invitation.role',
    strand: 'session.strand_id',
    country: 'person.country',
  } as const;
  for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
    const value = filter[name];
    if (value === 'none') query.andWhere(`${columns[name]} IS NULL`);
    else if (value) query.andWhere(`${columns[name]} = :${name}`, { [name]: value });
  }
  if (filter.days)
    query
      .andWhere('invitation.sent_at <= :since', { since: new Date(now.getTime() - filter.days * DAY_MS) })
      .andWhere('invitation.state IN (:...waiting)', { waiting: UNANSWERED });
  return query;
}

/** As shown to organizers: what waits for an answer is told apart by whether its letter has arrived. */
export function shownState({ state }: Pick<Invitation, 'state'>, delivery: Delivery | undefined): string {
  if (state !== 'queued' || !delivery) return state;
  return delivery.state === 'sent' ? 'sent' : 'queued';
}
