import { Inject, Injectable } from '@nestjs/common';
import { pickText } from '../../../kernel/locale.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Accounts } from '../../accounts/index.js';
import type { Visit } from '../visit.entity.js';
import { Duties } from './duties.service.js';
import { DutyReminder } from './duty-reminder.entity.js';
import { dutyReminderDue, type OwedDuty } from './duty.rules.js';

const HOUR_MS = 3_600_000;

/** Reminds the responsible officer of what is owed after a visit, when it comes near and once more when it is late. */
@Injectable()
export class DutyReminders {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly translator: Translator,
    private readonly outbox: Outbox,
    private readonly accounts: Accounts,
    private readonly duties: Duties,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'visits: remind of what is owed', () => this.remind());
  }

  /** Harmless to repeat, and in two processes: the mark and the mail commit together. */
  async remind(): Promise<void> {
    const owed = await this.duties.owed();
    const sent = await this.db.all(DutyReminder, { visitId: owed.map(({ visit }) => visit.id) });
    for (const { visit, duties } of owed)
      for (const owing of duties) {
        const before = sent.filter(
          ({ visitId, duty, dueOn }) => visitId === visit.id && duty === owing.duty && dueOn === owing.dueOn,
        );
        const due = dutyReminderDue(
          owing,
          before.map(({ urgency }) => urgency),
        );
        if (due) await this.write(visit, owing, due);
      }
  }

  private write(visit: Visit, { duty, dueOn }: OwedDuty, urgency: 'soon' | 'overdue'): Promise<void> {
    return this.db.transaction(async () => {
      const officer = visit.responsibleId === null ? null : await this.accounts.byId(visit.responsibleId);
      if (!(await this.mark({ visitId: visit.id, duty, dueOn, urgency })) || !officer?.active) return;
      const t = (key: string, params = {}) => this.translator.t(officer.locale, `mail.visit.duty.${key}`, params);
      const date = formatDate(officer.locale, new Date(`${dueOn}T12:00:00Z`), 'UTC');
      await this.outbox.enqueue({
        kind: 'visit_duty',
        cause: `visit-duty:${visit.id}:${duty}:${urgency}:${dueOn}`,
        to: { address: officer.email },
        locale: officer.locale,
        subject: t(`${urgency}.subject`, { what: t(`what.${duty}`) }),
        blocks: [
          { kind: 'text', text: t(`${urgency}.text`, { what: t(`what.${duty}`), date }) },
          // Whoever reads the mailbox of the officer learns no more of a restricted visit than its reference.
          {
            kind: 'small',
            text:
              visit.confidentiality === 'restricted'
                ? visit.ref
                : `${visit.ref} ${pickText(visit.title, officer.locale).text}`,
          },
          { kind: 'button', label: t('open'), url: `${this.config.publicUrl}/protocol/visits/${visit.ref}/report` },
        ],
      });
    });
  }

  private async mark(row: Pick<DutyReminder, 'visitId' | 'duty' | 'dueOn' | 'urgency'>): Promise<boolean> {
    try {
      await this.db.insert(DutyReminder, { id: this.ids.next(), ...row, at: this.clock.now() });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
