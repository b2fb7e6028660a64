import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { toInstant } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Jobs } from '../../platform/runtime/jobs.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { Places } from './places.service.js';
import { RegistrationSettings } from './registration-settings.entity.js';
import { Registration } from './registration.entity.js';
import { OfferLapsed, PlaceOffered } from './registration.events.js';
import { holdsPlace, lapse, offer } from './registration.rules.js';
import { planWaitlist, type WaitlistEntry, type WaitlistPlan } from './waitlist.rules.js';

const EVERY_MS = 60_000;

/** Gives freed places to those who wait, in their order, as offers that end. */
@Injectable()
export class WaitingList {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly places: Places,
    private readonly conferences: Conferences,
    jobs: Jobs,
  ) {
    jobs.every(EVERY_MS, 'waiting lists', () => this.settleAll());
  }

  /** Every conference with somebody in its waiting list. Harmless to repeat, and to run in several processes at once. */
  async settleAll(): Promise<void> {
    const rows = await this.db
      .repository(Registration)
      .createQueryBuilder('registration')
      .select('DISTINCT registration.conference_id', 'conferenceId')
      .where({ waitlist: In(['waiting', 'offered']) })
      .getRawMany<{ conferenceId: string }>();
    for (const { conferenceId } of rows) {
      const { lapses, offers } = await this.plan(conferenceId);
      if (lapses.length + offers.length > 0) await this.settle(conferenceId);
    }
  }

  /** Ends the offers whose time is over and offers every free place; part of the transaction that frees one. */
  settle(conferenceId: string): Promise<void> {
    return this.db.transaction(async () => {
      const { lapses, offers, rows } = await this.plan(conferenceId);
      for (const id of lapses) await this.end(rows.get(id)!);
      for (const { id, until } of offers) {
        if (!(await this.places.take(conferenceId))) return;
        if (!(await this.give(rows.get(id)!, until))) await this.places.free(conferenceId);
      }
    });
  }

  /** How many stand in front of this one, and how many wait in all. */
  async standing(registration: Registration): Promise<{ ahead: number; waiting: number }> {
    const waiting = await this.db.repository(Registration).find({
      where: { conferenceId: registration.conferenceId, waitlist: 'waiting' },
      select: { id: true, waitingPosition: true },
    });
    return { ahead: waiting.filter((one) => (one.waitingPosition ?? 0) < (registration.waitingPosition ?? 0)).length, waiting: waiting.length };
  }

  private async plan(conferenceId: string): Promise<WaitlistPlan & { rows: Map<string, Registration> }> {
    const conference = await this.conferences.byId(conferenceId);
    const settings = await this.db.repository(RegistrationSettings).findOneBy({ id: conferenceId });
    if (!conference || !settings) return { lapses: [], offers: [], rows: new Map() };
    const rows = await this.db.repository(Registration).findBy({ conferenceId, waitlist: In(['waiting', 'offered']) });
    const free = settings.capacity === null ? rows.length : settings.capacity - settings.taken;
    const plan = planWaitlist(rows.map(entryOf), free, this.clock.now(), { hours: settings.offerHours, lastMoment: beginning(conference) });
    return { ...plan, rows: new Map(rows.map((row) => [row.id, row])) };
  }

  private async end(row: Registration): Promise<void> {
    const { waitlist } = lapse(row);
    const done = await this.db.compareAndSet(Registration, { id: row.id, version: row.version }, { waitlist, offerUntil: null, version: row.version + 1 });
    if (!done) return;
    if (holdsPlace(row)) await this.places.free(row.conferenceId);
    await this.journal.record(OfferLapsed(subject(row)));
  }

  private async give(row: Registration, until: Date): Promise<boolean> {
    const { waitlist } = offer(row);
    const done = await this.db.compareAndSet(Registration, { id: row.id, version: row.version }, { waitlist, offerUntil: until, version: row.version + 1 });
    if (done) await this.journal.record(PlaceOffered({ ...subject(row), until: until.toISOString() }));
    return done;
  }
}

function entryOf(row: Registration): WaitlistEntry {
  return { id: row.id, waitlist: row.waitlist as WaitlistEntry['waitlist'], position: row.waitingPosition ?? 0, offerUntil: row.offerUntil };
}

function subject({ id, conferenceId, personId }: Registration): { id: string; conferenceId: string; personId: string } {
  return { id, conferenceId, personId };
}

/** Midnight before the first day, on the conference's clock. */
function beginning({ startsOn, zone }: Conference): Date {
  return toInstant(`${startsOn}T00:00`, zone).instant;
}
