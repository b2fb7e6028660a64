import { placeText, titleOf, type Wording } from '../board/board-words.js';
import type { FoundConflict } from '../conflicts/conflicts.service.js';
import { worded } from '../conflicts/finding-words.js';
import type { ProposedPlace } from '../scheduler/draft/draft-places.rules.js';
import type { KeptSession, StuckSession } from '../scheduler/draft/plan.rules.js';
import { SOFT_RULES, type SoftRule } from '../scheduler/congress/congress.rules.js';
import type { Session } from '../session.entity.js';
import type { PlanReview, ReviewedMove } from './plan-reviews.service.js';

/** What the sentences about plans are made with. */
export interface PlanReader {
  readonly wording: Wording;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly people: ReadonlyMap<string, string>;
}

/** So many reasons are told of a session: what blocks little is no reason. */
const REASONS = 4;

/** A plan as the page shows it. */
export function planWords(reader: PlanReader, review: PlanReview) {
  const { plan, moves, left, brought, solved, before, after, isChanged } = review;
  const open = moves.filter(({ state }) => state === 'open');
  return {
    aim: plan.aim,
    moves: [...moves].sort(inTime).map((move) => moveWords(reader, move)),
    ...countsOf(open),
    openCount: open.length,
    doneCount: moves.filter(({ state }) => state === 'done').length,
    left: conflictWords(reader, left),
    brought: conflictWords(reader, brought),
    solved,
    rules: rulesOf(before, after),
    pointsBefore: pointsOf(before),
    pointsAfter: pointsOf(after),
    isChanged,
  };
}

/** How many sessions get a time, another time, another room only, or lose their time. */
export function countsOf(moves: readonly Pick<ReviewedMove, 'from' | 'to'>[]) {
  const count = (is: (from: ProposedPlace, to: ProposedPlace) => boolean) =>
    moves.filter(({ from, to }) => is(from, to)).length;
  return {
    placed: count((from) => from.start === null),
    retimed: count((from, to) => from.start !== null && to.start !== null && from.start !== to.start),
    rehoused: count((from, to) => from.start !== null && from.start === to.start),
    sentBack: count((from, to) => from.start !== null && to.start === null),
  };
}

function moveWords({ wording, sessions }: PlanReader, { session, from, to, state, now }: ReviewedMove) {
  const row = sessions.get(session);
  return {
    session,
    title: titleOf(wording, row),
    from: placeWords(wording, from),
    to: placeWords(wording, to),
    state,
    now: state === 'changed' && now ? placeWords(wording, placeNow(now)) : '',
  };
}

/** Sessions for which there is no legal place, and what stands in the way. */
export function stuckWords({ wording, sessions, people }: PlanReader, stuck: readonly StuckSession[]) {
  return stuck.map(({ session, looked, obstacles }) => {
    const row = sessions.get(session);
    return {
      session,
      title: titleOf(wording, row),
      where: row?.startsAt ? placeText(wording, { start: row.startsAt, minutes: row.minutes, roomId: row.roomId }) : '',
      reasons: obstacles.slice(0, REASONS).map(({ rule, places, alone, people: ids }) => ({
        text: wording.web.t(`programme.proposal.obstacle.${rule}`),
        names: ids.flatMap((id) => people.get(id) ?? []).join(', '),
        places,
        alone,
        looked,
      })),
    };
  });
}

/** Sessions that were left where they are, by reason. */
export function keptWords({ wording, sessions }: PlanReader, kept: readonly KeptSession[]) {
  return [...Map.groupBy(kept, ({ reason }) => reason)].map(([reason, list]) => ({
    reason: wording.web.t(`programme.proposal.kept.${reason}`),
    titles: list.map(({ session }) => titleOf(wording, sessions.get(session))),
  }));
}

/** Conflicts as sentences, with links to the sessions. */
export function conflictWords({ wording, people }: PlanReader, found: readonly FoundConflict[]) {
  const { web, zone, rooms } = wording;
  return found.map((one) => worded(web, zone, one, { people, rooms }));
}

function placeWords(wording: Wording, { start, minutes, roomId }: ProposedPlace): string {
  return placeText(wording, { start: start === null ? null : new Date(start), minutes, roomId });
}

function placeNow({ start, end, roomId, isPlaced }: NonNullable<ReviewedMove['now']>): ProposedPlace {
  return { start: isPlaced ? start : null, minutes: (end - start) / 60_000, roomId };
}

/** The wishes that something is said about, in points. */
function rulesOf(before: Readonly<Record<string, number>>, after: Readonly<Record<string, number>>) {
  return SOFT_RULES.filter((rule) => before[rule] || after[rule]).map((rule) => {
    const [was, is] = [before[rule] ?? 0, after[rule] ?? 0];
    return { rule, was, is, tone: is < was ? 'better' : is > was ? 'worse' : 'same' };
  });
}

function pointsOf(bill: Readonly<Record<string, number>>): number {
  return SOFT_RULES.reduce((sum, rule: SoftRule) => sum + (bill[rule] ?? 0), 0);
}

function inTime(a: ReviewedMove, b: ReviewedMove): number {
  return (a.to.start ?? Infinity) - (b.to.start ?? Infinity) || (a.session < b.session ? -1 : 1);
}
