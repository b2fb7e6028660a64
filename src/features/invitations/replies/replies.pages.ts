import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { toLocal } from '../../../kernel/zones.js';
import { pageOf } from '../../../platform/web/api.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { covers } from '../../../platform/web/viewer.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People, personName } from '../../people/index.js';
import { versionForm } from '../invitation.schemas.js';
import { base, frame } from '../staff-pages.js';
import { isWaiting, ReplyDesk } from './reply-desk.service.js';
import { answerOf, channelOf, isProposal, placeIn } from './reply-decision.rules.js';
import { ReplyQueries, type KnownReply } from './reply.queries.js';
import { named, refusalForm, repliesPageQuery, substituteForm } from './reply.schemas.js';
import { shownReply } from './shown-reply.js';
import { mayMove } from './staff-rights.js';

type ListQuery = z.output<typeof repliesPageQuery>;

const PAGE = 50;

/** What calendar programs answered, and what an organizer makes of what could not count by itself. */
@Controller('org/c/:conf/invitations/replies')
export class RepliesPages {
  constructor(
    private readonly people: People,
    private readonly queries: ReplyQueries,
    private readonly desk: ReplyDesk,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  async list(@Web() web: WebContext, @Query({ schema: repliesPageQuery }) query: ListQuery): Promise<string> {
    const show = query.show ?? 'waiting';
    const conferenceId = web.conference.id;
    const here = home(web);
    const [rows, waiting] = await Promise.all([
      this.queries.list(conferenceId, { waiting: show === 'waiting' }, { limit: PAGE, after: query.after }),
      this.queries.waiting(conferenceId),
    ]);
    const { items, next } = pageOf(rows, PAGE, ({ reply }) => reply.id);
    const model = {
      here,
      show,
      waiting,
      rows: items.map((known) => ({ ...shownReply(web, known), href: `${here}/${known.reply.id}` })),
      older: next ? `${here}?show=${show}&after=${next}` : '',
      newer: query.after ? `${here}?show=${show}` : '',
      zone: web.conference.zone,
    };
    return web.page('pages/invitations/replies', model, frame(web, web.t('reply.title')));
  }

  @Get(':reply')
  @Staff('invitation', 'read')
  async one(@Web() web: WebContext, @Param('reply') id: string): Promise<string> {
    return this.show(web, await this.find(web, id), null);
  }

  @Post(':reply/counting')
  @Staff('invitation', 'write')
  async count(@Web() web: WebContext, @Param('reply') id: string, @Body() body: unknown): Promise<string> {
    const { reply } = await this.find(web, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.desk.count(web.conference.id, { id: reply.id, version });
        return this.back(web, 'counted');
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':reply/substitute')
  @Staff('invitation', 'write')
  async prepare(@Web() web: WebContext, @Param('reply') id: string, @Body() body: unknown): Promise<string> {
    const { reply } = await this.find(web, id);
    return web.form(substituteForm, body, {
      done: async ({ version, substitute }) => {
        await this.desk.prepare(web.conference.id, { id: reply.id, version }, named(substitute));
        return this.back(web, 'prepared');
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':reply/move')
  @Staff('invitation', 'write')
  async move(@Web() web: WebContext, @Param('reply') id: string, @Body() body: unknown): Promise<string> {
    const { reply } = await this.find(web, id);
    mayMove(web);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        const { saved } = await this.desk.move(web.conference.id, { id: reply.id, version });
        const session = `/org/c/${web.conference.slug}/sessions/${saved.session.id}`;
        return web.redirect(session, { key: 'reply.done.moved', params: { count: saved.findings.length } });
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':reply/refusal')
  @Staff('invitation', 'write')
  async refuse(@Web() web: WebContext, @Param('reply') id: string, @Body() body: unknown): Promise<string> {
    const { reply } = await this.find(web, id);
    return web.form(refusalForm, body, {
      done: async ({ version, comment }) => {
        await this.desk.refuse(web.conference.id, { id: reply.id, version }, comment ?? '');
        return this.back(web, 'refused');
      },
      again: (form) => this.again(web, id, form),
    });
  }

  @Post(':reply/setting-aside')
  @Staff('invitation', 'write')
  async setAside(@Web() web: WebContext, @Param('reply') id: string, @Body() body: unknown): Promise<string> {
    const { reply } = await this.find(web, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.desk.setAside(web.conference.id, { id: reply.id, version });
        return this.back(web, 'set-aside');
      },
      again: (form) => this.again(web, id, form),
    });
  }

  private find(web: WebContext, id: string): Promise<KnownReply> {
    return this.queries.one(web.conference.id, id);
  }

  private async again(web: WebContext, id: string, form: FormView): Promise<string> {
    return this.show(web, await this.find(web, id), form);
  }

  private back(web: WebContext, done: string): string {
    return web.redirect(home(web), { key: `reply.done.${done}` });
  }

  private async show(web: WebContext, known: KnownReply, form: FormView | null): Promise<string> {
    const { reply, person, invitation, session } = known;
    const level = (object: 'programme' | 'invitation' | 'inbox') => web.viewer.level(object, web.conference.id);
    const sessionHref =
      session && covers(level('programme'), 'read') ? `/org/c/${web.conference.slug}/sessions/${session.id}` : '';
    const waits = reply.waitsFor !== null && isWaiting(reply) ? { ...reply, waitsFor: reply.waitsFor } : null;
    const model = {
      here: `${home(web)}/${reply.id}`,
      reply: shownReply(web, known),
      version: reply.version,
      // People count versions from one.
      sequence: reply.sequence === null ? null : reply.sequence + 1,
      told: known.told === null ? null : known.told + 1,
      invitationHref: invitation ? `${base(web)}/${invitation.id}` : '',
      mailHref: covers(level('inbox'), 'read') ? `/org/inbox/${reply.inboundId}` : '',
      sessionHref,
      now: session?.startsAt ? { start: session.startsAt, end: session.endsAt } : null,
      proposed: waits && isProposal(waits) ? this.place(web, known, sessionHref) : null,
      possible: covers(level('invitation'), 'write') ? await this.desk.possible(known) : [],
      mayMove: covers(level('programme'), 'write'),
      answer: answerOf(reply),
      tells: channelOf(reply) === 'staff',
      zone: web.conference.zone,
    };
    const name = person ? personName(person) : reply.attendee;
    const page = frame(web, web.t('reply.one', { name }));
    const list = { label: web.t('reply.title'), href: home(web) };
    return web.page('pages/invitations/reply', model, {
      ...page,
      form: form ?? web.emptyForm(await this.substituteOf(known)),
      breadcrumbs: [...(page.breadcrumbs ?? []), list],
    });
  }

  /** Where the session would go, on the clock of the programme, and the page that says what stands against it. */
  private place(web: WebContext, { reply, session }: KnownReply, sessionHref: string) {
    const place = placeIn(reply, session?.minutes ?? 60);
    if (!place) return null;
    const [day = '', time = ''] = toLocal(place.start, web.conference.zone).split('T');
    const asked = new URLSearchParams({ day, time, minutes: String(place.minutes) }).toString();
    const end = new Date(place.start.getTime() + place.minutes * 60_000);
    return { start: place.start, end, href: sessionHref === '' ? '' : `${sessionHref}/places?${asked}` };
  }

  /** Whom their calendar names instead, with the names where the address is known. */
  private async substituteOf({ reply: { delegatedTo } }: KnownReply): Promise<Record<string, string>> {
    if (delegatedTo === null) return {};
    const known = await this.people.byEmail(delegatedTo);
    return {
      'substitute.given': known?.given ?? '',
      'substitute.family': known?.family ?? '',
      'substitute.email': delegatedTo,
    };
  }
}

function home(web: WebContext): string {
  return `${base(web)}/replies`;
}
