import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LANGUAGES } from '../../kernel/languages.js';
import { pickText } from '../../kernel/locale.js';
import { toLocal } from '../../kernel/zones.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import type { FoundConflict } from './conflicts/conflicts.service.js';
import { SEVERITIES, type Severity } from './conflicts/finding.rules.js';
import { worded } from './conflicts/finding-words.js';
import { readPlace } from './place.rules.js';
import type { Programme } from './programme.entity.js';
import { ProgrammeQueries } from './programme.queries.js';
import { newSessionForm, sessionForm, sessionsQuery, versionForm } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import type { Session } from './session.entity.js';
import { kindDefaults, LAYOUTS, SESSION_KINDS } from './session.rules.js';
import { Sessions, type SavedSession } from './sessions.service.js';
import { base, frame, mayEdit, sessionsCrumb } from './staff-pages.js';

@Controller('org/c/:conf/sessions')
export class SessionsPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly queries: ProgrammeQueries,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async list(
    @Web() web: WebContext,
    @Query({ schema: sessionsQuery }) query: z.output<typeof sessionsQuery>,
  ): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const board = await this.queries.board(programme, query);
    const open = board.findings.filter(({ override, severity }) => !override && severity === 'error').length;
    const filtered = Boolean(query.q || query.strand || query.kind || (query.show && query.show !== 'all'));
    const strandOptions = board.strands.map(({ code, name }) => ({
      value: code,
      label: pickText(name, web.locale).text,
    }));
    const days = board.days.map((day) => ({
      ...day,
      sessions: day.sessions.map((session) => ({ ...session, badges: badges(web, session.conflicts) })),
    }));
    const model = {
      ...board,
      days,
      strandOptions,
      base: base(web),
      zone: programme.zone,
      query,
      filtered,
      kinds: SESSION_KINDS,
      openErrors: open,
      released: programme.currentRelease,
      mayEdit: mayEdit(web),
    };
    return web.page('pages/programme/sessions', model, frame(web, web.t('programme.sessions')));
  }

  @Get('new')
  @Staff('programme', 'write')
  async blank(@Web() web: WebContext): Promise<string> {
    const { minutes } = kindDefaults('section');
    return this.showNew(web, web.emptyForm({ kind: 'section', minutes, languages: ['be', 'ru'] }));
  }

  @Post()
  @Staff('programme', 'write')
  async add(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(newSessionForm, body, {
      done: async ({ day, time, minutes, roomId, ...texts }) => {
        const { place, repeated } = readPlace({ day, time, minutes, roomId }, programme.zone);
        return saved(web, await this.sessions.add(programme.id, { ...texts, place }), repeated);
      },
      again: (form) => this.showNew(web, form),
    });
  }

  @Get(':id')
  @Staff('programme', 'read')
  async show(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const session = await this.sessions.byId(programme.id, id);
    return this.showSession(web, programme, id, web.emptyForm(valuesOf(session, programme.zone)));
  }

  @Post(':id')
  @Staff('programme', 'write')
  async save(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(sessionForm, body, {
      done: async ({ day, time, minutes, roomId, version, ...texts }) => {
        const { place, repeated } = readPlace({ day, time, minutes, roomId }, programme.zone);
        return saved(web, await this.sessions.edit(programme.id, { id, version }, { ...texts, place }), repeated);
      },
      again: (form) => this.showSession(web, programme, id, form),
    });
  }

  @Post(':id/cancel')
  @Staff('programme', 'write')
  cancel(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.act(web, id, body, (programmeId, read) => this.sessions.cancel(programmeId, read));
  }

  @Post(':id/reinstate')
  @Staff('programme', 'write')
  reinstate(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    return this.act(web, id, body, (programmeId, read) => this.sessions.reinstate(programmeId, read));
  }

  @Post(':id/remove')
  @Staff('programme', 'write')
  async remove(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.sessions.remove(programme.id, { id, version });
        return web.redirect(`${base(web)}/sessions`, { key: 'programme.notice.removed' });
      },
      again: (form) => this.again(web, programme, id, form),
    });
  }

  private async act(
    web: WebContext,
    id: string,
    body: unknown,
    change: (programmeId: string, read: { id: string; version: number }) => Promise<SavedSession>,
  ): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(versionForm, body, {
      done: async ({ version }) => saved(web, await change(programme.id, { id, version }), false),
      again: (form) => this.again(web, programme, id, form),
    });
  }

  /** The session as it is now, with what went wrong: the small forms have no values to keep. */
  private async again(web: WebContext, programme: Programme, id: string, form: FormView): Promise<string> {
    const session = await this.sessions.byId(programme.id, id);
    return this.showSession(web, programme, id, { ...form, values: valuesOf(session, programme.zone) });
  }

  private async showNew(web: WebContext, form: FormView): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    const model = { base: base(web), zone: programme.zone, ...(await this.choices(web, programme)) };
    return web.page(
      'pages/programme/session-new',
      model,
      frame(web, web.t('programme.newSession'), { form, crumbs: [sessionsCrumb(web)] }),
    );
  }

  private async showSession(web: WebContext, programme: Programme, id: string, form: FormView): Promise<string> {
    const found = await this.queries.session(programme, id);
    const names = await this.queries.names(found.findings);
    const room = (await this.queries.rooms()).find((one) => one.id === found.session.roomId);
    const model = {
      ...found,
      ...(await this.choices(web, programme)),
      findings: found.findings.map((conflict) => worded(web, programme.zone, conflict, names)),
      roomName: room?.name ?? null,
      stale: form.failed && web.reply.statusCode === 409,
      base: base(web),
      here: `${base(web)}/sessions/${id}`,
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    const title = pickText(found.session.title, web.locale).text;
    return web.page('pages/programme/session', model, frame(web, title, { form, crumbs: [sessionsCrumb(web)] }));
  }

  private async choices(web: WebContext, programme: Programme) {
    const [strands, rooms] = await Promise.all([this.programmes.strands(programme.id), this.queries.rooms()]);
    const text = (name: Session['title']) => pickText(name, web.locale).text;
    return {
      kinds: SESSION_KINDS,
      layouts: LAYOUTS,
      strands: strands.map(({ id, name }) => ({ value: id, label: text(name) })),
      rooms: rooms.map(({ id, name, venue, capacity }) => ({
        value: id,
        label: [text(name), text(venue.name), capacity ? web.t('venues.seats', { count: capacity }) : '']
          .filter(Boolean)
          .join(' · '),
      })),
      languages: LANGUAGES.map((code) => ({ value: code, label: web.t(`programme.language.${code}`) })),
    };
  }
}

/** Back to the session, saying how many conflicts touch it and, in the night of the change, which hour was meant. */
function saved(web: WebContext, { session, findings }: SavedSession, repeated: boolean): string {
  const count = findings.filter(({ override }) => !override).length;
  const key = repeated
    ? 'programme.notice.savedRepeatedHour'
    : count > 0
      ? 'programme.notice.savedWithConflicts'
      : 'programme.notice.saved';
  return web.redirect(`${base(web)}/sessions/${session.id}`, {
    key,
    params: key === 'programme.notice.savedWithConflicts' ? { count } : {},
  });
}

/** How many open conflicts of each severity a session has, worst first. */
function badges(web: WebContext, conflicts: readonly FoundConflict[]): { severity: Severity; text: string }[] {
  return SEVERITIES.flatMap((severity) => {
    const count = conflicts.filter((conflict) => conflict.severity === severity && !conflict.override).length;
    return count === 0 ? [] : [{ severity, text: `${web.t(`severity.${severity}`)} ${count}` }];
  });
}

function valuesOf(session: Session, zone: string): Record<string, unknown> {
  const [day = '', time = ''] = session.startsAt ? toLocal(session.startsAt, zone).split('T') : [];
  return { ...session, day, time };
}
