import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { LegalHolds } from '../../../platform/purge/legal-holds.service.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { Accounts } from '../../accounts/index.js';
import { PurgeDesk, type ShownHold } from './purge-desk.js';

const HOUR_MS = 3_600_000;

/** The data officers are told a week before a legal hold ends: what it keeps goes the night after. */
@Injectable()
export class HoldReminders {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly accounts: Accounts,
    private readonly desk: PurgeDesk,
    private readonly holds: LegalHolds,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'legal holds', () => this.tell());
  }

  /** Harmless to repeat: each hold is told of once. */
  tell(): Promise<void> {
    return this.db.transaction(async () => {
      for (const ending of await this.desk.named(await this.holds.takeEnding())) await this.write(ending);
    });
  }

  private async write({ hold, subject }: ShownHold): Promise<void> {
    for (const { email, name, locale } of await this.accounts.withRoles(['data_officer'])) {
      const t = (key: string, params: Record<string, unknown> = {}): string =>
        this.translator.t(locale, `mail.hold.${key}`, params);
      const day = formatDate(locale, new Date(`${hold.endsOn}T12:00:00Z`), 'UTC');
      await this.outbox.enqueue({
        kind: 'legal-hold',
        cause: `legal-hold:${hold.id}`,
        to: { address: email, name },
        locale,
        subject: t('subject', { subject, day }),
        blocks: [
          { kind: 'text', text: t('text', { subject, day }) },
          { kind: 'text', text: t('reason', { reason: hold.reason }) },
          { kind: 'button', label: t('button'), url: `${this.config.publicUrl}/admin/purge` },
        ],
      });
    }
  }
}
