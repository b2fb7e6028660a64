import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { pageOf } from '../../platform/web/api.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { countryName } from '../../platform/i18n/countries.js';
import { formatDay, formatTime } from '../../platform/i18n/formats.js';
import { titled } from '../conferences/index.js';
import { People, personName } from '../people/index.js';
import { ASSIGNMENT_ROLES, type Session } from '../programme/index.js';
import { COMPANIONS_ASKED } from './companions.rules.js';
import { InvitationRounds } from './invitation-rounds.service.js';
import { InvitationMails } from './invitation.mails.js';
import { InvitationQueries, shownState } from './invitation.queries.js';
import { INVITATION_KINDS, INVITATION_STATES } from './invitation.rules.js';
import { countForm, emptyForm, listPageQuery, newForm, newQuery, type NewInput } from './invitation.schemas.js';
import { Invitations } from './invitations.service.js';
import { ReplyQueries } from './replies/reply.queries.js';
import { base, deadlineAt, frame, stateLabel } from './staff-pages.js';

type ListQuery = z.output<typeof listPageQuery>;
type NewQuery = z.output<typeof newQuery>;

const PAGE = 50;
const FOUND = 20;
const SHOWN_LETTERS = 3;
const EVERYTHING: ListQuery = {
  state: null,
  kind: null,
  session: null,
  strand: null,
  country: null,
  role: null,
  days: null,
  q: null,
  after: null,
};

