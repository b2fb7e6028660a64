import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { MailFailed } from '../../platform/mail/mail-worker.js';
import { MailRetried } from '../../platform/mail/conference-outbox.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Clock } from '../../platform/runtime/clock.js';
import { about } from './invitation-drafts.service.js';
import { Invitation } from './invitation.entity.js';
import { InvitationBounced, InvitationRetried } from './invitation.events.js';
import { invitationOf } from './invitation.mails.js';
import { afterCommand } from './invitation.rules.js';

/** What becomes of an invitation whose letter or reminder did not arrive. Part of the transaction that marks the mail. */
@Injectable()
export class InvitationBounces {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {
    journal.on(MailFailed, ({ id }) => this.failed(id));
    journal.on(MailRetried, ({ id }) => this.retried(id));
  }

  private async failed(mailId: string): Promise<void> {
    const { mail, invitation } = await this.ofMail(mailId);
    // A letter that was sent again since, perhaps to another address, is on its own way.
    if (!invitation?.sentAt || mail.recipient !== invitation.sentTo || mail.createdAt < invitation.sentAt) return;
    const state = afterCommand(invitation, { kind: 'bounce' }, this.clock.now());
    if (state === invitation.state) return;
    if (await this.change(invitation, { state, mailId }))
      await this.journal.record(InvitationBounced({ ...about(invitation), mailId }));
  }

  /** The same bytes are on their way again: the answer is waited for. */
  private async retried(mailId: string): Promise<void> {
    const { invitation } = await this.ofMail(mailId);
    if (invitation?.state !== 'bounced' || invitation.mailId !== mailId) return;
    if (await this.change(invitation, { state: 'queued' }))
      await this.journal.record(InvitationRetried({ ...about(invitation), mailId }));
  }

  /** Not `updateIfUnchanged`: whoever edits it meanwhile must not keep the mail from being marked. */
  private change({ id, state }: Invitation, changes: Partial<Pick<Invitation, 'state' | 'mailId'>>): Promise<boolean> {
    return this.db.compareAndSet(Invitation, { id, state }, { ...changes, version: () => 'version + 1' });
  }

  private async ofMail(id: string): Promise<{ mail: OutgoingMail; invitation: Invitation | null }> {
    const mail = await this.db.repository(OutgoingMail).findOneByOrFail({ id });
    const invitationId = invitationOf(mail);
    const invitation =
      invitationId === null ? null : await this.db.repository(Invitation).findOneBy({ id: invitationId });
    return { mail, invitation };
  }
}
