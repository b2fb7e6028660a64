import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Assignment } from '../assignment.entity.js';
import { activeKey } from '../assignment.rules.js';
import { PersonAssigned } from '../programme.events.js';
import type { Programme } from '../programme.entity.js';
import { inProgramme } from '../programmes.service.js';
import type { TakenOff } from './import.rules.js';

const ROWS = 300;

export type SeatRow = Omit<Assignment, 'session' | 'talk' | 'person'>;

/** Who speaks in a session according to a file. */
@Injectable()
export class ImportedSeats {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  seat(
    sessionId: string,
    { personId, position, zone = null }: Pick<TakenOff, 'personId' | 'position'> & Partial<TakenOff>,
  ): SeatRow {
    const place = { sessionId, talkId: null, personId, role: 'speaker' as const };
    return {
      id: this.ids.next(),
      ...place,
      state: 'confirmed',
      seat: null,
      position,
      zone,
      activeKey: activeKey(place, 'confirmed'),
      seatKey: null,
      version: 1,
    };
  }

  async assign(programme: Programme, rows: readonly SeatRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(Assignment, rows.slice(at, at + ROWS) as never);
    for (const { id, personId, sessionId, role, state } of rows) {
      await this.journal.record(PersonAssigned({ id, ...inProgramme(programme), personId, sessionId, role, state }));
    }
  }
}
