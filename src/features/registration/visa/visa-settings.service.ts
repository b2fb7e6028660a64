import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { DETAILS_DAYS, SCAN_DAYS, type VisaTerms } from './visa-terms.rules.js';
import { VisaSettings } from './visa-settings.entity.js';
import { VisaSettingsChanged } from './visa.events.js';
import type { VisaSettingsInput } from './visa.schemas.js';

/** The row of the house, whose visits belong to no conference. */
export const HOUSE_SETTINGS = '00000000-0000-7000-8000-000000000002';

/** Host, signatory and terms of each conference, and of the house for its visits; the row is made when it is first written. */
@Injectable()
export class VisaSettingsOfConferences {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
  ) {}

  /** `conferenceId` null: of the house. */
  async of(conferenceId: string | null): Promise<VisaSettings> {
    const id = conferenceId ?? HOUSE_SETTINGS;
    const found = await this.db.one(VisaSettings, { id });
    return found ?? (usual(id) as VisaSettings);
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
      const { id, conferenceId } = before;
      await this.journal.record(VisaSettingsChanged({ id, ...(conferenceId ? { conferenceId } : {}), fields }));
      return this.of(conferenceId);
    });
  }

  async termsOf(conferenceId: string | null): Promise<VisaTerms> {
    const { detailsDays, scanDays } = await this.of(conferenceId);
    return { detailsDays, scanDays };
  }

  private async ensured(id: string): Promise<VisaSettings> {
    const found = await this.db.one(VisaSettings, { id });
    if (found) return found;
    try {
      await this.db.insert(VisaSettings, usual(id));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
    return (await this.db.one(VisaSettings, { id }))!;
  }
}

function usual(id: string): Omit<VisaSettings, 'conference'> {
  return {
    id,
    conferenceId: id === HOUSE_SETTINGS ? null : id,
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
