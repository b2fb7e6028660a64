import { Injectable, Logger } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation } from '../../../kernel/errors.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Accounts } from '../../accounts/index.js';
import { Venues } from '../../venues/index.js';
import type { Programme } from '../programme.entity.js';
import { isFixed, startsOf, type Congress } from '../scheduler/congress/congress.rules.js';
import { congressOf } from '../scheduler/draft/draft-congress.rules.js';
import type { Asked, MappedDraft } from '../scheduler/draft/draft.rules.js';
import { planOfFound } from '../scheduler/draft/plan.rules.js';
import type { ProvenMinimum } from '../scheduler/exact/exact-questions.rules.js';
import { ExactSolver } from '../scheduler/exact/exact-solver.service.js';
import { SchedulerRuns } from '../scheduler/scheduler-runs.service.js';
import type { ProposedPlan, SchedulerTask } from '../scheduler/scheduler-task.rules.js';
import type { RunProgress } from '../scheduler/scheduler-thread.js';
import { DraftSource } from './draft-source.js';
import { printOf, shortened } from './prints.js';
import { SchedulingRun } from './scheduling-run.entity.js';
import { aimsOf, isLost, type RunOutcome } from './scheduling-run.rules.js';

const NOTED_EVERY_MS = 1000;
/** Sessions × starts × rooms: beyond this the tables of the search would take up the memory of the whole house. */
const MOST_PLACES = 6_000_000;

interface Prepared {
  readonly run: SchedulingRun;
  readonly mapped: MappedDraft;
  readonly tasks: readonly SchedulerTask[];
  /** Of the whole draft. */
  readonly print: string;
}

