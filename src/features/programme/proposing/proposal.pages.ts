import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { LANGUAGES } from '../../../kernel/languages.js';
import { pickText } from '../../../kernel/locale.js';
import { formatShortDay } from '../../../platform/i18n/formats.js';
import type { FormView } from '../../../platform/web/form.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Venues } from '../../venues/index.js';
import type { Programme } from '../programme.entity.js';

import { emptyForm } from '../programme.schemas.js';
import { Programmes } from '../programmes.service.js';
import { RUN_AIMS, type Asked } from '../scheduler/draft/draft.rules.js';
import type { Plan } from '../scheduler/draft/plan.rules.js';
import type { PlanAim } from '../scheduler/scheduler-task.rules.js';
import { base, frame, mayEdit, sessionsCrumb } from '../staff-pages.js';
import { clockOf, minuteOf } from './clock.rules.js';
import { PlanCollides, PlanDesk } from './plan-desk.service.js';
import { acceptForm, planQuery, pointsOf, proposalForm, SECONDS, WISHES } from './proposing.schemas.js';
import type { SchedulingRun } from './scheduling-run.entity.js';
import { SchedulingRuns } from './scheduling-runs.service.js';

type Conflicts = Awaited<ReturnType<PlanDesk['conflicts']>>;

interface Shown {
  /** Of the form that asks for a run, as it was sent or as it is suggested. */
  readonly form?: FormView;
  /** Of the form that takes over, when it was refused. */
  readonly refused?: FormView;
  readonly plan?: PlanAim | undefined;
  readonly brought?: Conflicts;
}

