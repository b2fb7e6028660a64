import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { localDay, toInstant } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Programme } from '../programme/index.js';
import { Venue } from '../venues/index.js';
import { Conference, Series } from './conference.entity.js';
import { phaseOf } from './conference.rules.js';
import { RegistrationDoor } from './conferences.ports.js';
import { KINDS } from './kinds.js';
import { HOME } from './scopes.js';

const PAST_SHOWN = 40;
const HOME_ZONE = 'Europe/Minsk';

export type ShownConference = Conference & { firstDay: Date; lastDay: Date; phase: 'coming' | 'running' | 'over' };

export interface Calendar {
  coming: (ShownConference & { satellites: ShownConference[] })[];
  /** Presentations, concerts, ceremonies and the like, beside the conferences. */
  beside: ShownConference[];
  past: ShownConference[];
}

/** What everybody may see of conferences: only those that are public. */
@Injectable()
export class PublicConferences {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly door: RegistrationDoor,
  ) {}

  /** With venue, series and parent. Throws NotFound, also for a draft. One statement. */
  async bySlug(slug: string): Promise<ShownConference> {
    const conference = await this.db
      .repository(Conference)
      .findOne({ where: { slug, public: true }, relations: { venue: true, series: true, parent: true } });
    if (!conference) throw new NotFound();
    return this.shown(conference);
  }

  async satellitesOf(id: string): Promise<ShownConference[]> {
    const found = await this.db
      .repository(Conference)
      .find({
        where: { parentId: id, public: true },
        relations: { venue: true },
        order: { startsOn: 'ASC', id: 'ASC' },
      });
    return found.map((conference) => this.shown(conference));
  }

  /** One statement. A satellite stands under its parent where the parent is shown, else by itself. */
  async calendar(): Promise<Calendar> {
    const all = await this.db
      .repository(Conference)
      .find({ where: { public: true }, relations: { venue: true }, order: { startsOn: 'ASC', id: 'ASC' } });
    const shown = all.map((conference) => this.shown(conference));
    const ahead = shown.filter(({ phase }) => phase !== 'over');
    const aheadIds = new Set(ahead.map(({ id }) => id));
    const top = ahead.filter(({ parentId }) => parentId === null || !aheadIds.has(parentId));
    return {
      coming: top
        .filter(({ kind }) => KINDS[kind].shelf === 'main')
        .map((conference) => ({
          ...conference,
          satellites: ahead.filter(({ parentId }) => parentId === conference.id),
        })),
      beside: top.filter(({ kind }) => KINDS[kind].shelf === 'beside'),
      past: shown
        .filter(({ phase }) => phase === 'over')
        .reverse()
        .slice(0, PAST_SHOWN),
    };
  }

  /**
   * What a public page of the scope was made from, in one text: it changes with every release, every name that vanishes and
   * every edit of what the page shows. Numbers only grow, so a version never comes back.
   */
  versionOf(scope: string): Promise<string> {
    return scope === HOME ? this.homeVersion() : this.conferenceVersion(scope.replace(/^conference:/, ''));
  }

  private async homeVersion(): Promise<string> {
    const [conferences, venues] = await Promise.all([sum(this.db, Conference), sum(this.db, Venue)]);
    // What is over depends on the day.
    return [conferences, venues, localDay(this.clock.now(), HOME_ZONE)].join('/');
  }

  private async conferenceVersion(id: string): Promise<string> {
    const rows = await this.db.manager
      .createQueryBuilder()
      .from(Conference, 'c')
      .leftJoin(Programme, 'p', 'p.owner_id = c.id')
      .leftJoin(Venue, 'v', 'v.id = c.venue_id')
      .leftJoin(Series, 's', 's.id = c.series_id')
      .select([
        'c.id AS id',
        'c.version AS version',
        'p.current_release AS release_no',
        'p.names_epoch AS epoch',
        'v.version AS venue',
        's.version AS series',
        'c.zone AS zone',
      ])
      .where(
        'c.id = :id OR c.parent_id = :id OR c.id = (SELECT own.parent_id FROM conferences own WHERE own.id = :id)',
        { id },
      )
      .orderBy('c.id', 'ASC')
      .getRawMany<{
        id: string;
        version: number;
        release_no: number | null;
        epoch: number;
        venue: number | null;
        series: number | null;
        zone: string;
      }>();
    const parts = rows.map((row) =>
      [row.id, row.version, row.release_no ?? 0, row.epoch, row.venue ?? 0, row.series ?? 0].join('.'),
    );
    const own = rows.find((row) => row.id === id);
    const door = await this.door.of(id);
    return [...parts, door.state, door.at?.getTime() ?? '', localDay(this.clock.now(), own?.zone ?? HOME_ZONE)].join(
      '/',
    );
  }

  private shown(conference: Conference): ShownConference {
    const noon = (day: string) => toInstant(`${day}T12:00`, conference.zone).instant;
    return {
      ...conference,
      firstDay: noon(conference.startsOn),
      lastDay: noon(conference.endsOn),
      phase: phaseOf(conference, localDay(this.clock.now(), conference.zone)),
    };
  }
}

/** How many rows there are and how often they were edited. */
async function sum(db: Database, entity: typeof Conference | typeof Venue): Promise<string> {
  const row = await db.manager
    .createQueryBuilder()
    .from(entity, 'x')
    .select(['COUNT(*) AS n', 'COALESCE(SUM(x.version), 0) AS edits'])
    .getRawOne<{ n: number | string; edits: number | string }>();
  return `${row!.n}.${row!.edits}`;
}
