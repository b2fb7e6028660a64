import { Controller, Get, Query } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { XLSX_TYPE, writeSpreadsheet } from '../../platform/documents/spreadsheet.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Attempts } from '../../platform/web/attempts.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { countryName } from '../../platform/i18n/countries.js';
import { titled } from '../conferences/index.js';
import { personName } from '../people/index.js';
import { ASSIGNMENT_ROLES } from '../programme/index.js';
import { AnswerBoardQueries, type BoardParts } from './answer-board.queries.js';
import { BOARD_GROUPS, type AnswerBoard, type BoardGroup, type Counts, type GroupKey } from './answer-board.rules.js';
import { INVITATION_KINDS, INVITATION_STATES, type InvitationState } from './invitation.rules.js';
import { boardPageQuery, WAITED_DAYS, type BoardFilter, type BoardPageQuery } from './invitation.schemas.js';
import { base, frame, stateLabel } from './staff-pages.js';

const DAY_MS = 86_400_000;
/** So many people are called up in a morning; the rest is on the filtered list. */
const SHOWN = 100;

/** Who has answered what: invitations counted by session, strand, country and role, and who owes an answer. */
@Controller('org/c/:conf/invitations')
export class AnswerBoardPages {
  constructor(
    private readonly clock: Clock,
    private readonly attempts: Attempts,
    private readonly queries: AnswerBoardQueries,
  ) {}

  @Get('board')
  @Staff('invitation', 'read')
  async show(@Web() web: WebContext, @Query({ schema: boardPageQuery }) query: BoardPageQuery): Promise<string> {
    const { by, ...filter } = query;
    const { id, zone } = web.conference;
    const [board, [waiting, count], parts] = await Promise.all([
      this.queries.board(id, filter),
      this.queries.unanswered(id, filter, SHOWN),
      this.queries.parts(id),
    ]);
    const here = `${base(web)}/board`;
    const states = INVITATION_STATES.filter((state) => board.states[state]);
    const shown = by === 'all' ? BOARD_GROUPS : [by];
    const now = this.clock.now().getTime();
    const model = {
      here,
      list: base(web),
      query: filter,
      by,
      tabs: [...BOARD_GROUPS, 'all' as const].map((name) => ({
        name,
        href: `${here}?${searchOf({ ...filter, by: name })}`,
        current: name === by,
      })),
      export: `${here}.xlsx?${searchOf(filter)}`,
      total: board.total,
      states: states.map((state) => ({ state, label: stateLabel(web, state) })),
      sum: cells(web, states, board, filter),
      tables: shown.map((group) => ({ group, rows: this.rows(web, group, { board, parts, states, filter }) })),
      waiting: waiting.map((row) => ({
        href: `${base(web)}/${row.id}`,
        name: personName(row.person),
        institution: row.person.institution,
        session: row.session && titled(web, row.session),
        role: row.role,
        bounced: row.state === 'bounced',
        sentAt: row.sentAt,
        days: row.sentAt ? Math.floor((now - row.sentAt.getTime()) / DAY_MS) : null,
        remindedAt: row.remindedAt,
        deadline: row.deadline,
      })),
      count,
      more: count > SHOWN ? `${base(web)}?${searchOf({ ...listed(filter), state: 'queued' })}` : '',
      choices: {
        kinds: INVITATION_KINDS,
        strands: parts.strands.map(({ id: value, name }) => ({ value, label: pickText(name, web.locale).text })),
        countries: [...board.groups.country.keys()].flatMap((code) =>
          code ? [{ value: code, label: countryName(web.locale, code) }] : [],
        ),
        roles: ASSIGNMENT_ROLES,
        days: WAITED_DAYS.map((days) => ({
          value: String(days),
          label: web.t('invitation.board.waited', { count: days }),
        })),
      },
      zone,
    };
    return web.page('pages/invitations/board', model, frame(web, web.t('invitation.board.title')));
  }

  /** Numbers only, so that it may be taken away; every cell is a text. */
  @Get('board.xlsx')
  @Staff('invitation', 'read')
  async sheet(@Web() web: WebContext, @Query({ schema: boardPageQuery }) query: BoardPageQuery): Promise<Buffer> {
    await this.attempts.count('export', web.viewer.id);
    const { by: _by, ...filter } = query;
    const board = await this.queries.board(web.conference.id, filter);
    const parts = await this.queries.parts(web.conference.id);
    const line = (group: string, label: string, { states, total }: Counts): string[] => [
      group,
      label,
      ...INVITATION_STATES.map((state) => String(states[state] ?? 0)),
      String(total),
    ];
    const all = web.t('invitation.board.total');
    const file = await writeSpreadsheet({
      name: web.t('invitation.board.title'),
      columns: [
        { heading: web.t('invitation.board.by'), width: 16 },
        { heading: web.t('invitation.board.what'), width: 44 },
        ...INVITATION_STATES.map((state) => ({ heading: stateLabel(web, state), width: 14 })),
        { heading: all, width: 10 },
      ],
      rows: [
        line('', all, board),
        ...BOARD_GROUPS.flatMap((group) =>
          this.queries
            .rows(web, board, group, parts)
            .map(({ key, label, hint }) =>
              line(
                web.t(`invitation.board.group.${group}`),
                [label, hint].filter(Boolean).join(' · '),
                board.groups[group].get(key)!,
              ),
            ),
        ),
      ],
    });
    void web.reply
      .header('content-type', XLSX_TYPE)
      .header('content-disposition', `attachment; filename="${web.conference.slug}-answers.xlsx"`)
      .header('cache-control', 'private, no-store');
    return file;
  }

  private rows(
    web: WebContext,
    group: BoardGroup,
    shown: { board: AnswerBoard; parts: BoardParts; states: readonly InvitationState[]; filter: BoardFilter },
  ) {
    const { board, parts, states, filter } = shown;
    return this.queries.rows(web, board, group, parts).map(({ key, label, hint }) => ({
      label,
      hint,
      ...cells(web, states, board.groups[group].get(key)!, { ...filter, ...only(group, key) }),
    }));
  }
}

/** The filter of the list that shows exactly these. */
function only(group: BoardGroup, key: GroupKey): Record<string, string> {
  if (key !== null) return { [group]: key };
  return group === 'session' || group === 'role' ? { kind: 'conference' } : { [group]: 'none' };
}

/** A number in each state, each with the list of those that it counts. */
function cells(web: WebContext, states: readonly InvitationState[], counts: Counts, filter: object) {
  const href = (state: string): string => `${base(web)}?${searchOf({ ...listed(filter), state })}`;
  return {
    cells: states.map((state) => ({
      state,
      label: stateLabel(web, state),
      count: counts.states[state] ?? 0,
      href: href(state),
    })),
    all: { count: counts.total, href: href('') },
  };
}

function listed({ days, ...filter }: { days?: number | null } & object): object {
  return days ? { ...filter, days } : filter;
}

function searchOf(values: object): string {
  const set = Object.entries(values).flatMap(([name, value]): [string, string][] =>
    value ? [[name, String(value)]] : [],
  );
  return new URLSearchParams(set).toString();
}
