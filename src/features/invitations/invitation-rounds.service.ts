import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { numberChanged } from '../../platform/mail/conference-outbox.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { isWaiting } from '../../platform/mail/outbox.rules.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Jobs } from '../../platform/runtime/jobs.js';
import { People } from '../people/index.js';
import { about } from './invitation-drafts.service.js';
import { Invitation } from './invitation.entity.js';
import { InvitationReminded } from './invitation.events.js';
import { InvitationMails, invitationOf } from './invitation.mails.js';
import { afterCommand } from './invitation.rules.js';
import { Invitations } from './invitations.service.js';

const TEN_MINUTES = 600_000;

/** What keeps a draft from leaving. */
export type Hindrance = 'noAddress' | 'deadlineOver' | 'stopped';

/** What happens to many invitations at once: sending all drafts, reminding, ending those whose time is over. */
@Injectable()
export class InvitationRounds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly invitations: Invitations,
    private readonly mails: InvitationMails,
    private readonly suppressions: Suppressions,
    jobs: Jobs,
  ) {
    jobs.every(TEN_MINUTES, 'invitations: end those whose time is over', async () => void (await this.expireDue()));
  }

  /** The drafts that can leave: with an address that takes mail, and time left to answer. */
  async readyDrafts(conferenceId: string): Promise<ReadonlyMap<string, Invitation>> {
    const hindered = await this.hindrances(conferenceId);
    return new Map([...hindered].flatMap(([id, { draft, why }]) => (why === null ? [[id, draft]] : [])));
  }

  /** All drafts, with what keeps them from leaving; null: nothing does. */
  async hindrances(conferenceId: string): Promise<Map<string, { draft: Invitation; why: Hindrance | null }>> {
    const drafts = await this.db.repository(Invitation).findBy({ conferenceId, state: 'draft' });
    const people = await this.people.byIds(drafts.map(({ personId }) => personId));
    const stopped = await this.suppressions.stopped([...people.values()].flatMap(({ email }) => email ?? []));
    const now = this.clock.now();
    const why = ({ personId, deadline }: Invitation): Hindrance | null => {
      const email = people.get(personId)?.email;
      if (!email) return 'noAddress';
      if (deadline !== null && now >= deadline) return 'deadlineOver';
      return stopped.has(email.toLowerCase()) ? 'stopped' : null;
    };
    return new Map(drafts.map((draft) => [draft.id, { draft, why: why(draft) }]));
  }

  /** Sends all of them, when they are still as many as was confirmed. Throws Overtaken with their number otherwise. */
  sendDrafts(conferenceId: string, count: number): Promise<void> {
    return this.db.transaction(async () => {
      const ready = await this.readyDrafts(conferenceId);
      if (ready.size !== count) throw numberChanged(ready.size);
      for (const draft of ready.values()) await this.invitations.send(draft);
    });
  }

  /** Drafts a reminder to everybody who was asked and has not answered. Answers the batch and how many. */
  remindAll(conferenceId: string): Promise<{ batch: string; count: number }> {
    const batch = `reminders-${this.ids.publicId()}`;
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const open = await this.db.repository(Invitation).findBy({ conferenceId, state: In(['queued', 'bounced']) });
      const stopped = await this.suppressions.stopped(open.flatMap(({ sentTo }) => sentTo ?? []));
      const waiting = await this.waiting(open);
      const due = open.filter(
        ({ id, deadline, sentTo }) =>
          sentTo !== null &&
          !waiting.has(id) &&
          !stopped.has(sentTo.toLowerCase()) &&
          (deadline === null || now < deadline),
      );
      for (const before of due) await this.remind(before, { batch, hold: true });
      return { batch, count: due.length };
    });
  }

  /** One reminder; part of the caller's transaction. Throws Stale when they answer at this moment. */
  async remind(before: Invitation, order: { batch: string; hold: boolean }): Promise<void> {
    const now = this.clock.now();
    afterCommand(before, { kind: 'remind' }, now);
    const version = await this.db.updateIfUnchanged(Invitation, before, { remindedAt: now });
    const after = { ...before, remindedAt: now, version };
    await this.mails.remind(after, order);
    await this.journal.record(InvitationReminded({ ...about(after), batch: order.batch }));
  }

  /** Those whose letter has not left yet: there is nothing to remind them of. */
  private async waiting(invitations: readonly Invitation[]): Promise<Set<string>> {
    const rows = await this.db.all(OutgoingMail, { id: invitations.flatMap(({ mailId }) => mailId ?? []) });
    return new Set(rows.flatMap((row) => (isWaiting(row.state) ? (invitationOf(row) ?? []) : [])));
  }

  /** Ends what nobody answered in time. Answers how many. */
  async expireDue(): Promise<number> {
    const due = await this.db
      .repository(Invitation)
      .findBy({ state: In(['queued', 'bounced']), deadline: LessThanOrEqual(this.clock.now()) });
    let ended = 0;
    for (const { id } of due) if (await this.invitations.expire(id)) ended++;
    return ended;
  }
}
