import { journalEvent } from '../../../platform/journal/journal.js';
import type { ReplyFate } from './calendar-reply.entity.js';
import type { ReplyDecision } from './reply-decision.rules.js';

interface OfReply {
  /** The invitation; of somebody who was not invited, the answer itself. */
  id: string;
  conferenceId: string;
  personId?: string;
  replyId: string;
}

/** A calendar program answered for the invited person. */
export const CalendarReplyReceived = journalEvent<OfReply & { partstat: string; fate: ReplyFate }>(
  'CalendarReplyReceived',
);
/** Somebody decided what an answer means that could not count by itself. */
export const CalendarReplyDecided = journalEvent<OfReply & { decision: ReplyDecision }>('CalendarReplyDecided');
