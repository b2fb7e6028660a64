import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import type { Locale } from '../../../kernel/locale.js';
import { toInstant } from '../../../kernel/zones.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../../platform/runtime/ids.js';
import { Conferences } from '../../conferences/index.js';
import { institutionName, Institutions } from '../../cooperation/index.js';
import { personName, People } from '../../people/index.js';
import {
  OwnConsentGiven,
  ProvisionalRegistrations,
  Registrations,
  type Registration,
} from '../../registration/index.js';
import { aboutPlace, PlaceEnds } from './place-ends.service.js';
import { QuotaCounter } from './quota-counter.js';
import { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaPlaceConfirmed, QuotaPlaceTaken } from './quota.events.js';
import { QuotaMails } from './quota.mails.js';
import { afterQuotaCommand, consentUntil, isLate, type PlaceWay } from './quota.rules.js';
import { QuotaTokens } from './quota-tokens.js';

const TRIES = 5;

/** What the focal point knows of somebody. */
export interface NamedPerson {
  readonly given: string;
  readonly family: string | null;
  readonly mononym: boolean;
  readonly email: string;
  readonly position: string | null;
  readonly locale: Locale;
}

/** What somebody writes who registers alone. */
export interface AlonePerson extends NamedPerson {
  readonly country: string | null;
  readonly phone: string | null;
}

/** `same`: the person has a place of this quota already, and nothing happened. */
export type Naming = 'new' | 'same';

