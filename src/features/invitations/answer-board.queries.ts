import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { pickText } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { countryName } from '../../platform/i18n/countries.js';
import { collator, formatShortDay, formatTime } from '../../platform/i18n/formats.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { titled } from '../conferences/index.js';
import { ASSIGNMENT_ROLES, Programmes, Session, Strand } from '../programme/index.js';
import { boardOf, type AnswerBoard, type BoardGroup, type GroupKey, type Tally } from './answer-board.rules.js';
import { narrowed } from './invitation.queries.js';
import { Invitation } from './invitation.entity.js';
import { UNANSWERED } from './invitation.rules.js';
import type { BoardFilter } from './invitation.schemas.js';

const COLUMNS = [
  ['state', 'invitation.state'],
  ['session', 'invitation.session_id'],
  ['strand', 'session.strand_id'],
  ['country', 'person.country'],
  ['role', 'invitation.role'],
] as const;

/** What the conference is divided into, to name the rows of its board. */
export interface BoardParts {
  /** In order of time, those without one last. */
  readonly sessions: readonly Session[];
  readonly strands: readonly Strand[];
}

export interface BoardRow {
  readonly key: GroupKey;
  /** Under `label`, such as when a session begins. */
  readonly hint: string;
  readonly label: string;
}

/** Who has answered what, counted; and who has not answered. A fixed number of statements. */
@Injectable()
export class AnswerBoardQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
  ) {}

  async board(conferenceId: string, filter: BoardFilter): Promise<AnswerBoard> {
    const query = this.of(conferenceId, filter).select('COUNT(*)', 'number');
    for (const [name, column] of COLUMNS) query.addSelect(column, `of_${name}`).addGroupBy(column);
    const rows = await query.getRawMany<Record<string, string | null>>();
    return boardOf(
      rows.map((row): Tally => {
        const of = Object.fromEntries(COLUMNS.map(([name]) => [name, row[`of_${name}`] ?? null]));
        return { ...(of as Omit<Tally, 'count'>), count: Number(row['number']) };
      }),
    );
  }

  /** Who has not answered, the longest first; with how many there are. */
  async unanswered(conferenceId: string, filter: BoardFilter, limit: number): Promise<[Invitation[], number]> {
    const query = this.of(conferenceId, filter)
      .addSelect(['person', 'session'])
      .andWhere('invitation.state IN (:...unanswered)', { unanswered: UNANSWERED });
    return query.orderBy('invitation.sentAt', 'ASC').addOrderBy('invitation.id', 'ASC').limit(limit).getManyAndCount();
  }

  async parts(conferenceId: string): Promise<BoardParts> {
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId);
    const sessions = await this.db.repository(Session).findBy({ programmeId });
    const time = ({ startsAt }: Session): number => startsAt?.getTime() ?? Infinity;
    sessions.sort((a, b) => time(a) - time(b) || (a.code < b.code ? -1 : 1));
    return { sessions, strands: await this.programmes.strands(programmeId) };
  }

  /** The rows of a group in the order in which people look for them; what has no such thing stands last. */
  rows(web: WebContext, board: AnswerBoard, group: BoardGroup, parts: BoardParts): BoardRow[] {
    const counted = board.groups[group];
    const named = this.named(web, group, parts, [...counted.keys()]).filter(({ key }) => counted.has(key));
    return counted.has(null)
      ? [...named, { key: null, hint: '', label: web.t(`invitation.board.none.${group}`) }]
      : named;
  }

  private named(web: WebContext, group: BoardGroup, { sessions, strands }: BoardParts, keys: GroupKey[]): BoardRow[] {
    const { locale } = web;
    const { zone } = web.conference;
    switch (group) {
      case 'session':
        return sessions.map((session) => ({
          key: session.id,
          label: pickText(titled(web, session), locale).text,
          hint: session.startsAt
            ? `${formatShortDay(locale, session.startsAt, zone)}, ${formatTime(locale, session.startsAt, zone)}`
            : '',
        }));
      case 'strand':
        return strands.map(({ id, name }) => ({ key: id, label: pickText(name, locale).text, hint: '' }));
      case 'country': {
        const { compare } = collator(locale);
        const codes = keys.flatMap((code) => code ?? []);
        const rows = codes.map((code) => ({ key: code, label: countryName(locale, code), hint: '' }));
        return rows.sort((a, b) => compare(a.label, b.label));
      }
      case 'role':
        return ASSIGNMENT_ROLES.map((role) => ({ key: role, label: web.t(`role.${role}`), hint: '' }));
    }
  }

  private of(conferenceId: string, filter: BoardFilter): SelectQueryBuilder<Invitation> {
    const query = this.db
      .repository(Invitation)
      .createQueryBuilder('invitation')
      .innerJoin('invitation.person', 'person')
      .leftJoin('invitation.session', 'session')
      .where('invitation.conference_id = :conferenceId', { conferenceId });
    return narrowed(query, filter, this.clock.now());
  }
}
