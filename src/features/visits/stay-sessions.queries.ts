import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Programme, Session } from '../programme/index.js';
import type { Visit } from './visit.entity.js';

/** The sessions of a stay as they are planned now, in the order of their times; those without one come last. */
@Injectable()
export class VisitSessions {
  constructor(private readonly db: Database) {}

  async of(visit: Pick<Visit, 'id'>): Promise<Session[]> {
    const programme = await this.db.one(Programme, { ownerId: visit.id });
    if (!programme) return [];
    const sessions = await this.db.all(Session, { programmeId: programme.id, status: 'planned' });
    const timeOf = ({ startsAt }: Session) => startsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
    return sessions.toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1));
  }
}
