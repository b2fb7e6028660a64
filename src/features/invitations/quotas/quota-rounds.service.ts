import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { numberChanged } from '../../../platform/mail/conference-outbox.js';
import { MailFailed } from '../../../platform/mail/mail-worker.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { People } from '../../people/index.js';
import type { Hindrance } from '../invitation-rounds.service.js';
import { Quota } from './quota.entity.js';
import { QuotaBounced, QuotaReminded } from './quota.events.js';
import { QuotaMails, quotaOf } from './quota.mails.js';
import { PlaceEnds } from './place-ends.service.js';
import { afterQuotaCommand, isWaitedFor } from './quota.rules.js';
import { aboutQuota, Quotas } from './quotas.service.js';

const TEN_MINUTES = 600_000;

/** What happens to many quotas at once, and what becomes of letters that come back. */
@Injectable()
export class QuotaRounds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly quotas: Quotas,
    private readonly mails: QuotaMails,
    private readonly suppressions: Suppressions,
    ends: PlaceEnds,
    jobs: Jobs,
  ) {
    jobs.every(TEN_MINUTES, 'quotas: end places that nobody agreed to', async () => void (await ends.lapseDue()));
    journal.on(MailFailed, ({ id }) => this.failed(id));
  }

  /** The drafts that can leave: with an address that takes mail, and time left. */
  async readyDrafts(conferenceId: string): Promise<ReadonlyMap<string, Quota>> {
    const hindered = await this.hindrances(conferenceId);
    return new Map([...hindered].flatMap(([id, { draft, why }]) => (why === null ? [[id, draft]] : [])));
  }

  /** All drafts, with what keeps them from leaving; null: nothing does. */
  async hindrances(conferenceId: string): Promise<Map<string, { draft: Quota; why: Hindrance | null }>> {
    const drafts = await this.db.repository(Quota).findBy({ conferenceId, state: 'draft' });
    const people = await this.people.byIds(drafts.map(({ personId }) => personId));
    const stopped = await this.suppressions.stopped([...people.values()].flatMap(({ email }) => email ?? []));
    const now = this.clock.now();
    const why = ({ personId, deadline }: Quota): Hindrance | null => {
      const email = people.get(personId)?.email;
      if (!email) return 'noAddress';
      if (now >= deadline) return 'deadlineOver';
      return stopped.has(email.toLowerCase()) ? 'stopped' : null;
    };
    return new Map(drafts.map((draft) => [draft.id, { draft, why: why(draft) }]));
  }

  /** Sends all of them, when they are still as many as was confirmed. Throws Overtaken with their number otherwise. */
  sendDrafts(conferenceId: string, count: number): Promise<void> {
    return this.db.transaction(async () => {
      const ready = await this.readyDrafts(conferenceId);
      if (ready.size !== count) throw numberChanged(ready.size);
      for (const draft of ready.values()) await this.quotas.send(draft);
    });
  }

  /** Drafts a reminder to every institution with free places and time to name people. Answers the batch and how many. */
  remindAll(conferenceId: string): Promise<{ batch: string; count: number }> {
    const batch = `quota-reminders-${this.ids.publicId()}`;
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const open = await this.db.repository(Quota).findBy({ conferenceId, state: In(['queued', 'bounced']) });
      const stopped = await this.suppressions.stopped(open.flatMap(({ sentTo }) => sentTo ?? []));
      const due = open.filter(
        (quota) => quota.sentTo !== null && !stopped.has(quota.sentTo.toLowerCase()) && isWaitedFor(quota, now),
      );
      for (const quota of due) await this.remind(quota, { batch, hold: true });
      return { batch, count: due.length };
    });
  }

  /** One reminder; part of the caller's transaction. */
  async remind(before: Quota, order: { batch: string; hold: boolean }): Promise<void> {
    const now = this.clock.now();
    afterQuotaCommand(before, 'remind', now);
    const version = await this.db.updateIfUnchanged(Quota, before, { remindedAt: now });
    const after = { ...before, remindedAt: now, version };
    await this.mails.remind(after, order);
    await this.journal.record(QuotaReminded({ ...aboutQuota(after), batch: order.batch }));
  }

  private async failed(mailId: string): Promise<void> {
    const mail = await this.db.repository(OutgoingMail).findOneByOrFail({ id: mailId });
    const id = quotaOf(mail);
    const quota = id === null ? null : await this.db.repository(Quota).findOneBy({ id });
    // A letter that was sent again since, perhaps to another address, is on its own way.
    if (!quota?.sentAt || mail.recipient !== quota.sentTo || mail.createdAt < quota.sentAt) return;
    const state = afterQuotaCommand(quota, 'bounce', this.clock.now());
    if (state === quota.state) return;
    const changes = { state, mailId, version: () => 'version + 1' };
    if (await this.db.compareAndSet(Quota, { id: quota.id, state: quota.state }, changes))
      await this.journal.record(QuotaBounced({ ...aboutQuota(quota), mailId }));
  }
}
