import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { DETAILS_DAYS, SCAN_DAYS, type VisaTerms } from './visa-terms.rules.js';
import { VisaSettings } from './visa-settings.entity.js';
import { VisaSettingsChanged } from './visa.events.js';
import type { VisaSettingsInput } from './visa.schemas.js';

/** Host, signatory and terms of each conference; the row is made when it is first asked for. */
@Injectable()
export class VisaSettingsOfConferences {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
  ) {}

  async of(conferenceId: string): Promise<VisaSettings> {
    const found = await this.db.one(VisaSettings, { id: conferenceId });
    return found ?? (usual(conferenceId) as VisaSettings);
  }

  /** Throws Stale. */
  edit(read: { id: string; version: number }, input: VisaSettingsInput): Promise<VisaSettings> {
    const { detailsDays, scanDays } = input;
    const text = (value: string | null): string => value ?? '';
    const changes = {
      hostName: text(input.hostName),
      hostUnp: text(input.hostUnp),
      hostAddress: text(input.hostAddress),
      hostPhone: text(input.hostPhone),
      signatoryName: text(input.signatoryName),
      signatoryPosition: text(input.signatoryPosition),
      detailsDays,
      scanDays,
    };
    return this.db.transaction(async () => {
      const before = await this.ensured(read.id);
      const fields = (Object.keys(changes) as (keyof typeof changes)[]).filter(
        (field) => before[field] !== changes[field],
      );
      if (fields.length === 0 && before.version === read.version) return before;
      await this.db.updateIfUnchanged(VisaSettings, read, changes);
      await this.journal.record(VisaSettingsChanged({ id: read.id, conferenceId: read.id, fields }));
      return this.of(read.id);
    });
  }

  async termsOf(conferenceId: string | null): Promise<VisaTerms> {
    if (conferenceId === null) return { detailsDays: DETAILS_DAYS.usual, scanDays: SCAN_DAYS.usual };
    const { detailsDays, scanDays } = await this.of(conferenceId);
    return { detailsDays, scanDays };
  }

  private async ensured(conferenceId: string): Promise<VisaSettings> {
    const found = await this.db.one(VisaSettings, { id: conferenceId });
    if (found) return found;
    try {
      await this.db.insert(VisaSettings, usual(conferenceId));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    return this.of(conferenceId);
  }
}

function usual(id: string): Omit<VisaSettings, 'conference'> {
  return {
    id,
    hostName: '',
    hostUnp: '',
    hostAddress: '',
    hostPhone: '',
    signatoryName: '',
    signatoryPosition: '',
    detailsDays: DETAILS_DAYS.usual,
    scanDays: SCAN_DAYS.usual,
    version: 1,
  };
}
