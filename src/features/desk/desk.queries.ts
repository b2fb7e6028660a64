import { Injectable } from '@nestjs/common';
import { localDay } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Clock } from '../../platform/runtime/clock.js';
import { covers, type Viewer } from '../../platform/web/viewer.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { isConfirmed, Registration } from '../registration/index.js';

export interface Work {
  conference: Conference;
  /** Null where the viewer may not see the registrations. */
  registered: { confirmed: number; pending: number } | null;
  /** Mails that wait for a confirmation; null where the viewer may not send. */
  held: number | null;
}

/** What lies on a desk: the coming conferences that the viewer works for, and what waits in them. */
@Injectable()
export class DeskQueries {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    private readonly clock: Clock,
  ) {}

  /** The nearest first. Three statements, however many conferences there are. */
  async workOf(viewer: Viewer): Promise<Work[]> {
    const now = this.clock.now();
    const mine = (await this.conferences.list())
      .filter((conference) => viewer.level('conference', conference.id) && conference.endsOn >= localDay(now, conference.zone))
      .sort((a, b) => a.startsOn.localeCompare(b.startsOn));
    const [registered, held] = await Promise.all([this.registered(), this.held()]);
    return mine.map((conference) => ({
      conference,
      registered: covers(viewer.level('registration', conference.id), 'read') ? (registered.get(conference.id) ?? { confirmed: 0, pending: 0 }) : null,
      held: covers(viewer.level('outbox', conference.id), 'write') ? (held.get(conference.id) ?? 0) : null,
    }));
  }

  private async registered(): Promise<Map<string, { confirmed: number; pending: number }>> {
    const rows = await this.db
      .repository(Registration)
      .createQueryBuilder('registration')
      .select(['registration.conferenceId AS conference', 'registration.approval AS approval', 'registration.waitlist AS waitlist', 'COUNT(*) AS number'])
      .groupBy('registration.conferenceId')
      .addGroupBy('registration.approval')
      .addGroupBy('registration.waitlist')
      .getRawMany<{ conference: string; approval: Registration['approval']; waitlist: Registration['waitlist']; number: number | string }>();
    const byConference = new Map<string, { confirmed: number; pending: number }>();
    for (const row of rows) {
      const counts = byConference.get(row.conference) ?? { confirmed: 0, pending: 0 };
      if (isConfirmed(row)) counts.confirmed += Number(row.number);
      if (row.approval === 'pending') counts.pending += Number(row.number);
      byConference.set(row.conference, counts);
    }
    return byConference;
  }

  private async held(): Promise<Map<string, number>> {
    const rows = await this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .select(['mail.conferenceId AS conference', 'COUNT(*) AS number'])
      .where('mail.state = :state', { state: 'held' })
      .groupBy('mail.conferenceId')
      .getRawMany<{ conference: string | null; number: number | string }>();
    return new Map(rows.flatMap(({ conference, number }) => (conference === null ? [] : [[conference, Number(number)]])));
  }
}
