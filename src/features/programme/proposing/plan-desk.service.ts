import { Injectable } from '@nestjs/common';
import { Overtaken } from '../../../kernel/errors.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { People, personName } from '../../people/index.js';
import { daysBetween } from '../board/board-days.rules.js';
import { BoardDesk } from '../board/board-desk.service.js';
import { BoardQueries } from '../board/board.queries.js';
import { titleOf } from '../board/board-words.js';
import type { FoundConflict } from '../conflicts/conflicts.service.js';
import type { Programme } from '../programme.entity.js';
import { ProgrammeQueries } from '../programme.queries.js';
import type { Session } from '../session.entity.js';
import type { PlanAim } from '../scheduler/scheduler-task.rules.js';
import { DraftSource } from './draft-source.js';
import { hardFindings } from './hard-findings.rules.js';
import { conflictWords, keptWords, planWords, stuckWords, type PlanReader } from './plan-words.js';
import { PlanReviews, type PlanReview } from './plan-reviews.service.js';
import type { SchedulingRun } from './scheduling-run.entity.js';
import { suggested } from './suggested.rules.js';

/** Somebody takes over a plan. */
export interface TakeOver {
  readonly aim: PlanAim;
  /** Null: all of it. */
  readonly ids: readonly string[] | null;
  /** Of the run that was seen. */
  readonly version: number;
  /** Although it brings conflicts. */
  readonly anyway: boolean;
}

/** Plans, and what is taken over of them, in the words of the reader: the same for the page and for the API. */
@Injectable()
export class PlanDesk {
  constructor(
    private readonly accounts: Accounts,
    private readonly people: People,
    private readonly board: BoardDesk,
    private readonly sessions: BoardQueries,
    private readonly programme: ProgrammeQueries,
    private readonly source: DraftSource,
    private readonly plans: PlanReviews,
  ) {}

  /** What to ask for, and what there is to do. */
  async suggestion(web: Pick<WebContext, 'conference'>, programme: Programme, run: SchedulingRun | null) {
    const { draft, house } = await this.source.load(programme);
    const { startsOn, endsOn } = web.conference;
    const conference = startsOn && endsOn ? daysBetween(startsOn, endsOn) : [];
    const waiting = draft.sessions.filter(({ isPlaced }) => !isPlaced).length;
    const accepted = new Set(draft.sessions.flatMap(({ id, isAccepted }) => (isAccepted ? [id] : [])));
    const broken = [...hardFindings(draft, house).values()].filter(
      ({ sessions }) => !sessions.some((id) => accepted.has(id)),
    );
    return { ...suggested(draft, conference, run?.asked ?? null), waiting, broken: broken.length };
  }

  reviews(programme: Programme, run: SchedulingRun): Promise<PlanReview[]> {
    return this.plans.reviews(programme, run);
  }

  async startedBy({ accountId }: SchedulingRun): Promise<string | null> {
    return (await this.accounts.byIds([accountId])).get(accountId)?.name ?? null;
  }

  /** Everything that the page says about the plans of a run. */
  async words(web: WebContext, programme: Programme, run: SchedulingRun, reviews: readonly PlanReview[]) {
    const reader = await this.reader(web, programme, reviews);
    return {
      plans: reviews.map((review) => ({ ...planWords(reader, review), stuck: stuckWords(reader, review.plan.stuck) })),
      kept: keptWords(reader, run.outcome?.kept ?? []),
    };
  }

  /** Conflicts as sentences. */
  async conflicts(web: WebContext, programme: Programme, found: readonly FoundConflict[]) {
    return conflictWords(await this.reader(web, programme, [], found), found);
  }

  /**
   * Takes over a plan as one step of the board. Throws Overtaken when it would bring hard conflicts and nobody said that
   * they may be, and what `PlanReviews.accept` and the board throw.
   */
  async takeOver(web: WebContext, programme: Programme, run: SchedulingRun, { anyway, ...wanted }: TakeOver) {
    const { command, skipped, brought } = await this.plans.accept(programme, run, wanted);
    if (brought.length > 0 && !anyway) throw new PlanCollides(brought);
    const done = await this.board.run(web, programme, command);
    const names = await this.names(programme);
    const wording = await this.board.wording(web, programme);
    return { done, skipped: skipped.map(({ session }) => ({ session, title: titleOf(wording, names.get(session)) })) };
  }

  private async reader(
    web: WebContext,
    programme: Programme,
    reviews: readonly PlanReview[],
    more: readonly FoundConflict[] = [],
  ): Promise<PlanReader> {
    const found = [...more, ...reviews.flatMap(({ left, brought }) => [...left, ...brought])];
    const [wording, sessions, names] = await Promise.all([
      this.board.wording(web, programme),
      this.names(programme),
      this.programme.names(found),
    ]);
    const stuck = reviews.flatMap(({ plan }) => plan.stuck.flatMap(({ obstacles }) => obstacles));
    const people = await this.people.byIds([...new Set(stuck.flatMap((obstacle) => obstacle.people))]);
    const known = [...people.values()].map((person) => [person.id, personName(person)] as const);
    return { wording, sessions, people: new Map([...names.people, ...known]) };
  }

  private async names({ id }: Programme): Promise<Map<string, Session>> {
    return new Map((await this.sessions.sessions(id)).map((session) => [session.id, session]));
  }
}

/** Part of a plan may stand where the rest of it would have made room. */
export class PlanCollides extends Overtaken {
  constructor(readonly brought: readonly FoundConflict[]) {
    super('error.programme.planCollides', { count: brought.length }, { findings: brought.map(({ key }) => key) });
  }
}
