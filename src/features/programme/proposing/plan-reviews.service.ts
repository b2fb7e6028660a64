import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import type { BoardCommand } from '../board/board-steps.service.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import type { Programme } from '../programme.entity.js';
import { startsOf } from '../scheduler/congress/congress.rules.js';
import { billOf, planOf } from '../scheduler/congress/congress-problem.rules.js';
import { congressOf } from '../scheduler/draft/draft-congress.rules.js';
import type { Asked, Draft, DraftSession } from '../scheduler/draft/draft.rules.js';
import { moved, stateOf, type MoveState, type Plan, type PlannedMove } from '../scheduler/draft/plan.rules.js';
import type { PlanAim } from '../scheduler/scheduler-task.rules.js';
import { Session } from '../session.entity.js';
import { Database } from '../../../platform/database/database.js';
import { DraftSource } from './draft-source.js';
import { hardFindings, type HardFindings } from './hard-findings.rules.js';
import { printOf, shortened } from './prints.js';
import type { SchedulingRun } from './scheduling-run.entity.js';

export interface ReviewedMove extends PlannedMove {
  readonly state: MoveState;
  /** Now; undefined when it is gone. */
  readonly now: DraftSession | undefined;
}

/** A plan beside the working draft as it is now. */
export interface PlanReview {
  readonly plan: Plan;
  readonly moves: readonly ReviewedMove[];
  /** Hard conflicts that there are now and would be left, and those that the open moves would bring. */
  readonly left: readonly FoundConflict[];
  readonly brought: readonly FoundConflict[];
  /** How many hard conflicts the open moves would solve. */
  readonly solved: number;
  readonly before: Readonly<Record<string, number>>;
  readonly after: Readonly<Record<string, number>>;
  /** The draft is not the one that the plan was made for: scores are counted anew. */
  readonly isChanged: boolean;
}

/** What somebody takes over: a step of the board, what is left out because it changed, and what it would break. */
export interface Acceptance {
  readonly command: BoardCommand & { kind: 'place' };
  readonly skipped: readonly ReviewedMove[];
  readonly brought: readonly FoundConflict[];
}

/** Compares plans with the draft as it is now, and makes steps of the board of what is taken over. */
@Injectable()
export class PlanReviews {
  constructor(
    private readonly db: Database,
    private readonly source: DraftSource,
    private readonly conflicts: Conflicts,
  ) {}

  /** Every plan of a run; none while it goes on. */
  async reviews(programme: Programme, run: SchedulingRun): Promise<PlanReview[]> {
    if (!run.outcome) return [];
    const { draft, house } = await this.source.load(programme);
    const isChanged = run.outcome.print !== printOf(draft, run.asked);
    const hardNow = hardFindings(draft, house);
    const before = isChanged ? standingBill(draft, run.asked) : null;
    const reviews: PlanReview[] = [];
    for (const plan of run.outcome.plans) {
      const moves = reviewed(plan, draft);
      const after = moved(
        draft,
        moves.filter(({ state }) => state === 'open'),
      );
      const hardThen = hardFindings(after, house);
      const keys = [...hardThen.keys()];
      reviews.push({
        plan,
        moves,
        left: await this.described(
          programme.id,
          keys.filter((key) => hardNow.has(key)),
          hardThen,
          after,
        ),
        brought: await this.described(
          programme.id,
          keys.filter((key) => !hardNow.has(key)),
          hardThen,
          after,
        ),
        solved: [...hardNow.keys()].filter((key) => !hardThen.has(key)).length,
        before: before ?? plan.before,
        after: isChanged ? standingBill(after, run.asked) : plan.bill,
        isChanged,
      });
    }
    return reviews;
  }

  /**
   * The step that takes over a plan, in whole (`ids` null) or some of its moves. Throws Stale when the run is not the one
   * that was seen, InvalidInput at `sessions`, RuleViolation when nothing is left to take over.
   */
  async accept(
    programme: Programme,
    run: SchedulingRun,
    { aim, ids, version }: { aim: PlanAim; ids: readonly string[] | null; version: number },
  ): Promise<Acceptance> {
    if (run.version !== version) throw new Stale(run);
    const plan = planIn(run, aim);
    const { draft, house } = await this.source.load(programme);
    const all = reviewed(plan, draft);
    if (ids?.some((id) => all.every(({ session }) => session !== id)))
      throw InvalidInput.at('sessions', 'error.choice');
    const wanted = ids === null ? all : all.filter(({ session }) => ids.includes(session));
    const open = wanted.filter(({ state }) => state === 'open');
    if (open.length === 0) throw new RuleViolation('error.programme.nothingToTakeOver');
    const after = moved(draft, open);
    const now = hardFindings(draft, house);
    const then = hardFindings(after, house);
    const versions = await this.versions(programme.id);
    return {
      command: {
        kind: 'place',
        sessions: open.map(({ session, to }) => ({
          id: session,
          version: versions.get(session) ?? 0,
          place: { ...to, start: to.start === null ? null : new Date(to.start) },
        })),
      },
      skipped: wanted.filter(({ state }) => state === 'changed' || state === 'gone'),
      brought: await this.described(
        programme.id,
        [...then.keys()].filter((key) => !now.has(key)),
        then,
        after,
      ),
    };
  }

  private async versions(programmeId: string): Promise<Map<string, number>> {
    const rows = await this.db
      .repository(Session)
      .find({ select: { id: true, version: true }, where: { programmeId } });
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** With the sessions that they name, where these would stand. */
  private async described(
    programmeId: string,
    keys: Iterable<string>,
    found: HardFindings,
    { sessions }: Draft,
  ): Promise<FoundConflict[]> {
    const places = new Map(sessions.map((session) => [session.id, session]));
    const described = await this.conflicts.described(
      programmeId,
      [...keys].map((key) => found.get(key)!),
    );
    return described.map((one) => ({
      ...one,
      involved: one.involved.map((session) => {
        const there = places.get(session.id);
        return there ? { ...session, startsAt: new Date(there.start), endsAt: new Date(there.end) } : session;
      }),
    }));
  }
}

function planIn({ outcome }: SchedulingRun, aim: PlanAim): Plan {
  const plan = outcome?.plans.find((one) => one.aim === aim);
  if (!plan) throw new NotFound();
  return plan;
}

function reviewed({ moves }: Plan, { sessions }: Draft): ReviewedMove[] {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return moves.map((move) => {
    const now = byId.get(move.session);
    return { ...move, now, state: stateOf(move, now, shortened) };
  });
}

/** What each rule of the scheduler costs where everything stands. */
function standingBill(draft: Draft, asked: Asked): Readonly<Record<string, number>> {
  const { congress } = congressOf(draft, asked);
  const quanta = startsOf(congress);
  const waiting = { start: quanta[0]!, room: congress.tray! };
  return billOf(
    congress,
    planOf(
      { quanta },
      congress.sessions.map(({ place }) => place ?? waiting),
    ),
  );
}
