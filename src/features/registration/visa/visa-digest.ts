import { Inject, Injectable } from '@nestjs/common';
import { And, LessThan, MoreThanOrEqual } from 'typeorm';
import { dayAfter, localDay, toInstant } from '../../../kernel/zones.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate, formatTime } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { Accounts, type Account } from '../../accounts/index.js';
import { VisaRequest } from './visa-request.entity.js';
import { VisaStays } from './visa-stays.js';
import { VisaRevealed } from './visa.events.js';

const HOUSE_ZONE = 'Europe/Minsk';
const HOUR_MS = 3_600_000;

interface Look {
  at: Date;
  who: string;
  whom: string;
  what: string;
  reason: string;
}

/** Once a day the data officers read who looked at passport data the day before, whose, and why ([V2]); no value, no name. */
@Injectable()
export class VisaDigest {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly accounts: Accounts,
    private readonly stays: VisaStays,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'visa digest', () => this.tell());
  }

  /** Harmless to repeat: one mail a day and officer. Nothing was looked at: no mail. */
  async tell(): Promise<void> {
    const today = localDay(this.clock.now(), HOUSE_ZONE);
    const yesterday = dayAfter(today, -1);
    const looks = await this.looksOf(yesterday, today);
    if (looks.length === 0) return;
    for (const officer of await this.accounts.withRoles(['data_officer'])) await this.write(officer, yesterday, looks);
  }

  private async looksOf(from: string, to: string): Promise<Look[]> {
    const [start, end] = [from, to].map((day) => toInstant(`${day}T00:00`, HOUSE_ZONE).instant) as [Date, Date];
    const entries = await this.db.repository(JournalEntry).find({
      where: { type: VisaRevealed.type, at: And(MoreThanOrEqual(start), LessThan(end)) },
      order: { at: 'ASC', id: 'ASC' },
    });
    const people = await this.accounts.byIds(entries.flatMap(({ actorId }) => (actorId ? [actorId] : [])));
    return Promise.all(
      entries.map(async ({ at, actorId, subjectId, data }) => {
        const request = await this.db.one(VisaRequest, { id: subjectId });
        const stay = request && (await this.stays.one(request));
        const { what, reason } = data as { what: string; reason: string };
        return { at, who: (actorId && people.get(actorId)?.name) || '–', whom: stay?.number ?? '–', what, reason };
      }),
    );
  }

  private async write({ email, name, locale }: Account, day: string, looks: readonly Look[]): Promise<void> {
    const t = (key: string, params: Record<string, unknown> = {}): string =>
      this.translator.t(locale, `mail.visa.digest.${key}`, params);
    await this.outbox.enqueue({
      kind: 'visa-digest',
      cause: `visa-digest:${day}`,
      to: { address: email, name },
      locale,
      subject: t('subject', { count: looks.length, day: formatDate(locale, new Date(`${day}T12:00:00Z`), 'UTC') }),
      blocks: [
        { kind: 'text', text: t('intro') },
        {
          kind: 'list',
          items: looks.map(({ at, who, whom, what, reason }) =>
            t('line', { time: formatTime(locale, at, HOUSE_ZONE), who, whom, what: t(`what.${what}`), reason }),
          ),
        },
        { kind: 'small', text: t('small', { address: this.config.publicUrl }) },
      ],
    });
  }
}
