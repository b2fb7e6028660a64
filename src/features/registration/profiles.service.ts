import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { People, type PersonFields } from '../people/index.js';
import type { Registration } from './registration.entity.js';
import type { ProfileInput } from './registration.schemas.js';
import { Registrations } from './registrations.service.js';

/** A person's own details, written by themselves. */
@Injectable()
export class Profiles {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly registrations: Registrations,
  ) {}

  /** Saves the profile; what an earlier form had said differently is settled with it. Throws Stale. */
  save(registration: Registration, { version, phone, mononym, family, ...fields }: ProfileInput): Promise<void> {
    return this.db.transaction(async () => {
      await this.people.update({ id: registration.personId, version }, { ...fields, mononym, family: mononym ? null : family, phone: phone?.original ?? null });
      if (registration.locale !== fields.locale || registration.claimed !== null) await this.registrations.settleProfile(registration, fields.locale);
    });
  }

  /** `take`: what the form said replaces what is known; `keep`: it is forgotten. Throws Stale. */
  answerClaims(registration: Registration, answer: 'take' | 'keep'): Promise<void> {
    return this.db.transaction(async () => {
      const person = await this.people.byId(registration.personId);
      if (!person) throw new NotFound();
      if (answer === 'take' && registration.claimed) await this.people.update(person, registration.claimed as Partial<PersonFields>);
      await this.registrations.settleProfile(registration, registration.locale);
    });
  }
}
