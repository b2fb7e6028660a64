import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { ConferenceCreated, KINDS, type ConferenceKind } from '../conferences/index.js';
import { USUAL_CATEGORIES, USUAL_FORMS } from './participation.rules.js';
import { RegistrationSettings } from './registration-settings.entity.js';
import { RegistrationSettingsChanged } from './registration.events.js';
import type { SettingsInput } from './registration.schemas.js';
import { WaitingList } from './waiting-list.service.js';

const OFFER_HOURS = 48;

/** How each conference is registered for. A new conference gets what its kind usually has, and is not open yet. */
@Injectable()
export class SettingsOfRegistration {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly waiting: WaitingList,
  ) {
    journal.on(ConferenceCreated, ({ id, kind }) => this.start(id, kind as ConferenceKind));
  }

  /** Throws NotFound. */
  async of(conferenceId: string): Promise<RegistrationSettings> {
    const settings = await this.db.one(RegistrationSettings, { id: conferenceId });
    if (!settings) throw new NotFound();
    return settings;
  }

  /**
   * Throws Stale, InvalidInput at `closesAt`. A capacity below the places taken is allowed: nobody loses a place, and none
   * is given until enough are free. More capacity is offered to those who wait at once.
   */
  edit(read: { id: string; version: number }, input: SettingsInput): Promise<RegistrationSettings> {
    if (input.opensAt && input.closesAt && input.closesAt <= input.opensAt) throw InvalidInput.at('closesAt', 'error.registration.closesBeforeOpens');
    return this.db.transaction(async () => {
      const before = await this.of(read.id);
      const fields = (Object.keys(input) as (keyof SettingsInput)[]).filter((field) => JSON.stringify(before[field]) !== JSON.stringify(input[field]));
      if (fields.length === 0 && before.version === read.version) return before;
      await this.db.updateIfUnchanged(RegistrationSettings, read, input);
      await this.journal.record(RegistrationSettingsChanged({ id: read.id, conferenceId: read.id, fields }));
      await this.waiting.settle(read.id);
      return this.of(read.id);
    });
  }

  private async start(id: string, kind: ConferenceKind): Promise<void> {
    const usual = KINDS[kind];
    await this.db.insert(RegistrationSettings, {
      id,
      opensAt: null,
      closesAt: null,
      approval: usual.registration === 'manual' ? 'manual' : 'automatic',
      capacity: null,
      taken: 0,
      waitingNext: 1,
      nextNumber: 1,
      categories: usual.categories === 'listeners' ? ['listener'] : [...USUAL_CATEGORIES],
      forms: usual.categories === 'listeners' ? ['in_person'] : [...USUAL_FORMS],
      offerHours: OFFER_HOURS,
      version: 1,
    });
  }
}
