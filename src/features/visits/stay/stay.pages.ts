import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { toLocal } from '../../../kernel/zones.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Conflicts, Programmes, type SavedSession } from '../../programme/index.js';
import { hrefOf } from '../visit-frame.js';
import type { Visit } from '../visit.entity.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { StayDesk } from './stay-desk.js';
import { typedFields } from './stay-fields.js';
import { isFrozen } from './stay-releases.service.js';
import { StaySessions } from './stay-sessions.service.js';
import { StayShifts } from './stay-shifts.service.js';
import {
  acceptForm,
  newStayForm,
  participantForm,
  pickerQuery,
  shiftForm,
  shiftNowForm,
  stayForm,
  versionForm,
} from './stay.schemas.js';

/** The programme of stay: its sessions, who meets, what is in the way. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/programme')
export class StayPages {
  constructor(
    private readonly visits: Visits,
    private readonly desk: StayDesk,
    private readonly stay: StaySessions,
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly shifts: StayShifts,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async show(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.desk.show(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  @Get('new')
  @Staff('visit', 'count', 'any')
  async blank(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.desk.showNew(web, visit, web.emptyForm(await this.desk.opening(visit)));
  }

  @Post()
  @Staff('visit', 'count', 'any')
  add(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, newStayForm, body, {
      makes: true,
      work: async (visit, input) => saved(web, visit, await this.stay.add(visit, typedFields(input, visit.zone))),
      again: (visit, form) => this.desk.showNew(web, visit, form),
    });
  }

  @Get('sessions/:session')
  @Staff('visit', 'count', 'any')
  async session(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Query({ schema: pickerQuery }) { q }: z.output<typeof pickerQuery>,
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref);
    return this.desk.showSession(web, visit, id, web.emptyForm(await this.desk.values(visit, id)), q);
  }

  @Post('sessions/:session')
  @Staff('visit', 'count', 'any')
  save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, stayForm, body, {
      work: async (visit, { version, ...input }) =>
        saved(web, visit, await this.stay.edit(visit, { id, version }, typedFields(input, visit.zone))),
      again: (visit, form) => this.desk.showSession(web, visit, id, form),
    });
  }

  @Post('sessions/:session/cancel')
  @Staff('visit', 'count', 'any')
  cancel(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, {
      work: async (visit, { version }) => {
        await this.stay.cancel(visit, { id, version });
        return done(web, visit, 'cancelled', id);
      },
    });
  }

  @Post('sessions/:session/reinstate')
  @Staff('visit', 'count', 'any')
  reinstate(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, {
      work: async (visit, { version }) => {
        await this.stay.reinstate(visit, { id, version });
        return done(web, visit, 'saved', id);
      },
    });
  }

  @Post('sessions/:session/remove')
  @Staff('visit', 'count', 'any')
  remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, versionForm, body, {
      work: async (visit, { version }) => {
        await this.stay.remove(visit, { id, version });
        return done(web, visit, 'removed');
      },
    });
  }

  @Post('sessions/:session/people')
  @Staff('visit', 'count', 'any')
  assign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, participantForm, body, {
      makes: true,
      work: async (visit, input) => {
        await this.stay.assign(visit, id, input);
        return toSession(web, visit, id, 'assigned');
      },
      again: async (visit, form) =>
        this.desk.showSession(web, visit, id, {
          ...form,
          values: { ...(await this.desk.values(visit, id)), ...form.values },
        }),
    });
  }

  @Post('sessions/:session/people/:assignment/removal')
  @Staff('visit', 'count', 'any')
  unassign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Param('assignment') assignment: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, {
      work: async (visit) => {
        await this.stay.unassign(visit, id, assignment);
        return toSession(web, visit, id, 'unassigned');
      },
    });
  }

  @Post('sessions/:session/people/:assignment/lead')
  @Staff('visit', 'count', 'any')
  lead(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('session') id: string,
    @Param('assignment') assignment: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, emptyForm, body, {
      work: async (visit) => {
        await this.stay.lead(visit, id, assignment);
        return toSession(web, visit, id, 'saved');
      },
    });
  }

  @Get('shift')
  @Staff('visit', 'count', 'any')
  async shift(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return this.desk.showShift(web, visit, web.emptyForm({ minutes: '15', ...this.nowOf(visit) }));
  }

  /** What it would do: nothing is changed yet. */
  @Post('shift/preview')
  @Staff('visit', 'count', 'any')
  preview(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, shiftForm, body, {
      work: (visit, shift) => this.desk.showShifted(web, visit, shift, web.emptyForm({ ...shift })),
      again: (visit, form) => this.desk.showShift(web, visit, form),
    });
  }

  @Post('shift')
  @Staff('visit', 'count', 'any')
  carryOut(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, shiftNowForm, body, {
      work: async (visit, { issue, ...shift }) => {
        if (issue && isFrozen(visit)) {
          const number = await this.shifts.shiftAndIssue(visit, shift);
          return web.redirect(`${hrefOf(visit)}/programme/changes/${number}`, {
            key: 'visit.stay.done.issued',
            params: { number },
          });
        }
        const count = await this.shifts.shift(visit, shift);
        return web.redirect(`${hrefOf(visit)}/programme`, { key: 'visit.stay.done.shifted', params: { count } });
      },
      again: (visit, form) => this.desk.showShift(web, visit, form),
    });
  }

  /** On a day of the visit, what comes next is what may be late. */
  private nowOf({ startsOn, endsOn, zone }: Visit): { day: string; from: string } | undefined {
    const now = toLocal(this.clock.now(), zone);
    const [day, from] = [now.slice(0, 10), now.slice(11, 16)];
    return startsOn !== null && startsOn <= day && day <= (endsOn ?? startsOn) ? { day, from } : undefined;
  }

  @Post('conflicts')
  @Staff('visit', 'count', 'any')
  accept(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, acceptForm, body, {
      work: async (visit, { key, reason }) => {
        await this.conflicts.override((await this.programmes.ofOwner(visit.id)).id, key, reason);
        return done(web, visit, 'accepted');
      },
    });
  }

  /** Opens the visit for writing and does it; what is refused comes back on its page, or the programme. */
  private async change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    ways: {
      makes?: boolean;
      work: (visit: Visit, input: z.output<S>) => Promise<string>;
      again?: (visit: Visit, form: FormView) => Promise<string>;
    },
  ): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    return web.form(schema, body, {
      done: (input) => {
        const work = () => ways.work(visit, input);
        return ways.makes ? web.once(body, work) : work();
      },
      again: (form) => (ways.again ?? ((one, refused) => this.desk.show(web, one, refused)))(visit, form),
    });
  }
}

function done(web: WebContext, visit: Visit, notice: string, sessionId?: string): string {
  const at = sessionId ? `#session-${sessionId}` : '';
  return web.redirect(`${hrefOf(visit)}/programme${at}`, { key: `visit.stay.done.${notice}` });
}

function toSession(web: WebContext, visit: Visit, sessionId: string, notice: string): string {
  return web.redirect(`${hrefOf(visit)}/programme/sessions/${sessionId}#people`, { key: `visit.stay.done.${notice}` });
}

/** To its page, where the people are given, saying how many conflicts touch it. */
function saved(web: WebContext, visit: Visit, { session, findings }: SavedSession): string {
  const count = findings.filter(({ override }) => !override).length;
  const notice =
    count > 0 ? { key: 'programme.notice.savedWithConflicts', params: { count } } : { key: 'visit.stay.done.saved' };
  return web.redirect(`${hrefOf(visit)}/programme/sessions/${session.id}`, notice);
}
