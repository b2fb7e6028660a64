import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Secrets } from '../../platform/runtime/secrets.js';
import { Consent, type ConsentChannel } from './consent.entity.js';
import { ConsentsRecorded } from './people.events.js';
import { CONSENT_PURPOSES, textVersionOf, type ConsentPurpose } from './purposes.js';

export interface ConsentAnswers {
  personId: string;
  /** Only what is answered; what is left out stays as it is. */
  answers: Partial<Record<ConsentPurpose, boolean>>;
  channel: ConsentChannel;
  /** Somebody who was added just now, and has answered nothing yet. */
  first?: boolean;
}

/** Who agreed to what, when, in which words. Rows are only ever added. */
@Injectable()
export class Consents {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly secrets: Secrets,
    private readonly journal: Journal,
  ) {}

  /** Adds a row for each answer that differs from the current one. Language and evidence come from the request. */
  record({ personId, answers, channel, first = false }: ConsentAnswers): Promise<void> {
    return this.db.transaction(async () => {
      const current = first ? new Map<ConsentPurpose, Consent>() : await this.current(personId);
      const { locale, address, userAgent } = currentContext();
      const rows = CONSENT_PURPOSES.flatMap((purpose) => {
        const given = answers[purpose];
        const textVersion = textVersionOf(purpose);
        const known = current.get(purpose);
        // What somebody else said for them is not the person's own word, even where it is the same.
        const own = known !== undefined && (known.channel !== 'focal' || channel === 'focal');
        if (given === undefined || (own && known.given === given && known.textVersion === textVersion)) return [];
        const evidenceHash = this.secrets.sign('consent-evidence', `${address}\n${userAgent}`);
        return [
          {
            id: this.ids.next(),
            personId,
            purpose,
            textVersion,
            locale,
            given,
            channel,
            evidenceHash,
            at: this.clock.now(),
          },
        ];
      });
      if (rows.length === 0) return;
      await this.db.insert(Consent, rows);
      const recorded = rows.map(({ purpose, given, textVersion }) => ({ purpose, given, textVersion }));
      await this.journal.record(ConsentsRecorded({ id: personId, personId, answers: recorded }));
    });
  }

  /** The latest answer to each purpose; a purpose that was never asked is not in the map. */
  async current(personId: string): Promise<Map<ConsentPurpose, Consent>> {
    const rows = await this.db.all(Consent, { personId });
    rows.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
    return new Map(rows.map((row) => [row.purpose, row]));
  }

  /** Every answer, newest first. */
  history(personId: string): Promise<Consent[]> {
    return this.db.repository(Consent).find({ where: { personId }, order: { at: 'DESC', id: 'DESC' } });
  }

  /** Those of the people who say yes to the purpose now. One statement. */
  async given(purpose: ConsentPurpose, personIds: readonly string[]): Promise<Set<string>> {
    const answers = await this.answers(purpose, personIds);
    return new Set([...answers].filter(([, given]) => given).map(([id]) => id));
  }

  /** What each of the people says to the purpose now; who was never asked is left out. One statement. */
  async answers(purpose: ConsentPurpose, personIds: readonly string[]): Promise<Map<string, boolean>> {
    const answers = new Map<string, boolean>();
    if (personIds.length > 0) {
      const rows = await this.db
        .repository(Consent)
        .createQueryBuilder('consent')
        .where('consent.purpose = :purpose AND consent.person_id IN (:...personIds)', { purpose, personIds })
        .orderBy('consent.at', 'ASC')
        .addOrderBy('consent.id', 'ASC')
        .getMany();
      for (const row of rows) answers.set(row.personId, row.given);
    }
    return answers;
  }
}