/** Whom a conference asks, and what they answered. */
@Controller('org/c/:conf/invitations')
export class InvitationsPages {
  constructor(
    private readonly people: People,
    private readonly queries: InvitationQueries,
    private readonly invitations: Invitations,
    private readonly rounds: InvitationRounds,
    private readonly mails: InvitationMails,
    private readonly replies: ReplyQueries,
    private readonly suppressions: Suppressions,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  list(@Web() web: WebContext, @Query({ schema: listPageQuery }) query: ListQuery): Promise<string> {
    return this.showList(web, query, web.emptyForm());
  }

  @Get('new')
  @Staff('invitation', 'write')
  async blank(@Web() web: WebContext, @Query({ schema: newQuery }) query: NewQuery): Promise<string> {
    const kind = query.session === null ? 'conference' : 'seat';
    const person = query.person === null ? null : await this.people.byPublicId(query.person);
    const values = {
      kind,
      session: query.session,
      role: 'panelist',
      companionsAsked: 'none',
      companionsMax: '1',
      locale: person?.locale ?? web.locale,
    };
    return this.showNew(web, query, web.emptyForm(values));
  }

  @Post()
  @Staff('invitation', 'write')
  add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newForm, body, {
      done: async (input) => {
        const { id } = await this.create(web, input);
        return web.redirect(`${base(web)}/${id}`, { key: 'invitation.done.drafted' });
      },
      again: (form) => {
        const { person } = form.values;
        return this.showNew(
          web,
          { q: null, person: typeof person === 'string' && person !== '' ? person : null, session: null },
          form,
        );
      },
    });
  }

  /** The letters of all drafts, those first that are likeliest to look wrong; then their number is confirmed. */
  @Get('sending')
  @Staff('invitation', 'write')
  preview(@Web() web: WebContext): Promise<string> {
    return this.showSending(web, web.emptyForm());
  }

  @Post('sending')
  @Staff('invitation', 'write')
  send(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(countForm, body, {
      done: async ({ count }) => {
        await this.rounds.sendDrafts(web.conference.id, count);
        return web.redirect(base(web), { key: 'invitation.done.sentAll', params: { count } });
      },
      again: (form) => this.showSending(web, form),
    });
  }

  /** Reminders are drafts in the outbox until their number is confirmed (ruling 9). */
  @Post('reminders')
  @Staff('invitation', 'write')
  remind(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(emptyForm, body, {
      done: async () => {
        const { batch, count } = await this.rounds.remindAll(web.conference.id);
        if (count === 0) return web.redirect(base(web), { key: 'invitation.done.nobodyToRemind' });
        const outbox = `/org/c/${web.conference.slug}/mail/outbox?batch=${batch}`;
        return web.redirect(outbox, { key: 'invitation.done.reminders', params: { count } });
      },
      again: (form) => this.showList(web, EVERYTHING, form),
    });
  }

  private async create(web: WebContext, input: NewInput) {
    const { kind, session, role, seat, person, given, family, email, institution, position } = input;
    const { locale, deadline, message, companionsAsked, companionsMax } = input;
    const known = person === null ? null : await this.people.byPublicId(person);
    const fresh = { given: given ?? '', family, email: email?.address ?? null, institution, position, locale };
    return this.invitations.create({
      conferenceId: web.conference.id,
      ...(kind === 'seat' ? { seat: { sessionId: session!, role: role!, number: seat } } : {}),
      person: known ? { id: known.id } : fresh,
      deadline: deadlineAt(deadline, web.conference.zone),
      message: message ?? '',
      locale,
      companionsAsked,
      companionsMax,
    });
  }

  private async showList(web: WebContext, query: ListQuery, form: FormView): Promise<string> {
    const { after, ...filter } = query;
    const conferenceId = web.conference.id;
    const here = base(web);
    const [rows, found, totals, sessions, replies, strands] = await Promise.all([
      this.queries.list(conferenceId, filter, { limit: PAGE, after }),
      this.queries.count(conferenceId, filter),
      this.queries.totals(conferenceId),
      this.queries.sessions(conferenceId),
      this.replies.waiting(conferenceId),
      this.queries.strands(conferenceId),
    ]);
    const { items, next } = pageOf(rows, PAGE, ({ id }) => id);
    const deliveries = await this.queries.deliveries(items);
    const set = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
      value ? [[name, String(value)]] : [],
    );
    const search = new URLSearchParams(set).toString();
    const countOf = (...states: string[]): number =>
      totals.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
    const model = {
      here,
      query: filter,
      found,
      totals: totals.filter(({ count }) => count > 0),
      drafts: countOf('draft'),
      unanswered: countOf('queued', 'bounced'),
      replies,
      rows: items.map((row) => ({
        id: row.id,
        name: personName(row.person),
        institution: row.person.institution,
        kind: row.kind,
        role: row.role,
        session: row.session && titled(web, row.session),
        state: shownState(row, deliveries.get(row.mailId ?? '')),
        confirmAgain: row.confirmAgain,
        comment: row.comment !== '',
        companions: row.companions?.count ?? 0,
        deadline: row.deadline,
        remindedAt: row.remindedAt,
        answeredAt: row.answeredAt,
      })),
      choices: {
        states: INVITATION_STATES.map((state) => ({ value: state, label: stateLabel(web, state) })),
        kinds: INVITATION_KINDS,
        sessions: sessions.map((one) => choiceOf(web, one)),
        strands: strands.map(({ id: value, name }) => ({ value, label: pickText(name, web.locale).text })),
        roles: ASSIGNMENT_ROLES,
      },
      // Filters that only the board of answers sets.
      also: [
        ...(filter.country && filter.country !== 'none' ? [countryName(web.locale, filter.country)] : []),
        ...(filter.country === 'none' ? [web.t('invitation.board.none.country')] : []),
        ...(filter.strand === 'none' ? [web.t('invitation.board.none.strand')] : []),
        ...(filter.days ? [web.t('invitation.board.waited', { count: filter.days })] : []),
      ],
      older: next ? `${here}?${search ? `${search}&` : ''}after=${next}` : '',
      newer: after ? `${here}?${search}` : '',
      mayWrite: web.viewer.level('invitation', conferenceId) === 'write',
      zone: web.conference.zone,
    };
    return web.page('pages/invitations/list', model, { ...frame(web, web.t('invitation.list.title'), false), form });
  }

  private async showNew(web: WebContext, { q, person, session }: NewQuery, form: FormView): Promise<string> {
    const sessions = await this.queries.sessions(web.conference.id);
    const mayFind = web.viewer.level('person', web.conference.id) !== undefined;
    const found = q !== null && mayFind ? await this.people.search({ words: q, limit: FOUND }) : [];
    const chosen = person !== null && mayFind ? await this.people.byPublicId(person) : null;
    const here = `${base(web)}/new`;
    const model = {
      here,
      list: base(web),
      q,
      session,
      mayFind,
      found: found.slice(0, FOUND).map((one) => ({
        name: personName(one),
        institution: one.institution,
        email: one.email,
        href: `${here}?person=${one.publicId}${session ? `&session=${session}` : ''}`,
      })),
      chosen: chosen && {
        publicId: chosen.publicId,
        name: personName(chosen),
        email: chosen.email,
        stopped: (await this.suppressions.stopped([chosen.email ?? ''])).size > 0,
      },
      kinds: INVITATION_KINDS,
      roles: ASSIGNMENT_ROLES,
      sessions: sessions.map((one) => choiceOf(web, one)),
      locales: LOCALES,
      asking: COMPANIONS_ASKED,
      zone: web.conference.zone,
    };
    return web.page('pages/invitations/new', model, { ...frame(web, web.t('invitation.new.title')), form });
  }

  private async showSending(web: WebContext, form: FormView): Promise<string> {
    const drafts = await this.queries.drafts(web.conference.id);
    const hindrances = await this.rounds.hindrances(web.conference.id);
    const sendable = drafts.filter(({ id }) => !hindrances.get(id)?.why);
    const letters = await Promise.all(
      sendable.slice(0, SHOWN_LETTERS).map(async (draft) => ({
        name: personName(draft.person),
        email: draft.person.email,
        locale: draft.locale,
        ...(await this.mails.preview(draft)),
      })),
    );
    const model = {
      here: `${base(web)}/sending`,
      list: base(web),
      count: sendable.length,
      more: sendable.length - letters.length,
      letters,
      left: drafts
        .filter(({ id }) => hindrances.get(id)?.why)
        .map(({ id, person }) => ({
          name: personName(person),
          href: `${base(web)}/${id}`,
          why: hindrances.get(id)!.why,
        })),
    };
    return web.page('pages/invitations/sending', model, { ...frame(web, web.t('invitation.sending.title')), form });
  }
}

function choiceOf(web: WebContext, session: Session): { value: string; label: string } {
  const title = pickText(titled(web, session), web.locale).text;
  const { startsAt } = session;
  const { zone } = web.conference;
  const when = startsAt ? `${formatDay(web.locale, startsAt, zone)}, ${formatTime(web.locale, startsAt, zone)} · ` : '';
  return { value: session.id, label: when + title };
}
