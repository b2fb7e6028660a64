import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { BoardOperations, Programmes } from '../../programme/index.js';
import type { Visit } from '../visit.entity.js';
import { StayReleases } from './stay-releases.service.js';

/** Everything that begins on the day at the time or later goes so many minutes later. */
export interface StayShift {
  readonly day: string;
  readonly from: string;
  readonly minutes: number;
}

/** A programme of stay that runs late, or early. */
@Injectable()
export class StayShifts {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly board: BoardOperations,
    private readonly releases: StayReleases,
  ) {}

  /** Answers how many items moved; undone like any step of the board. */
  async shift(visit: Visit, shift: StayShift): Promise<number> {
    const { id } = await this.programmes.ofOwner(visit.id);
    const { operation } = await this.board.run(id, { kind: 'shift', ...shift });
    return operation.changes.length;
  }

  /**
   * The same in a frozen programme, with the change sheet that follows from it, both or neither. Answers the number of the
   * sheet, whose mails wait for their number to be confirmed. Throws RuleViolation where there are conflicts nobody accepted.
   */
  shiftAndIssue(visit: Visit, shift: StayShift): Promise<number> {
    return this.db.transaction(async () => {
      await this.shift(visit, shift);
      const [latest] = await this.releases.of(visit.id);
      const { changeSheet } = await this.releases.send(visit, latest?.number ?? 0);
      return changeSheet!;
    });
  }
}
