import { RuleViolation } from '../../kernel/errors.js';

export const INVITATION_KINDS = ['conference', 'seat'] as const;
export type InvitationKind = (typeof INVITATION_KINDS)[number];

export const INVITATION_STATES = [
  'draft',
  'queued',
  'accepted',
  'tentative',
  'declined',
  'substituted',
  'bounced',
  'expired',
  'withdrawn',
] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export const ANSWERS = ['accepted', 'tentative', 'declined', 'substituted'] as const;
export type Answer = (typeof ANSWERS)[number];

/** The personal link, staff who heard the answer by telephone or letter, or the buttons of a calendar program. */
export const ANSWER_CHANNELS = ['link', 'staff', 'calendar'] as const;
export type AnswerChannel = (typeof ANSWER_CHANNELS)[number];

export type InvitationCommand =
  | { readonly kind: 'send' | 'remind' | 'withdraw' | 'expire' | 'bounce' }
  | {
      readonly kind: 'answer';
      readonly answer: Answer;
      readonly channel: AnswerChannel;
      /** Somebody on the staff says that it counts, whatever the deadline. */
      readonly decided?: boolean;
    };

export interface AskedPerson {
  readonly state: InvitationState;
  /** The first instant at which the link no longer answers; null: never. */
  readonly deadline: Date | null;
  /** The session has moved since: the answer is asked for again, whatever the deadline. */
  readonly confirmAgain?: boolean;
}

export const UNANSWERED: readonly InvitationState[] = ['queued', 'bounced'];
const COMING: readonly InvitationState[] = ['accepted', 'tentative'];

/**
 * The state after a command. An answer may be changed until the deadline, by staff also later; an answer given twice
 * stays as it is. Throws RuleViolation with the reason.
 */
export function afterCommand(
  { state, deadline, confirmAgain }: AskedPerson,
  command: InvitationCommand,
  now: Date,
): InvitationState {
  // Who has answered, or need not any more, has nothing of a letter that comes back.
  if (command.kind === 'bounce') return state === 'queued' ? 'bounced' : state;
  if (state === 'withdrawn') throw new RuleViolation('error.invitation.withdrawn');
  const over = deadline !== null && now >= deadline;
  switch (command.kind) {
    case 'send':
      if (isAnswered(state)) throw new RuleViolation('error.invitation.answered');
      if (over || state === 'expired') throw new RuleViolation('error.invitation.deadlineOver');
      return 'queued';
    case 'remind':
      if (state === 'draft') throw new RuleViolation('error.invitation.notSent');
      if (isAnswered(state)) throw new RuleViolation('error.invitation.answered');
      if (over || state === 'expired') throw new RuleViolation('error.invitation.deadlineOver');
      return state;
    case 'answer':
      if (command.channel === 'staff' || command.decided) return command.answer;
      if (state === 'draft') throw new RuleViolation('error.invitation.notSent');
      if ((over && !confirmAgain) || state === 'expired') throw new RuleViolation('error.invitation.deadlineOver');
      return command.answer;
    case 'withdraw':
      if (state === 'declined' || state === 'substituted')
        throw new RuleViolation('error.invitation.nothingToWithdraw');
      return 'withdrawn';
    case 'expire':
      if (!over || !isUnanswered(state)) throw new RuleViolation('error.invitation.notDue');
      return 'expired';
  }
}

/** Sent, and nothing was heard. */
export function isUnanswered(state: InvitationState): boolean {
  return UNANSWERED.includes(state);
}

export function isAnswered(state: InvitationState): boolean {
  return ANSWERS.some((answer) => answer === state);
}

/** Has said yes, or perhaps: stands in the calendar, and is told of changes. */
export function isComing(state: InvitationState): boolean {
  return COMING.includes(state);
}

/** May the link answer now? */
export function mayAnswer(invitation: AskedPerson, now: Date): boolean {
  const { state, deadline, confirmAgain = false } = invitation;
  const inTime = deadline === null || now < deadline || confirmAgain;
  return inTime && !['draft', 'withdrawn', 'expired'].includes(state);
}

/** Unique while the invitation counts, so that nobody is asked twice for one thing; else null. */
export function activeKey(
  { conferenceId, sessionId, personId }: { conferenceId: string; sessionId: string | null; personId: string },
  state: InvitationState,
): string | null {
  const counts = state === 'draft' || isUnanswered(state) || isComing(state);
  return counts ? `${sessionId ?? conferenceId}:${personId}` : null;
}