/** Searches for places: one per programme, in whichever process; what they found is kept until somebody throws it away. */
@Injectable()
export class SchedulingRuns {
  private readonly logger = new Logger('scheduling-runs');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly accounts: Accounts,
    private readonly venues: Venues,
    private readonly source: DraftSource,
    private readonly runs: SchedulerRuns,
    private readonly exact: ExactSolver,
  ) {}

  /**
   * Begins a run in a thread; the plans of the one before are thrown away. Throws RuleViolation while another one goes
   * on (by name of who started it), and when there is nothing that could move; InvalidInput at `latest` and `rooms`.
   */
  async start(programme: Programme, asked: Asked): Promise<SchedulingRun> {
    if (asked.latest <= asked.earliest) throw InvalidInput.at('latest', 'error.programme.endBeforeStart');
    await this.checkRooms(asked);
    const { draft } = await this.source.load(programme);
    const mapped = congressOf(draft, asked);
    checkTask(mapped.congress);
    const run = await this.claim(programme.id, asked);
    const seconds = asked.seconds / aimsOf(asked.aim).length;
    const tasks = aimsOf(asked.aim).map((aim): SchedulerTask => ({
      congress: mapped.congress,
      aim,
      seed: asked.seed,
      maxMoves: null,
      seconds,
    }));
    this.begin({ run, mapped, tasks, print: printOf(draft, asked) });
    return run;
  }

  /** The run of a programme as it is now; null when there is none. */
  async of(programmeId: string): Promise<SchedulingRun | null> {
    const run = await this.db.repository(SchedulingRun).findOneBy({ programmeId });
    if (!run) return null;
    if (isLost(run, this.clock.now()) && !this.runs.isRunning(run.id)) return { ...run, state: 'failed' };
    const live = this.runs.progressOf(run.id);
    return live && run.state === 'running' ? { ...run, progress: noted(live) } : run;
  }

  /** The run whose plans there are. Throws NotFound when there are none. */
  async finished(programmeId: string): Promise<SchedulingRun> {
    const run = await this.of(programmeId);
    if (run?.state !== 'finished') throw new NotFound('error.programme.noPlans');
    return run;
  }

  /** Asks the run to end with the best that it has. Throws NotFound when none goes on. */
  async cancel(programmeId: string): Promise<SchedulingRun> {
    const run = await this.of(programmeId);
    if (run?.state !== 'running') throw new NotFound();
    await this.db.compareAndSet(SchedulingRun, { id: run.id, state: 'running' }, { cancelAsked: true });
    this.runs.cancel(run.id);
    return { ...run, cancelAsked: true };
  }

  /** Throws plans away, or a run that goes on. Throws NotFound when there is nothing. */
  async forget(programmeId: string): Promise<void> {
    const run = await this.db.repository(SchedulingRun).findOneBy({ programmeId });
    if (!run) throw new NotFound();
    await this.db.repository(SchedulingRun).delete({ id: run.id });
    this.runs.cancel(run.id);
  }

  /** When a run of this process is over and written down. */
  ended(runId: string): Promise<void> {
    return this.runs.ended(runId);
  }

  private async checkRooms({ rooms }: Asked): Promise<void> {
    const known = await this.venues.roomsByIds(rooms);
    if (rooms.some((id) => !known.has(id))) throw InvalidInput.at('rooms', 'error.programme.unknownRoom');
  }

  /** Writes the run down, in the place of one that is over. */
  private async claim(programmeId: string, asked: Asked): Promise<SchedulingRun> {
    try {
      return await this.db.transaction(async () => {
        const other = await this.of(programmeId);
        if (other?.state === 'running') throw await this.occupied(other);
        if (other) await this.db.repository(SchedulingRun).delete({ id: other.id });
        const now = this.clock.now();
        const run = {
          id: this.ids.next(),
          programmeId,
          accountId: actingAccount(),
          startedAt: now,
          seenAt: now,
          state: 'running' as const,
          cancelAsked: false,
          asked,
          progress: null,
          outcome: null,
          version: 1,
        };
        await this.db.insert(SchedulingRun, run as never);
        return run as unknown as SchedulingRun;
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const other = await this.of(programmeId);
      throw other ? await this.occupied(other) : error;
    }
  }

  private async occupied({ accountId }: SchedulingRun): Promise<RuleViolation> {
    const name = (await this.accounts.byIds([accountId])).get(accountId)?.name ?? '';
    return new RuleViolation('error.programme.proposalRunning', { name });
  }

  private begin({ run, mapped, tasks, print }: Prepared): void {
    let notedAt = -Infinity;
    let writing: Promise<void> = Promise.resolve();
    const minimum = run.asked.aim === 'repair' ? this.exact.provenMinimum(tasks[0]!, run.asked.seconds) : null;
    // Whatever happens in the thread happens outside of the request, and of the transaction, that began it.
    const background = (work: () => Promise<void>) =>
      (writing = writing
        .then(() => this.db.outside(work))
        .catch((error: unknown) => this.logger.error(error instanceof Error ? error.stack : String(error))));
    this.runs.start(run.id, tasks, {
      onProgress: (progress) => {
        if (performance.now() - notedAt < NOTED_EVERY_MS) return;
        notedAt = performance.now();
        void background(() => this.note(run, progress));
      },
      onEnd: async (plans) => {
        await background(() => this.end({ run, mapped, tasks, print }, plans, minimum));
      },
    });
  }

  /** A sign of life; and whether somebody wants the run to end, or has thrown it away. */
  private async note(run: SchedulingRun, progress: RunProgress): Promise<void> {
    const changes = { progress: noted(progress), seenAt: this.clock.now() };
    const isWanted = await this.db.compareAndSet(SchedulingRun, { id: run.id, state: 'running' }, changes as never);
    const now = isWanted ? await this.db.repository(SchedulingRun).findOneBy({ id: run.id }) : null;
    if (!now || now.cancelAsked) this.runs.cancel(run.id);
  }

  private async end(
    { run, mapped, tasks, print }: Prepared,
    plans: readonly ProposedPlan[] | null,
    minimum: Promise<ProvenMinimum> | null,
  ): Promise<void> {
    const isStopped = plans !== null && (plans.length < tasks.length || plans.some(({ isCancelled }) => isCancelled));
    const outcome: RunOutcome | null = plans && {
      plans: plans.map((plan) => planOfFound(mapped, plan, shortened)),
      kept: [...mapped.kept].map(([session, reason]) => ({ session, reason })),
      // Who stopped the search does not want to wait for a proof.
      minimum: isStopped ? null : await minimum,
      print,
      isCancelled: isStopped,
    };
    const state = outcome ? 'finished' : 'failed';
    const changes = { state, outcome, progress: null, seenAt: this.clock.now(), version: run.version + 1 };
    await this.db.compareAndSet(SchedulingRun, { id: run.id, state: 'running' }, changes as never);
  }
}

/** Throws RuleViolation when nothing could move, or when it is too much. */
export function checkTask(congress: Congress): void {
  const { sessions, rooms } = congress;
  if (sessions.every(isFixed)) throw new RuleViolation('error.programme.nothingToPropose');
  if (sessions.length * rooms.length * startsOf(congress).length > MOST_PLACES)
    throw new RuleViolation('error.programme.proposalTooLarge');
}

function noted({ aim, share, best }: RunProgress) {
  return { aim, share, hard: Math.floor(best.hard), soft: best.soft };
}

function actingAccount(): string {
  const { kind, id } = currentContext().actor;
  if (kind !== 'account' || id === null) throw new Error('places are proposed to an account');
  return id;
}
