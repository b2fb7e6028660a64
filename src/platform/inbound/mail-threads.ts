import { Injectable } from '@nestjs/common';
import { In, type FindOptionsWhere } from 'typeorm';
import { Database } from '../database/database.js';
import { MailAnswers } from '../mail/mail-answers.js';
import { OutgoingMail } from '../mail/outgoing-mail.entity.js';
import { InboundMail } from './inbound-mail.entity.js';
import { MailLimitError, readMailTree } from './mime-tree.js';
import { wordsOf, type ReceivedMail } from './received-mail.js';

type Marks = Pick<InboundMail, 'answersMail' | 'conferenceId' | 'personId' | 'about'>;

/** Message-IDs of References that are looked up: the nearest. */
const LOOKED_UP = 20;
const SHOWN = 50;

/** One mail of a correspondence, sent or received. */
export type ThreadMail =
  | { readonly direction: 'sent'; readonly at: Date; readonly mail: OutgoingMail }
  | { readonly direction: 'received'; readonly at: Date; readonly mail: InboundMail };

/** Which of our mails a mail from outside answers, and what was written to and fro. */
@Injectable()
export class MailThreads {
  constructor(
    private readonly db: Database,
    answers: MailAnswers,
  ) {
    answers.from((ids) => this.answersTo(ids));
  }

  /** What a received mail takes over from the one that it answers. */
  async marksOf({ answers }: Pick<ReceivedMail, 'answers'>): Promise<Partial<Marks>> {
    const ids = answers.slice(0, LOOKED_UP);
    const known = ids.length === 0 ? [] : await this.db.repository(OutgoingMail).findBy({ messageId: In(ids) });
    const [nearest] = known.sort((a, b) => ids.indexOf(a.messageId) - ids.indexOf(b.messageId));
    if (!nearest) return {};
    const { id, conferenceId, personId, about } = nearest;
    return { answersMail: id, conferenceId, personId, about };
  }

  /** The correspondence of a received mail, the oldest first: about the same thing, or round the mail that it answers. */
  async of({ id, about, answersMail, personId }: InboundMail): Promise<ThreadMail[]> {
    const sent: FindOptionsWhere<OutgoingMail>[] = [];
    const received: FindOptionsWhere<InboundMail>[] = [{ id }];
    // A correspondence is named by its first letter; anything else may have been written about to several people.
    if (about !== null && (personId !== null || about.startsWith('letter:'))) {
      const whose = personId === null ? {} : { personId };
      sent.push({ about, ...whose });
      received.push({ about, ...whose });
    }
    if (answersMail !== null) {
      sent.push({ id: answersMail });
      received.push({ answersMail });
    }
    const theirs = await this.db.repository(InboundMail).find({ where: received, take: SHOWN });
    sent.push(...theirs.flatMap((one) => (one.answersMail === null ? [] : [{ id: one.answersMail }])));
    const ours = sent.length === 0 ? [] : await this.db.repository(OutgoingMail).find({ where: sent, take: SHOWN });
    return inOrder(ours, theirs);
  }

  /** What these mails say, in plain words, by id; one that breaks a limit is left out. Two statements. */
  async words(thread: readonly ThreadMail[]): Promise<Map<string, string>> {
    const ids = (direction: ThreadMail['direction']): string[] =>
      thread.flatMap((one) => (one.direction === direction ? [one.mail.id] : []));
    const ours = await this.db
      .repository(OutgoingMail)
      .find({ where: { id: In(ids('sent')) }, select: { id: true, mime: true } });
    const theirs = await this.db
      .repository(InboundMail)
      .find({ where: { id: In(ids('received')) }, select: { id: true, raw: true } });
    const found = new Map<string, string>();
    for (const { id, bytes } of [
      ...ours.map((one) => ({ id: one.id, bytes: one.mime })),
      ...theirs.map((one) => ({ id: one.id, bytes: one.raw })),
    ])
      try {
        found.set(id, await wordsOf({ root: await readMailTree(bytes) }));
      } catch (error) {
        if (!(error instanceof MailLimitError)) throw error;
      }
    return found;
  }

  /** Received mails that answer each of ours, the latest of them. */
  private async answersTo(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db.all(InboundMail, { answersMail: ids });
    rows.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
    return new Map(rows.map(({ id, answersMail }) => [answersMail!, id]));
  }
}

/** Both directions in one list, the oldest first. */
export function inOrder(ours: readonly OutgoingMail[], theirs: readonly InboundMail[]): ThreadMail[] {
  return [
    ...ours.map((mail): ThreadMail => ({ direction: 'sent', at: mail.sentAt ?? mail.createdAt, mail })),
    ...theirs.map((mail): ThreadMail => ({ direction: 'received', at: mail.receivedAt, mail })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}
