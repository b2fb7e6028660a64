import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { People, personName, type Person } from '../people/index.js';
import { Assignment, Programmes } from '../programme/index.js';
import { Venues } from '../venues/index.js';
import { Journeys, Visits } from '../visits/index.js';
import { Feed, type FeedKind } from './feed.entity.js';
import { FeedMade, FeedRevoked, FeedRotated } from './feeds.events.js';

/** On whose page the addresses are kept. */
export type FeedKeeper = { readonly kind: 'house' } | { readonly kind: 'conference' | 'visit'; readonly id: string };

/** What can be shared: `visit`, `interpreter:ID`, `host:ID`, `driver:ID` (a car) of a visit; `conference`, `strand:ID`, `interpreter:ID`, `host:ID` of a conference; `house`, `room:ID` of the house. */
export interface Shareable {
  readonly what: string;
  readonly kind: FeedKind;
  readonly subjectId: string | null;
  readonly personId: string | null;
  /** The car of a driver. */
  readonly partId?: string;
  /** In the language of the page; null for the conference and the house themselves. */
  readonly name: Readonly<Partial<Record<Locale, string>>> | string | null;
}

export interface NewShare {
  readonly what: string;
  readonly label: string;
  readonly locale: Locale;
}

/** Secret calendar addresses that staff give to others: to interpreters and hosts, to a screen, to the guard post. */
@Injectable()
export class SharedFeeds {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly visits: Visits,
    private readonly journeys: Journeys,
  ) {}

  /** Open ones, the newest first. */
  open(keeper: FeedKeeper): Promise<Feed[]> {
    return this.db.repository(Feed).find({
      where: { ...keptWith(keeper), kind: In(KINDS[keeper.kind]), revokedAt: IsNull() },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  async shareable(keeper: FeedKeeper): Promise<Shareable[]> {
    if (keeper.kind === 'house') return this.ofHouse();
    if (keeper.kind === 'conference') return this.ofConference(keeper.id);
    const whole: Shareable = { what: 'visit', kind: 'visit', subjectId: keeper.id, personId: null, name: null };
    const { id: programmeId } = await this.programmes.ofOwner(keeper.id);
    const helpers = await this.helpersOf(programmeId);
    return [whole, ...helpers.map((one) => ({ ...one, subjectId: keeper.id })), ...(await this.driversOf(keeper.id))];
  }

  /** Opens an address and answers its secret, once. Throws InvalidInput at `what`. */
  async share(keeper: FeedKeeper, { what, label, locale }: NewShare): Promise<{ feed: Feed; token: string }> {
    const shared = (await this.shareable(keeper)).find((one) => one.what === what);
    if (!shared) throw InvalidInput.at('what', 'error.choice');
    const token = this.ids.secret();
    const { kind, subjectId, personId, partId = null } = shared;
    const feed = {
      id: this.ids.next(),
      kind,
      personId,
      conferenceId: keeper.kind === 'conference' ? keeper.id : null,
      subjectId,
      partId,
      label,
      tokenHash: hashOf(token),
      activeKey: null,
      locale,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      lastAgent: null,
      revokedAt: null,
    };
    await this.db.transaction(async () => {
      await this.db.insert(Feed, feed);
      await this.journal.record(FeedMade({ ...about(feed), kind }));
    });
    return { feed: feed as unknown as Feed, token };
  }

  /** Another secret for the same calendar; the old address answers 410 from now on. */
  async rotate(keeper: FeedKeeper, id: string): Promise<{ feed: Feed; token: string }> {
    const feed = await this.find(keeper, id);
    const token = this.ids.secret();
    await this.db.transaction(async () => {
      // The old row stays, to say that the address is gone (410); the new one goes on as the same calendar.
      const next = {
        ...feed,
        id: this.ids.next(),
        tokenHash: hashOf(token),
        createdAt: this.clock.now(),
        lastUsedAt: null,
        lastAgent: null,
      };
      if (!(await this.end(feed))) throw new NotFound();
      await this.db.insert(Feed, next);
      await this.journal.record(FeedRotated(about(next)));
    });
    return { feed, token };
  }

  /** Closes the address: 410 from now on. */
  async revoke(keeper: FeedKeeper, id: string): Promise<void> {
    const feed = await this.find(keeper, id);
    await this.db.transaction(async () => {
      if (await this.end(feed)) await this.journal.record(FeedRevoked(about(feed)));
    });
  }

  private end({ id }: Feed): Promise<boolean> {
    return this.db.compareAndSet(Feed, { id, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }

  private async find(keeper: FeedKeeper, id: string): Promise<Feed> {
    const feed = (await this.open(keeper)).find((one) => one.id === id);
    if (!feed) throw new NotFound();
    return feed;
  }

  private async ofHouse(): Promise<Shareable[]> {
    const rooms = await this.venues.rooms();
    return [
      { what: 'house', kind: 'house', subjectId: null, personId: null, name: null },
      ...rooms.map(({ id, name }): Shareable => ({
        what: `room:${id}`,
        kind: 'room',
        subjectId: id,
        personId: null,
        name,
      })),
    ];
  }

  private async ofConference(conferenceId: string): Promise<Shareable[]> {
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId);
    const strands = await this.programmes.strands(programmeId);
    return [
      { what: 'conference', kind: 'conference', subjectId: null, personId: null, name: null },
      ...strands.map(({ id, name }): Shareable => ({
        what: `strand:${id}`,
        kind: 'strand',
        subjectId: id,
        personId: null,
        name,
      })),
      ...(await this.helpersOf(programmeId)),
    ];
  }

  /** The cars that drive somebody of a visit. */
  private async driversOf(visitId: string): Promise<Shareable[]> {
    const visit = await this.visits.byId(visitId);
    const journeys = await this.journeys.of(visit);
    const cars = new Map(journeys.flatMap(({ ordered }) => (ordered ? [[ordered.id, ordered]] : [])));
    return [...cars.values()].map(({ id, name, plate, driver }): Shareable => ({
      what: `driver:${id}`,
      kind: 'driver',
      subjectId: visitId,
      personId: null,
      partId: id,
      name: [driver, name, plate].filter(Boolean).join(', '),
    }));
  }

  /** Who interprets or receives in a programme. */
  private async helpersOf(programmeId: string): Promise<Shareable[]> {
    const assigned = await this.db.repository(Assignment).find({
      where: { role: In(['interpreter', 'host']), session: { programmeId } },
      select: { id: true, personId: true, role: true },
    });
    const people = await this.people.byIds(assigned.map(({ personId }) => personId));
    const helpers = new Map(
      assigned.map(({ role, personId }) => [
        `${role}:${personId}`,
        { kind: role as FeedKind, person: people.get(personId)! },
      ]),
    );
    return [...helpers]
      .map(([what, { kind, person }]) => ({ what, kind, subjectId: null, personId: person.id, name: nameOf(person) }))
      .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
  }
}

const KINDS: Readonly<Record<FeedKeeper['kind'], FeedKind[]>> = {
  house: ['room', 'house'],
  conference: ['conference', 'strand', 'interpreter', 'host'],
  visit: ['visit', 'interpreter', 'host', 'driver'],
};

function keptWith(keeper: FeedKeeper) {
  if (keeper.kind === 'conference') return { conferenceId: keeper.id };
  return keeper.kind === 'house' ? { conferenceId: IsNull() } : { conferenceId: IsNull(), subjectId: keeper.id };
}

function nameOf(person: Person): string {
  return personName(person);
}

function about({ id, conferenceId, personId }: Pick<Feed, 'id' | 'conferenceId' | 'personId'>) {
  return { id, ...(conferenceId ? { conferenceId } : {}), ...(personId ? { personId } : {}) };
}
