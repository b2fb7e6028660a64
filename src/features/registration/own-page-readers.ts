import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { PeopleToTell } from '../programme/index.js';
import { activeKeyOf, Registration } from './registration.entity.js';

const AT_ONCE = 500;

/** Who is registered sees the programme, and what became of it, on a page of their own. */
@Injectable()
export class OwnPageReaders {
  constructor(
    private readonly db: Database,
    toTell: PeopleToTell,
  ) {
    toTell.readersFrom((conferenceId, personIds) => this.among(conferenceId, personIds));
  }

  private async among(conferenceId: string, personIds: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (let at = 0; at < personIds.length; at += AT_ONCE) {
      const keys = personIds.slice(at, at + AT_ONCE).map((personId) => activeKeyOf(conferenceId, personId));
      const rows = await this.db
        .repository(Registration)
        .find({ where: { activeKey: In(keys) }, select: { id: true, personId: true } });
      found.push(...rows.map(({ personId }) => personId));
    }
    return found;
  }
}
