import { Inject, Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { Accounts } from '../../accounts/index.js';
import { Visit } from '../visit.entity.js';
import { VisitCommitment } from './commitment.entity.js';
import { reminderDue } from './commitment.rules.js';
import { Commitments } from './commitments.service.js';

const HOUR_MS = 3_600_000;

/** Reminds the owner of a promise when it comes near, and once more when it is late. */
@Injectable()
export class CommitmentReminders {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly accounts: Accounts,
    private readonly commitments: Commitments,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'commitments: remind', () => this.remind());
  }

  /** Harmless to repeat, and in two processes: the mark and the mail commit together. */
  async remind(): Promise<void> {
    for (const commitment of await this.db.all(VisitCommitment, { state: 'open' })) {
      const due = reminderDue(commitment, this.commitments.today());
      if (due) await this.write(commitment, due);
    }
  }

  private write(commitment: VisitCommitment, due: 'soon' | 'overdue'): Promise<void> {
    return this.db.transaction(async () => {
      const { id, visitId, version, dueOn, text } = commitment;
      const visit = await this.db.one(Visit, { id: visitId });
      const ownerId = commitment.ownerId ?? visit?.responsibleId ?? null;
      const owner = ownerId === null ? null : await this.accounts.byId(ownerId);
      const marked = await this.db.compareAndSet(
        VisitCommitment,
        { id, version },
        { reminded: due, version: version + 1 },
      );
      if (!marked || !visit || !owner?.active) return;
      const t = (key: string, params = {}) => this.translator.t(owner.locale, `mail.visit.commitment.${key}`, params);
      await this.outbox.enqueue({
        kind: 'commitment',
        cause: `commitment:${id}:${due}:${dueOn ?? ''}`,
        to: { address: owner.email },
        locale: owner.locale,
        subject: t(`${due}.subject`),
        blocks: [
          {
            kind: 'text',
            text: t(`${due}.text`, { date: formatDate(owner.locale, new Date(`${dueOn}T12:00:00Z`), 'UTC') }),
          },
          { kind: 'quote', text },
          // Whoever reads the mailbox of the owner learns no more of a restricted visit than its reference.
          {
            kind: 'small',
            text:
              visit.confidentiality === 'restricted'
                ? visit.ref
                : `${visit.ref} ${pickText(visit.title, owner.locale).text}`,
          },
          {
            kind: 'button',
            label: t('open'),
            url: `${this.config.publicUrl}/protocol/visits/${visit.ref}/commitments`,
          },
        ],
      });
    });
  }
}
