import { Injectable } from '@nestjs/common';
import { parseEmailAddress } from '../../kernel/email-address.js';
import { RuleViolation, Stale } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { InboundMail } from '../../platform/inbound/inbound-mail.entity.js';
import { isAutomatic, receivedMail, type ReceivedMail } from '../../platform/inbound/received-mail.js';
import { MailLimitError } from '../../platform/inbound/mime-tree.js';
import { Inbox } from '../../platform/inbound/inbox.service.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Journal } from '../../platform/journal/journal.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { InboundMailReplied } from './inbox.events.js';
import { InboxDesk } from './inbox-desk.service.js';
import { referencesOf, replySubject } from './reply.rules.js';

const KIND = 'letter';

/** Where a reply would go. */
export interface Replying {
  readonly to: string;
  readonly subject: string;
  /** Replies that were written to this mail: the form repeats their number, so that two people do not answer twice. */
  readonly seen: number;
}

/** Letters that staff write in answer to a mail from outside. Nothing here is ever written by itself ([CQ11], [CD5]). */
@Injectable()
export class InboxReplies {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly composer: MessageComposer,
    private readonly inbox: Inbox,
    private readonly desk: InboxDesk,
  ) {}

  /** Null: it cannot be answered, because a program wrote it, or it names nobody to answer to. */
  async replying(mail: InboundMail): Promise<Replying | null> {
    const received = await this.answerable(mail);
    if (received === null) return null;
    const seen = await this.db.repository(OutgoingMail).countBy({ kind: KIND, about: aboutOf(mail) });
    return { to: received.replyTo!, subject: replySubject(received.subject), seen };
  }

  /**
   * Writes to whoever wrote, at once: one mail to one person, asked for at this moment (ruling 9). The mail is done with that.
   * Throws NotFound, RuleViolation for a mail that cannot be answered, Stale when somebody else has answered meanwhile.
   */
  async reply(
    viewer: Viewer,
    id: string,
    { text, seen }: { text: string; seen: number },
    locale: Locale,
  ): Promise<void> {
    const mail = await this.desk.one(viewer, id);
    const received = await this.answerable(mail);
    if (received === null) throw new RuleViolation('error.inbox.noReply');
    await this.db.transaction(async () => {
      const about = aboutOf(mail);
      if ((await this.db.repository(OutgoingMail).countBy({ kind: KIND, about })) !== seen) throw new Stale();
      const mailId = await this.outbox.enqueue({
        kind: KIND,
        cause: `${KIND}:${mail.id}:${seen}`,
        to: { address: received.replyTo! },
        locale,
        subject: replySubject(received.subject),
        blocks: [],
        letter: { text, ...referencesOf(received) },
        about,
        ...(mail.conferenceId ? { conferenceId: mail.conferenceId } : {}),
        ...(mail.personId ? { personId: mail.personId } : {}),
      });
      // Somebody else was quicker by a moment.
      if (mailId === null) throw new Stale();
      await this.db.repository(InboundMail).update({ id: mail.id }, { about });
      const { conferenceId, personId } = mail;
      await this.journal.record(
        InboundMailReplied({
          id: mail.id,
          mailId,
          ...(conferenceId ? { conferenceId } : {}),
          ...(personId ? { personId } : {}),
        }),
      );
      if (mail.state === 'open') await this.inbox.done(mail);
    });
  }

  private async answerable(mail: InboundMail): Promise<ReceivedMail | null> {
    if (mail.kind !== 'letter' && mail.kind !== 'answer') return null;
    try {
      const received = await receivedMail(mail);
      const ours = this.composer.from.address.toLowerCase();
      const { replyTo } = received;
      // Quoted local parts and the like have been delivered to somebody else ([X7]).
      if (replyTo === null || !parseEmailAddress(replyTo).ok) return null;
      return replyTo === ours || isAutomatic(received) ? null : received;
    } catch (error) {
      if (error instanceof MailLimitError) return null;
      throw error;
    }
  }
}

/** What a correspondence is called that is about nothing else. */
function aboutOf({ id, about }: Pick<InboundMail, 'id' | 'about'>): string {
  return about ?? `letter:${id}`;
}