/** The scheduler proposes, a person decides: what to look for, how far the search is, and its plans beside the draft. */
@Controller('org/c/:conf/proposal')
export class ProposalPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly venues: Venues,
    private readonly runs: SchedulingRuns,
    private readonly desk: PlanDesk,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async show(
    @Web() web: WebContext,
    @Query({ schema: planQuery }) { plan }: z.output<typeof planQuery>,
  ): Promise<string> {
    return this.page(web, await this.programmes.ofOwner(web.conference.id), { plan });
  }

  @Post()
  @Staff('programme', 'write')
  async start(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(proposalForm, body, {
      done: async ({ earliest, latest, seconds, points, ...asked }) => {
        await this.runs.start(programme, {
          ...asked,
          earliest: minuteOf(earliest),
          latest: minuteOf(latest),
          seconds: Number(seconds),
          points: pointsOf(points),
        });
        return web.redirect(address(web));
      },
      again: (form) => this.page(web, programme, { form }),
    });
  }

  @Post('cancellation')
  @Staff('programme', 'write')
  async cancel(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.runs.cancel(programme.id);
        return web.redirect(address(web));
      },
      again: () => this.page(web, programme, {}),
    });
  }

  @Post('removal')
  @Staff('programme', 'write')
  async forget(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.runs.forget(programme.id);
        return web.redirect(address(web), { key: 'programme.proposal.notice.forgotten' });
      },
      again: () => this.page(web, programme, {}),
    });
  }

  @Post('acceptance')
  @Staff('programme', 'write')
  async accept(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    let brought: Conflicts = [];
    let plan: PlanAim | undefined;
    return web.form(acceptForm, body, {
      done: async ({ plan: aim, all, sessions, anyway, version }) => {
        plan = aim;
        const run = await this.runs.finished(programme.id);
        const wanted = { aim, ids: all ? null : sessions, version, anyway };
        try {
          const { done, skipped } = await this.desk.takeOver(web, programme, run, wanted);
          const left = skipped.map(({ title }) => web.t('programme.proposal.quoted', { title })).join(', ');
          const said = left ? `${done.said} ${web.t('programme.proposal.skipped', { titles: left })}` : done.said;
          return web.redirect(`${address(web)}?plan=${aim}`, { key: 'programme.board.notice', params: { said } });
        } catch (error) {
          if (error instanceof PlanCollides) brought = await this.desk.conflicts(web, programme, error.brought);
          throw error;
        }
      },
      again: (refused) => this.page(web, programme, { refused, brought, plan }),
    });
  }

  private async page(web: WebContext, programme: Programme, { form, refused, plan, brought }: Shown): Promise<string> {
    const run = await this.runs.of(programme.id);
    const [reviews, { days, asked, waiting, broken }] = await Promise.all([
      run ? this.desk.reviews(programme, run) : [],
      this.desk.suggestion(web, programme, run),
    ]);
    const words = run ? await this.desk.words(web, programme, run, reviews) : { plans: [], kept: [] };
    const shown = words.plans.find(({ aim }) => aim === plan) ?? words.plans[0];
    const refusedIds = [refused?.values['sessions'] ?? []].flat();
    const model = {
      here: address(web),
      base: base(web),
      mayEdit: mayEdit(web),
      zone: programme.zone,
      waiting,
      broken,
      run: run && { ...runWords(web, run), startedBy: await this.desk.startedBy(run), startedAt: run.startedAt },
      plans: words.plans,
      several: words.plans.length > 1,
      plan: shown && {
        ...shown,
        moves: shown.moves.map((move) => ({ ...move, ticked: refusedIds.includes(move.session) })),
      },
      kept: words.kept,
      brought: brought ?? [],
      collided: brought !== undefined && brought.length > 0,
      refusedAll: refused?.values['all'] === '1',
      takeOverFailed: refused?.failed ?? false,
      askAgain: form?.failed ?? false,
      ...(await this.choices(web, days)),
    };
    const view = refused ?? form ?? web.emptyForm();
    return web.page('pages/programme/proposal', model, {
      ...frame(web, web.t('programme.proposal.title'), {
        form: { ...view, values: form?.values ?? valuesOf(asked) },
        crumbs: [sessionsCrumb(web), { label: web.t('programme.board.title'), href: `${base(web)}/board` }],
        styles: ['css/proposal.css'],
      }),
      scripts: run?.state === 'running' ? ['js/refresh.js'] : [],
    });
  }

  private async choices(web: WebContext, days: readonly string[]) {
    const rooms = await this.venues.rooms();
    return {
      aims: RUN_AIMS.map((value) => ({
        value,
        label: web.t(`programme.proposal.aim.${value}`),
        hint: web.t(`programme.proposal.aimHint.${value}`),
      })),
      dayChoices: days.map((day) => ({
        value: day,
        label: formatShortDay(web.locale, new Date(`${day}T12:00:00Z`), 'UTC'),
      })),
      roomChoices: rooms.map(({ id, name, venue, capacity }) => ({
        value: id,
        label: [
          pickText(name, web.locale).text,
          pickText(venue.name, web.locale).text,
          capacity ? web.t('venues.seats', { count: capacity }) : '',
        ]
          .filter(Boolean)
          .join(' · '),
      })),
      languages: LANGUAGES.map((code) => ({ value: code, label: web.t(`programme.language.${code}`) })),
      secondChoices: SECONDS.map((value) => ({
        value,
        label: web.t('programme.proposal.seconds', { count: Number(value) }),
      })),
      wishes: WISHES,
    };
  }
}

function address(web: WebContext): string {
  return `${base(web)}/proposal`;
}

/** How the run is, in numbers that a page can show. */
function runWords(web: WebContext, { id, state, cancelAsked, progress, outcome, asked, version }: SchedulingRun) {
  const minimum = outcome?.minimum ?? null;
  return {
    id,
    state,
    version,
    cancelAsked,
    aim: asked.aim,
    isStopped: outcome?.isCancelled ?? false,
    percent: Math.round((progress?.share ?? 0) * 100),
    progress,
    searching: progress ? web.t(`programme.proposal.plan.${progress.aim}`) : '',
    minimum: minimum && {
      state: minimum.state,
      moved: minimum.state === 'proven' ? minimum.moved : 0,
      fewest: movedIn(outcome!.plans.find(({ aim }) => aim === 'fewest-moves')),
    },
  };
}

/** How many sessions that have a place a plan takes from it. */
function movedIn(plan: Plan | undefined): number {
  return plan?.moves.filter(({ from }) => from.start !== null).length ?? 0;
}

function valuesOf({ earliest, latest, seconds, points, ...asked }: Asked): Record<string, unknown> {
  return {
    ...asked,
    earliest: clockOf(earliest),
    latest: clockOf(latest),
    seconds: String(seconds),
    ...Object.fromEntries(Object.entries(points).map(([rule, value]) => [`points.${rule}`, value])),
  };
}
