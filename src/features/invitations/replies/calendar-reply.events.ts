import { journalEvent } from '../../../platform/journal/journal.js';
import type { ReplyDecision, ReplyFate } from './calendar-reply.entity.js';

interface OfReply {
  /** The invitation. */
  id: string;
  conferenceId: string;
  personId: string;
  replyId: string;
}

/** A calendar program answered for the invited person. */
export const CalendarReplyReceived = journalEvent<OfReply & { partstat: string; fate: ReplyFate }>(
  'CalendarReplyReceived',
);
/** Somebody decided what an answer means that could not count by itself. */
export const CalendarReplyDecided = journalEvent<OfReply & { decision: ReplyDecision }>('CalendarReplyDecided');
