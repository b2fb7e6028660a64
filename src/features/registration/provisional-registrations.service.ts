import { Injectable } from '@nestjs/common';
import { NotFound, Stale } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Conferences } from '../conferences/index.js';
import { Consents, People } from '../people/index.js';
import { Places } from './places.service.js';
import { OwnConsentGiven, ProvisionalRemoved } from './registration.events.js';
import { RegistrationMails } from './registration.mails.js';
import { Registration } from './registration.entity.js';
import { holdsPlace } from './registration.rules.js';
import { SessionChoices } from './session-choices.service.js';
import { WaitingList } from './waiting-list.service.js';

/** Registrations that somebody else made for a person, until that person agrees. Part of the caller's transaction. */
@Injectable()
export class ProvisionalRegistrations {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly consents: Consents,
    private readonly places: Places,
    private readonly waiting: WaitingList,
    private readonly sessions: SessionChoices,
    private readonly mails: RegistrationMails,
  ) {}

  /** The person agrees, in the request that is open: it counts from now on, and they get its number and their page. */
  confirm(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const registration = await this.db.one(Registration, { id });
      if (!registration?.provisionalUntil) return;
      const { personId, conferenceId } = registration;
      await this.consents.record({ personId, answers: { registration: true }, channel: 'web' });
      const version = await this.db.updateIfUnchanged(Registration, registration, { provisionalUntil: null });
      await this.journal.record(OwnConsentGiven({ id, conferenceId, personId }));
      const [person, conference] = await Promise.all([this.people.byId(personId), this.conferences.byId(conferenceId)]);
      if (!person || !conference) throw new NotFound();
      await this.mails.received({ ...registration, provisionalUntil: null, version }, { person, conference });
    });
  }

  /**
   * They have not agreed: nothing is left of the registration, and its seat goes on to whoever waits. False when they have
   * agreed, or when it is gone already. Throws Stale when it changes meanwhile.
   */
  remove(id: string): Promise<boolean> {
    return this.db.transaction(async () => {
      const registration = await this.db.one(Registration, { id });
      if (!registration?.provisionalUntil) return false;
      const { personId, conferenceId, version } = registration;
      await this.sessions.dropAll(registration);
      const { affected } = await this.db.repository(Registration).delete({ id, version });
      if (!affected) throw new Stale(null);
      // Nobody's yes is left behind that was not theirs.
      const said = (await this.consents.current(personId)).get('registration');
      if (said?.given && said.channel === 'focal')
        await this.consents.record({ personId, answers: { registration: false }, channel: 'focal' });
      await this.journal.record(ProvisionalRemoved({ id, conferenceId, personId }));
      if (holdsPlace(registration)) {
        await this.places.free(conferenceId);
        await this.waiting.settle(conferenceId);
      }
      return true;
    });
  }
}
