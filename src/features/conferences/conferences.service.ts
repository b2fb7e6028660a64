import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Programmes } from '../programme/index.js';
import { Venues } from '../venues/index.js';
import { Conference, Series } from './conference.entity.js';
import { checkDates, checkEdition, checkParent, differingFields } from './conference.rules.js';
import { ConferenceChanged, ConferenceCreated } from './conferences.events.js';
import { HOME } from './scopes.js';

type Columns = Omit<Conference, 'id' | 'series' | 'parent' | 'venue' | 'version'>;
export type ConferenceFields = Columns;
export type NewConference = Pick<Columns, 'slug' | 'kind' | 'title' | 'startsOn' | 'endsOn' | 'numberPrefix'> &
  Partial<Columns>;

/** Every gathering of the house, from draft to archive. */
@Injectable()
export class Conferences {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly venues: Venues,
    private readonly published: PublishedAnswers,
  ) {}

  bySlug(slug: string): Promise<Conference | null> {
    return this.db.one(Conference, { slug });
  }

  byId(id: string): Promise<Conference | null> {
    return this.db.one(Conference, { id });
  }

  /** In one statement; ids that are not known are left out. */
  async byIds(ids: Iterable<string>): Promise<Map<string, Conference>> {
    const wanted = [...new Set(ids)];
    const found = wanted.length === 0 ? [] : await this.db.repository(Conference).findBy({ id: In(wanted) });
    return new Map(found.map((conference) => [conference.id, conference]));
  }

  /** Every conference, the latest first. */
  list(): Promise<Conference[]> {
    return this.db.repository(Conference).find({ order: { startsOn: 'DESC', id: 'DESC' } });
  }

  /** The satellites of a conference, drafts included, in the order of their dates. */
  satellitesOf(id: string): Promise<Conference[]> {
    return this.db.repository(Conference).find({ where: { parentId: id }, order: { startsOn: 'ASC', id: 'ASC' } });
  }

  /** Makes the conference and its empty programme. Throws InvalidInput at the field that does not fit. */
  create(input: NewConference): Promise<Conference> {
    return this.db.transaction(async () => {
      const columns: Columns = { ...EMPTY, ...input };
      const id = this.ids.next();
      await this.check(id, columns);
      const row = { id, ...columns, version: 1 };
      await slugTaken(() => this.db.insert(Conference, row));
      await this.programmes.createFor({ ownerKind: 'conference', ownerId: id, zone: columns.zone });
      const { slug, kind, parentId } = columns;
      await this.journal.record(ConferenceCreated({ id, conferenceId: id, slug, kind, parentId }));
      this.forget(id, parentId);
      return row as Conference;
    });
  }

  /**
   * Changes what is given and leaves the rest. Nothing is written or recorded when nothing differs. Throws Stale when
   * somebody else changed the conference since `read`, InvalidInput at the field that does not fit.
   */
  edit(read: { id: string; version: number }, changes: Partial<ConferenceFields>): Promise<Conference> {
    return this.db.transaction(async () => {
      const before = await this.byId(read.id);
      if (!before) throw new NotFound();
      const fields = differingFields(before, changes as Partial<Conference>);
      if (fields.length === 0 && before.version === read.version) return before;
      const after = { ...before, ...changes };
      await this.check(before.id, after);
      const version = await slugTaken(() => this.db.updateIfUnchanged(Conference, read, changes));
      if (after.zone !== before.zone)
        await this.programmes.changeZone((await this.programmes.ofOwner(before.id)).id, after.zone);
      await this.journal.record(
        ConferenceChanged({ id: before.id, conferenceId: before.id, fields, dates: movedDates(before, after) }),
      );
      this.forget(before.id, before.parentId, after.parentId);
      return { ...after, version };
    });
  }

  /** Whoever changed a conference sees it changed at once on the public pages of this process. */
  private forget(...ids: (string | null)[]): void {
    this.db.afterCommit(() => {
      for (const scope of [HOME, ...ids]) if (scope !== null) this.published.forget(scope);
    });
  }

  private async check(id: string, columns: Columns): Promise<void> {
    checkDates(columns);
    checkEdition(columns);
    if (columns.parentId !== null) {
      const [parent, hasSatellites] = await Promise.all([
        this.byId(columns.parentId),
        this.db.repository(Conference).existsBy({ parentId: id }),
      ]);
      checkParent({ id, hasSatellites }, parent);
      // Writes the parent's row, so that two conferences cannot become each other's satellite at the same time.
      const stillTop = await this.db.compareAndSet(
        Conference,
        { id: columns.parentId, parentId: IsNull() },
        { parentId: null },
      );
      if (!stillTop) throw InvalidInput.at('parentId', 'error.conference.parentIsSatellite');
    }
    if (columns.seriesId !== null && !(await this.db.repository(Series).existsBy({ id: columns.seriesId })))
      throw InvalidInput.at('seriesId', 'error.conference.unknownSeries');
    if (columns.venueId !== null && !(await this.venues.byId(columns.venueId)))
      throw InvalidInput.at('venueId', 'error.conference.unknownVenue');
  }
}

const EMPTY: Omit<Columns, 'slug' | 'kind' | 'title' | 'startsOn' | 'endsOn' | 'numberPrefix'> = {
  seriesId: null,
  editionNo: null,
  parentId: null,
  tagline: {},
  description: {},
  practical: {},
  zone: 'Europe/Minsk',
  venueId: null,
  host: {},
  contactEmail: null,
  public: false,
};

function movedDates(before: Conference, after: Conference): { before: Days; after: Days } | null {
  const moved = before.startsOn !== after.startsOn || before.endsOn !== after.endsOn;
  return moved ? { before: daysOf(before), after: daysOf(after) } : null;
}

interface Days {
  startsOn: string;
  endsOn: string;
}

function daysOf({ startsOn, endsOn }: Conference): Days {
  return { startsOn, endsOn };
}

async function slugTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw InvalidInput.at('slug', 'error.conference.slugTaken');
    throw error;
  }
}