/** Who has the places of quotas: named by the focal point, registered alone, confirmed, replaced, gone. */
@Injectable()
export class QuotaPlaces {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly conferences: Conferences,
    private readonly institutions: Institutions,
    private readonly people: People,
    private readonly registrations: Registrations,
    private readonly provisional: ProvisionalRegistrations,
    private readonly counter: QuotaCounter,
    private readonly tokens: QuotaTokens,
    private readonly mails: QuotaMails,
    private readonly ends: PlaceEnds,
  ) {
    journal.on(OwnConsentGiven, ({ id }) => this.agreed(id));
  }

  /** The place of the link by which somebody agrees. Ended ones are found too, so that the page can say so. */
  byToken(token: string): Promise<QuotaPlace | null> {
    return this.db.one(QuotaPlace, { tokenHash: hashOf(token) });
  }

  /** Registers somebody for whom the focal point speaks; they are asked to agree. Throws RuleViolation `error.quota.full`. */
  nameOnBehalf(quotaId: string, person: NamedPerson): Promise<Naming> {
    return this.asOne(async () => {
      const quota = await this.open(quotaId);
      if (await this.isNamed(quota, person.email)) return 'same';
      await this.take(quota);
      await this.fill(quota, person);
      return 'new';
    });
  }

  /** Somebody with the link that was passed on. The same form again, or somebody who has a place, changes nothing. */
  registerAlone(quotaId: string, person: AlonePerson, key: string): Promise<Naming> {
    return this.asOne(async () => {
      const quota = await this.open(quotaId);
      if (await this.isNamed(quota, person.email)) return 'same';
      await this.take(quota);
      const known = await this.people.byEmail(person.email.toLowerCase());
      const { registration, outcome } = await this.register(quota, person, { channel: 'web', key });
      if (outcome === 'same') {
        await this.counter.free(quotaId);
        return 'same';
      }
      const place = await this.insert(quota, person, { way: 'alone', registration, ownPerson: !known, outcome });
      if (outcome === 'known') await this.mails.counted(quota, place, registration);
      return 'new';
    });
  }

  /** Somebody else instead: the place moves, consents and answers do not. Throws NotFound for a place of another quota. */
  substitute(quotaId: string, placeId: string, person: NamedPerson): Promise<void> {
    return this.asOne(async () => {
      const quota = await this.open(quotaId);
      const place = await this.taken(quotaId, placeId);
      if (await this.isNamed(quota, person.email)) throw InvalidInput.at('email', 'error.quota.alreadyNamed');
      // The place is kept while it changes hands: somebody faster must not get in between.
      await this.ends.end(quota, place, 'substituted', { keepsPlace: true });
      await this.fill(quota, person);
    });
  }

  /** The focal point names nobody for this place any more. */
  takeBack(quotaId: string, placeId: string): Promise<void> {
    return this.db.transaction(async () => {
      const quota = await this.open(quotaId);
      await this.ends.end(quota, await this.taken(quotaId, placeId), 'removed');
    });
  }

  /** The person agrees, in the request that is open. Throws RuleViolation when the place is gone. */
  confirm(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const place = await this.db.repository(QuotaPlace).findOneByOrFail({ id });
      if (place.state === 'confirmed') return;
      if (place.state === 'ended' || isLate(place, this.clock.now())) throw new RuleViolation('error.quota.placeEnded');
      await this.db.updateIfUnchanged(QuotaPlace, place, { state: 'confirmed', consentUntil: null });
      if (place.ownRegistration && place.registrationId) await this.provisional.confirm(place.registrationId);
      await this.journal.record(QuotaPlaceConfirmed(aboutPlace(await this.quotaOf(place), place)));
    });
  }

  /** They agreed on their own page instead of by the link. */
  private async agreed(registrationId: string): Promise<void> {
    const place = await this.db.repository(QuotaPlace).findOneBy({ registrationId, state: 'named' });
    if (!place) return;
    await this.db.updateIfUnchanged(QuotaPlace, place, { state: 'confirmed', consentUntil: null });
    await this.journal.record(QuotaPlaceConfirmed(aboutPlace(await this.quotaOf(place), place)));
  }

  /** The person does not want to be named: nothing of them is kept. */
  refuse(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const place = await this.db.repository(QuotaPlace).findOneByOrFail({ id });
      if (place.state === 'ended') return;
      if (place.state === 'confirmed') throw new RuleViolation('error.quota.placeConfirmed');
      await this.ends.end(await this.quotaOf(place), place, 'refused');
    });
  }

  private async take(quota: Quota): Promise<void> {
    if (!(await this.counter.take(quota.id))) throw new RuleViolation('error.quota.full', { places: quota.places });
    await this.mails.takeBackReminder(quota);
  }

  private async fill(quota: Quota, person: NamedPerson): Promise<void> {
    const known = await this.people.byEmail(person.email.toLowerCase());
    const until = await this.consentUntil(quota);
    const typed = { ...person, country: null, phone: null };
    const order = { channel: 'focal' as const, provisionalUntil: until };
    const { registration, outcome } = await this.register(quota, typed, order);
    const made = { way: 'on_behalf' as const, registration, ownPerson: !known, outcome, until };
    const place = await this.insert(quota, person, made);
    await this.mails.askConsent(quota, place, registration);
  }

  private async register(
    quota: Quota,
    { email, given, family, mononym, position, country, phone, locale }: AlonePerson,
    order: { channel: 'web' | 'focal'; key?: string; provisionalUntil?: Date },
  ) {
    const institution = (await this.institutions.byIds([quota.institutionId])).get(quota.institutionId)!;
    const named = { given, family: mononym ? null : family, mononym, email, position, phone };
    return this.registrations.register({
      conferenceId: quota.conferenceId,
      form: 'in_person',
      category: quota.category,
      person: {
        ...named,
        institution: institutionName(institution, locale),
        country: country ?? institution.country,
      },
      locale,
      byStaff: true,
      ...order,
    });
  }

  private async insert(
    quota: Quota,
    person: NamedPerson,
    made: {
      way: PlaceWay;
      registration: Registration;
      ownPerson: boolean;
      outcome: string;
      until?: Date;
    },
  ): Promise<QuotaPlace> {
    const { way, registration, ownPerson, outcome, until = null } = made;
    const id = this.ids.next();
    const { personId } = registration;
    const row = {
      id,
      quotaId: quota.id,
      state: until === null ? 'confirmed' : 'named',
      ended: null,
      way,
      name: personName({ ...person, patronymic: null, badgeName: null }),
      email: person.email,
      personId,
      registrationId: registration.id,
      ownRegistration: outcome === 'new',
      ownPerson,
      tokenHash: this.tokens.consentHash({ id }),
      consentUntil: until,
      activeKey: `${quota.id}:${personId}`,
      createdAt: this.clock.now(),
      endedAt: null,
      version: 1,
    } satisfies Omit<QuotaPlace, 'quota'>;
    await this.db.insert(QuotaPlace, row as never);
    const place = row as unknown as QuotaPlace;
    const { conferenceId } = quota;
    await this.journal.record(QuotaPlaceTaken({ id: quota.id, conferenceId, personId, placeId: id, way }));
    return place;
  }

  private quotaOf({ quotaId }: QuotaPlace): Promise<Quota> {
    return this.db.repository(Quota).findOneByOrFail({ id: quotaId });
  }

  /** The quota with its counter, when its places may be filled now. Throws RuleViolation with the reason. */
  private async open(id: string): Promise<Quota> {
    const quota = await this.db.repository(Quota).findOneByOrFail({ id });
    afterQuotaCommand(quota, 'fill', this.clock.now());
    return quota;
  }

  /** Somebody with that address has a place of this quota. */
  private async isNamed(quota: Quota, email: string): Promise<boolean> {
    const person = await this.people.byEmail(email.toLowerCase());
    return person !== null && this.db.repository(QuotaPlace).existsBy({ activeKey: `${quota.id}:${person.id}` });
  }

  private async taken(quotaId: string, id: string): Promise<QuotaPlace> {
    const place = isId(id) ? await this.db.repository(QuotaPlace).findOneBy({ id, quotaId }) : null;
    if (!place) throw new NotFound();
    if (place.state === 'ended') throw new RuleViolation('error.quota.placeEnded');
    return place;
  }

  private async consentUntil({ conferenceId, consentDays }: Quota): Promise<Date> {
    const conference = await this.conferences.byId(conferenceId);
    if (!conference) throw new NotFound();
    const begins = toInstant(`${conference.startsOn}T00:00`, conference.zone).instant;
    return consentUntil(this.clock.now(), consentDays, begins);
  }

  /** Somebody with the same address was a moment faster: look again, and find what is there now. */
  private async asOne<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.db.transaction(work);
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === TRIES) throw error;
      }
    }
  }
}
