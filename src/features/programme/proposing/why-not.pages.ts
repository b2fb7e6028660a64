import { Controller, Get } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { BoardQueries } from '../board/board.queries.js';
import { emptyForm } from '../programme.schemas.js';
import { Programmes } from '../programmes.service.js';
import { base, frame, sessionsCrumb } from '../staff-pages.js';
import { PlanDesk } from './plan-desk.service.js';
import { SchedulingRuns } from './scheduling-runs.service.js';
import { WhyNotDesk, type WhyNotAnswer } from './why-not.service.js';

/** "Why does the whole not work?": days, hours and rooms are those that were asked for last. */
@Controller('org/c/:conf/proposal/why-not')
export class WhyNotPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly sessions: BoardQueries,
    private readonly runs: SchedulingRuns,
    private readonly desk: PlanDesk,
    private readonly whyNot: WhyNotDesk,
  ) {}

  @Get()
  @Staff('programme', 'write')
  async show(@Web() web: WebContext): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    // Nothing is sent: what a rule refuses is told as everywhere else.
    return web.form(emptyForm, undefined, {
      done: async () => {
        const { asked } = await this.desk.suggestion(web, programme, await this.runs.of(programme.id));
        return this.page(web, web.emptyForm(), await this.whyNot.answer(programme, asked));
      },
      again: (form) => this.page(web, form, null),
    });
  }

  private async page(web: WebContext, form: FormView, answer: WhyNotAnswer | null): Promise<string> {
    const { zone, id } = await this.programmes.ofOwner(web.conference.id);
    const all = answer ? await this.sessions.sessions(id) : [];
    const sessions = all.filter((session) => answer!.sessions.includes(session.id));
    const proposal = `${base(web)}/proposal`;
    const model = {
      zone,
      proposal,
      base: base(web),
      fits: answer?.state === 'proven' && sessions.length === 0,
      answer,
      sessions: sessions.map((session) => ({
        href: `${base(web)}/sessions/${session.id}/places`,
        title: pickText(session.title, web.locale).text,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        minutes: session.minutes,
      })),
    };
    const crumbs = [sessionsCrumb(web), { label: web.t('programme.proposal.title'), href: proposal }];
    return web.page('pages/programme/why-not', model, frame(web, web.t('programme.whyNot.title'), { form, crumbs }));
  }
}
