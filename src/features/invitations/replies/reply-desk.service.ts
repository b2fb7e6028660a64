import { Injectable } from '@nestjs/common';
import { RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Sessions, type SavedSession } from '../../programme/index.js';
import { Invitations, type GivenAnswer } from '../invitations.service.js';
import { CalendarReplyRow } from './calendar-reply.entity.js';
import { CalendarReplyDecided } from './calendar-reply.events.js';
import { RefusalMails } from './refusal.mails.js';
import { answerOf, channelOf, decisionsFor, placeIn, type ReplyDecision } from './reply-decision.rules.js';
import { ReplyQueries, type KnownReply } from './reply.queries.js';

type Read = Readonly<{ id: string; version: number }>;

/**
 * What people make of answers that could not count by themselves. Each is decided once. All throw NotFound, Stale, and
 * RuleViolation where the decision is not (any more) possible.
 */
@Injectable()
export class ReplyDesk {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly queries: ReplyQueries,
    private readonly invitations: Invitations,
    private readonly sessions: Sessions,
    private readonly refusals: RefusalMails,
  ) {}

  /** The decisions that are possible now. */
  async possible(known: KnownReply): Promise<ReplyDecision[]> {
    const { reply } = known;
    const { waitsFor } = reply;
    if (!isWaiting(reply) || waitsFor === null) return [];
    return decisionsFor({ ...reply, waitsFor }, await this.queries.surroundings(known));
  }

  /** It is their answer after all. */
  count(conferenceId: string, read: Read): Promise<CalendarReplyRow> {
    return this.decide(conferenceId, read, 'counted', ({ reply, invitation }) =>
      this.answer(reply, invitation!.id, { answer: answerOf(reply)! }),
    );
  }

  /** Somebody comes instead: drafts their invitation. Throws InvalidInput at `substitute.…`. */
  prepare(conferenceId: string, read: Read, substitute: GivenAnswer['substitute']): Promise<CalendarReplyRow> {
    return this.decide(conferenceId, read, 'prepared', ({ reply, invitation }) =>
      this.answer(reply, invitation!.id, { answer: 'substituted', ...(substitute ? { substitute } : {}) }),
    );
  }

  /** The session goes to the time that was asked for; its room stays. They are told with the next release. */
  async move(conferenceId: string, read: Read): Promise<{ reply: CalendarReplyRow; saved: SavedSession }> {
    let saved: SavedSession | undefined;
    const reply = await this.decide(conferenceId, read, 'moved', async ({ reply: asked, session }) => {
      const { programmeId, roomId, minutes } = session!;
      saved = await this.sessions.move(programmeId, session!, { ...placeIn(asked, minutes)!, roomId });
    });
    return { reply, saved: saved! };
  }

  /** What was told last stands, and they are told so. */
  refuse(conferenceId: string, read: Read, words: string): Promise<CalendarReplyRow> {
    return this.decide(conferenceId, read, 'refused', (known) => this.refusals.refuse(known, words));
  }

  /** It is no answer, or somebody has dealt with it elsewhere. */
  setAside(conferenceId: string, read: Read): Promise<CalendarReplyRow> {
    return this.decide(conferenceId, read, 'set-aside', () => Promise.resolve());
  }

  private async answer(
    reply: CalendarReplyRow,
    invitationId: string,
    given: Pick<GivenAnswer, 'answer' | 'substitute'>,
  ): Promise<void> {
    const comment = reply.comment === '' ? {} : { comment: reply.comment };
    await this.invitations.answer(invitationId, { ...given, ...comment, channel: channelOf(reply), decided: true });
  }

  private decide(
    conferenceId: string,
    read: Read,
    decision: ReplyDecision,
    act: (known: KnownReply) => Promise<unknown>,
  ): Promise<CalendarReplyRow> {
    return this.db.transaction(async () => {
      const known = await this.queries.one(conferenceId, read.id);
      const { reply } = known;
      if (reply.version !== read.version) throw new Stale(reply);
      if (!isWaiting(reply)) throw new RuleViolation('error.reply.decided');
      if (!(await this.possible(known)).includes(decision)) throw new RuleViolation('error.reply.notPossible');
      const decidedAt = this.clock.now();
      // The row first: who comes second stops here.
      const version = await this.db.updateIfUnchanged(CalendarReplyRow, read, { decision, decidedAt });
      await act(known);
      const { id: replyId, invitationId, personId } = reply;
      const subject = { id: invitationId ?? replyId, conferenceId, ...(personId ? { personId } : {}) };
      await this.journal.record(CalendarReplyDecided({ ...subject, replyId, decision }));
      return { ...reply, decision, decidedAt, version };
    });
  }
}

export function isWaiting({ fate, decision }: Pick<CalendarReplyRow, 'fate' | 'decision'>): boolean {
  return fate === 'waits' && decision === null;
}
