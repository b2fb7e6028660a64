import type { AnswerChannel, InvitationState } from '../invitation.rules.js';
import type { ReplyMethod, ReplyPartstat, Trust, Waiting } from './reply-verdict.rules.js';

/**
 * What a person made of an answer that waited. `counted`: taken as the answer. `prepared`: the substitute's invitation was
 * drafted. `moved`: the session goes to the time that was asked for. `refused`: it does not, and they were told so.
 * `set-aside`: no answer at all.
 */
export const REPLY_DECISIONS = ['counted', 'prepared', 'moved', 'refused', 'set-aside'] as const;
export type ReplyDecision = (typeof REPLY_DECISIONS)[number];

export interface WaitingReply {
  readonly method: ReplyMethod;
  readonly partstat: ReplyPartstat;
  readonly waitsFor: Waiting;
  readonly trust: Trust | null;
  readonly proposedStart: Date | null;
  readonly proposedEnd: Date | null;
}

/** Longer than anything on a programme: whoever asks for more has another calendar in mind. */
const LONGEST_MINUTES = 1_440;

type AskedTime = Pick<WaitingReply, 'method' | 'proposedStart'> & { readonly waitsFor: Waiting | null };

/** What surrounds it. */
export interface ReplySurroundings {
  /** Null: whoever answers was not invited, or nobody knows who that is. */
  readonly state: InvitationState | null;
  /** The entry belongs to a session and is in somebody's calendar. */
  readonly session: boolean;
  /** Nobody else comes to that session, as far as we invited them ([CQ9]). */
  readonly onlyGuest: boolean;
}

const ANSWERS = { ACCEPTED: 'accepted', TENTATIVE: 'tentative', DECLINED: 'declined' } as const;

/** The decisions that are possible, the likeliest first. Setting aside always is. */
export function decisionsFor(reply: WaitingReply, { state, session, onlyGuest }: ReplySurroundings): ReplyDecision[] {
  const decisions: ReplyDecision[] = [];
  const open = state !== null && state !== 'draft' && state !== 'withdrawn';
  if (isProposal(reply)) {
    // Whom we do not trust is not written to: the invited person would be refused what they never asked for.
    if (reply.trust !== null && session && onlyGuest && placeIn(reply, 1)) decisions.push('moved');
    if (reply.trust !== null) decisions.push('refused');
  } else if (reply.partstat === 'DELEGATED') {
    if (open) decisions.push('prepared');
  } else if (open && answerOf(reply) !== null) decisions.push('counted');
  return [...decisions, 'set-aside'];
}

/** The time that is asked for, in whole minutes; `usual`: where the answer names no end. Null: none that a session can have. */
export function placeIn(
  { proposedStart, proposedEnd }: Pick<WaitingReply, 'proposedStart' | 'proposedEnd'>,
  usual: number,
): { start: Date; minutes: number } | null {
  if (proposedStart === null) return null;
  const minutes = proposedEnd ? Math.round((proposedEnd.getTime() - proposedStart.getTime()) / 60_000) : usual;
  return minutes >= 1 && minutes <= LONGEST_MINUTES ? { start: proposedStart, minutes } : null;
}

/** The answer that it would count as; null where it is none. */
export function answerOf({ method, partstat }: Pick<WaitingReply, 'method' | 'partstat'>) {
  return method === 'REPLY' && partstat in ANSWERS ? ANSWERS[partstat as keyof typeof ANSWERS] : null;
}

/**
 * How an answer counts that somebody decided on. Where the mail was trusted, their own calendar has it right already and
 * gets no mail ([CQ11]); where it was not, the invited person is written to, and learns of it if it was not theirs.
 */
export function channelOf({ trust }: Pick<WaitingReply, 'trust'>): AnswerChannel {
  return trust === null ? 'staff' : 'calendar';
}

/** Another time is asked for, whether or not it can be read. */
export function isProposal({ method, waitsFor, proposedStart }: AskedTime): boolean {
  return method === 'COUNTER' || waitsFor === 'proposal' || proposedStart !== null;
}
