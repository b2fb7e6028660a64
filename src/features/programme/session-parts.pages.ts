import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { LANGUAGES } from '../../kernel/languages.js';
import { pickText } from '../../kernel/locale.js';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ASSIGNMENT_ROLES, TALK_ROLES } from './assignment.rules.js';
import { Assignments } from './assignments.service.js';
import { ProgrammeQueries } from './programme.queries.js';
import {
  answerForm,
  assignForm,
  newTalkForm,
  orderForm,
  pickerQuery,
  seatForm,
  talkForm,
  versionForm,
} from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import type { Session, Talk } from './session.entity.js';
import { Sessions } from './sessions.service.js';
import { base, frame, sessionsCrumb } from './staff-pages.js';
import { Talks } from './talks.service.js';

/** Talks and people of one session. */
@Controller('org/c/:conf/sessions/:id')
export class SessionPartsPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly talks: Talks,
    private readonly assignments: Assignments,
    private readonly queries: ProgrammeQueries,
  ) {}

  @Get('talks/new')
  @Staff('programme', 'write')
  async newTalk(@Web() web: WebContext, @Param('id') id: string): Promise<string> {
    return this.showTalk(web, await this.own(web, id), null, web.emptyForm({ minutes: 20 }));
  }

  @Post('talks')
  @Staff('programme', 'write')
  async addTalk(@Web() web: WebContext, @Param('id') id: string, @Body() body: unknown): Promise<string> {
    const session = await this.own(web, id);
    return web.form(newTalkForm, body, {
      done: async (input) => {
        await this.talks.add(session.programmeId, id, input);
        return back(web, id, 'programme.notice.talkAdded');
      },
      again: (form) => this.showTalk(web, session, null, form),
    });
  }

  @Get('talks/:talk')
  @Staff('programme', 'write')
  async editTalk(@Web() web: WebContext, @Param('id') id: string, @Param('talk') talkId: string): Promise<string> {
    const session = await this.own(web, id);
    const talk = await this.talkOf(session, talkId);
    return this.showTalk(web, session, talk, web.emptyForm({ ...talk }));
  }

  @Post('talks/:talk')
  @Staff('programme', 'write')
  async saveTalk(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('talk') talkId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const session = await this.own(web, id);
    await this.talkOf(session, talkId);
    return web.form(talkForm, body, {
      done: async ({ version, ...changes }) => {
        await this.talks.edit(session.programmeId, { id: talkId, version }, changes);
        return back(web, id, 'programme.notice.saved');
      },
      again: async (form) => this.showTalk(web, session, await this.talkOf(session, talkId), form),
    });
  }

  @Post('talks/:talk/order')
  @Staff('programme', 'write')
  async orderTalk(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('talk') talkId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const session = await this.own(web, id);
    await this.talkOf(session, talkId);
    return web.form(orderForm, body, {
      done: async ({ direction }) => {
        await this.talks.reorder(session.programmeId, talkId, direction);
        return back(web, id, 'programme.notice.saved');
      },
      again: async (form) => this.showTalk(web, session, await this.talkOf(session, talkId), form),
    });
  }

  @Post('talks/:talk/remove')
  @Staff('programme', 'write')
  async removeTalk(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('talk') talkId: string,
    @Body() body: unknown,
  ): Promise<string> {
    const session = await this.own(web, id);
    const talk = await this.talkOf(session, talkId);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.talks.remove(session.programmeId, { id: talkId, version });
        return back(web, id, 'programme.notice.talkRemoved');
      },
      again: async (form) =>
        this.showTalk(web, session, await this.talkOf(session, talkId), { ...form, values: { ...talk } }),
    });
  }

  @Get('people')
  @Staff('programme', 'write')
  async pick(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Query({ schema: pickerQuery }) query: z.output<typeof pickerQuery>,
  ): Promise<string> {
    const session = await this.own(web, id);
    const role = query.talk ? 'speaker' : session.kind === 'round_table' ? 'panelist' : 'chair';
    return this.showPicker(web, session, query, web.emptyForm({ role, state: 'confirmed' }));
  }

  @Post('people')
  @Staff('programme', 'write')
  async assign(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Query({ schema: pickerQuery }) query: z.output<typeof pickerQuery>,
    @Body() body: unknown,
  ): Promise<string> {
    const session = await this.own(web, id);
    return web.form(assignForm, body, {
      done: async (input) => {
        const { findings } = await this.assignments.assign(session.programmeId, { ...input, sessionId: id });
        const count = findings.filter(({ override }) => !override).length;
        if (count > 0)
          return web.redirect(`${base(web)}/sessions/${id}`, {
            key: 'programme.notice.savedWithConflicts',
            params: { count },
          });
        return back(web, id, 'programme.notice.assigned');
      },
      again: (form) => this.showPicker(web, session, query, form),
    });
  }

  @Post('people/:assignment/answer')
  @Staff('programme', 'write')
  async answer(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('assignment') assignment: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, id, assignment, () =>
      web.form(answerForm, body, {
        done: async ({ state }) => {
          await this.assignments.answer(assignment, state);
          return back(web, id, 'programme.notice.saved');
        },
        again: (form) => this.showRefusal(web, id, form),
      }),
    );
  }

  @Post('people/:assignment/seat')
  @Staff('programme', 'write')
  async seat(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('assignment') assignment: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, id, assignment, (programmeId) =>
      web.form(seatForm, body, {
        done: async ({ version, seat }) => {
          await this.assignments.reseat(programmeId, { id: assignment, version }, seat);
          return back(web, id, 'programme.notice.saved');
        },
        again: (form) => this.showRefusal(web, id, form),
      }),
    );
  }

  @Post('people/:assignment/remove')
  @Staff('programme', 'write')
  async unassign(
    @Web() web: WebContext,
    @Param('id') id: string,
    @Param('assignment') assignment: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, id, assignment, (programmeId) =>
      web.form(versionForm, body, {
        done: async ({ version }) => {
          await this.assignments.unassign(programmeId, { id: assignment, version });
          return back(web, id, 'programme.notice.unassigned');
        },
        again: (form) => this.showRefusal(web, id, form),
      }),
    );
  }

  /** Only for an assignment of this session. */
  private async change(
    web: WebContext,
    id: string,
    assignmentId: string,
    act: (programmeId: string) => Promise<string>,
  ): Promise<string> {
    const { programmeId } = await this.own(web, id);
    if ((await this.assignments.inProgramme(programmeId, assignmentId)).sessionId !== id) throw new NotFound();
    return act(programmeId);
  }

  private async own(web: WebContext, id: string): Promise<Session> {
    return this.sessions.byId((await this.programmes.ofOwner(web.conference.id)).id, id);
  }

  private async talkOf(session: Session, id: string): Promise<Talk> {
    const talk = await this.talks.byId(session.programmeId, id);
    if (talk.sessionId !== session.id) throw new NotFound();
    return talk;
  }

  private showTalk(web: WebContext, session: Session, talk: Talk | null, form: FormView): Promise<string> {
    const here = `${base(web)}/sessions/${session.id}`;
    const model = {
      here,
      talk,
      action: talk ? `${here}/talks/${talk.id}` : `${here}/talks`,
      version: talk?.version ?? '',
      stale: form.failed && web.reply.statusCode === 409,
      languages: LANGUAGES.map((code) => ({ value: code, label: web.t(`programme.language.${code}`) })),
    };
    const title = web.t(talk ? 'programme.editTalk' : 'programme.newTalk');
    return web.page('pages/programme/talk', model, frame(web, title, { form, crumbs: crumbs(web, session) }));
  }

  private async showPicker(
    web: WebContext,
    session: Session,
    query: z.output<typeof pickerQuery>,
    form: FormView,
  ): Promise<string> {
    const talk = query.talk ? await this.talkOf(session, query.talk) : null;
    const here = `${base(web)}/sessions/${session.id}`;
    const found = await this.queries.found(query.q);
    const model = {
      here,
      talk,
      query,
      found: found.map(({ id, displayName, institution, email }) => ({
        value: id,
        label: displayName,
        hint: [institution, email].filter(Boolean).join(' · '),
      })),
      searched: Boolean(query.q?.trim()),
      roles: talk ? TALK_ROLES : ASSIGNMENT_ROLES,
      action: `${here}/people?q=${encodeURIComponent(query.q ?? '')}${talk ? `&talk=${talk.id}` : ''}`,
    };
    return web.page(
      'pages/programme/people',
      model,
      frame(web, web.t('programme.assignTitle'), { form, crumbs: crumbs(web, session) }),
    );
  }

  private async showRefusal(web: WebContext, id: string, form: FormView): Promise<string> {
    const session = await this.own(web, id);
    const here = `${base(web)}/sessions/${id}`;
    return web.page(
      'pages/programme/refused',
      { here },
      frame(web, pickText(session.title, web.locale).text, { form, crumbs: [sessionsCrumb(web)] }),
    );
  }
}

function crumbs(web: WebContext, session: Session) {
  return [
    sessionsCrumb(web),
    { label: pickText(session.title, web.locale).text, href: `${base(web)}/sessions/${session.id}` },
  ];
}

function back(web: WebContext, id: string, key: string): string {
  return web.redirect(`${base(web)}/sessions/${id}`, { key });
}
