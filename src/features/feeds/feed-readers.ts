import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { PeopleToTell } from '../programme/index.js';
import { Feed } from './feed.entity.js';

const AT_ONCE = 500;

/** Whoever has a calendar address sees a release in their calendar. */
@Injectable()
export class FeedReaders {
  constructor(
    private readonly db: Database,
    toTell: PeopleToTell,
  ) {
    toTell.readersFrom((_conferenceId, personIds) => this.among(personIds));
  }

  private async among(personIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let at = 0; at < personIds.length; at += AT_ONCE) {
      const where = { personId: In(personIds.slice(at, at + AT_ONCE)), revokedAt: IsNull() };
      const rows = await this.db.repository(Feed).find({ where, select: { id: true, personId: true } });
      found.push(...rows.flatMap(({ personId }) => personId ?? []));
    }
    return found;
  }
}
