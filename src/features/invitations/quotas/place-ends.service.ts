import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { People } from '../../people/index.js';
import { ProvisionalRegistrations, RegistrationCancelled, Registrations } from '../../registration/index.js';
import { QuotaCounter } from './quota-counter.js';
import { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaPlaceEnded } from './quota.events.js';
import { QuotaMails } from './quota.mails.js';
import { isLate, type PlaceEnd } from './quota.rules.js';

/** How taken places become free again, and what then is left of the people who had them. */
@Injectable()
export class PlaceEnds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly people: People,
    private readonly registrations: Registrations,
    private readonly provisional: ProvisionalRegistrations,
    private readonly counter: QuotaCounter,
    private readonly mails: QuotaMails,
  ) {
    journal.on(RegistrationCancelled, ({ id }) => this.registrationCancelled(id));
  }

  /** Ends what nobody agreed to in time, and takes away what it said about people. Answers how many places are free again. */
  async lapseDue(): Promise<number> {
    const due = await this.db
      .repository(QuotaPlace)
      .find({ where: { consentUntil: LessThanOrEqual(this.clock.now()) }, select: { id: true } });
    let lapsed = 0;
    for (const { id } of due) if (await this.lapse(id)) lapsed++;
    return lapsed;
  }

  /** Ends a taken place. `keepsPlace`: the counter stays, because somebody else takes it in this transaction. */
  async end(quota: Quota, place: QuotaPlace, ended: PlaceEnd, { keepsPlace = false } = {}): Promise<void> {
    if (!keepsPlace) await this.counter.free(quota.id);
    // A registration that the person cancelled before they agreed is taken away when their time is over.
    const later = ended === 'cancelled' && place.consentUntil !== null;
    await this.db.updateIfUnchanged(QuotaPlace, place, {
      state: 'ended',
      ended,
      endedAt: this.clock.now(),
      activeKey: null,
      name: null,
      email: null,
      ...(later ? {} : { personId: null, consentUntil: null }),
    });
    await this.journal.record(QuotaPlaceEnded({ ...aboutPlace(quota, place), ended }));
    if (!later && ended !== 'cancelled') await this.endRegistration(place);
  }

  private async endRegistration({ ownRegistration, registrationId, ownPerson, personId }: QuotaPlace): Promise<void> {
    if (!ownRegistration || registrationId === null) return;
    if (await this.provisional.remove(registrationId)) {
      await this.mailsAndPerson(ownPerson, personId);
      return;
    }
    const registration = await this.registrations.byId(registrationId);
    if (registration && registration.approval !== 'cancelled') await this.registrations.cancel(registration);
  }

  private async mailsAndPerson(ownPerson: boolean, personId: string | null): Promise<void> {
    if (!ownPerson || personId === null) return;
    await this.outbox.forget(personId);
    await this.people.forget(personId);
  }

  private async lapse(id: string): Promise<boolean> {
    return this.db.transaction(async () => {
      const place = await this.db.repository(QuotaPlace).findOneByOrFail({ id });
      if (!isLate(place, this.clock.now())) return false;
      if (place.state === 'ended') {
        await this.db.updateIfUnchanged(QuotaPlace, place, { personId: null, consentUntil: null });
        await this.endRegistration(place);
        return false;
      }
      const quota = await this.quotaOf(place);
      await this.end(quota, place, 'lapsed');
      await this.mails.lapsed(quota, place);
      return true;
    });
  }

  /** Cancelled by the person or by staff: the place is free. */
  private async registrationCancelled(registrationId: string): Promise<void> {
    const places = await this.db.repository(QuotaPlace).findBy({ registrationId, state: In(['named', 'confirmed']) });
    for (const place of places) await this.end(await this.quotaOf(place), place, 'cancelled');
  }

  private quotaOf({ quotaId }: QuotaPlace): Promise<Quota> {
    return this.db.repository(Quota).findOneByOrFail({ id: quotaId });
  }
}

/** What every journal entry of a taken place says. */
export function aboutPlace({ id, conferenceId }: Quota, place: QuotaPlace) {
  return { id, conferenceId, personId: place.personId!, placeId: place.id };
}
