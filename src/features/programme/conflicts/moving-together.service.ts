import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { Venues } from '../../venues/index.js';
import type { Programme } from '../programme.entity.js';
import { SignUps } from '../programme.ports.js';
import { Sessions } from '../sessions.service.js';
import { ConflictSource } from './conflict-source.js';
import { ConflictWatch } from './conflict-watch.js';
import { Conflicts, type FoundConflict } from './conflicts.service.js';
import { byWeight } from './finding.rules.js';
import { heatMap, type HeatMap } from './heat-map.rules.js';
import type { PlacedSession } from './placed-session.rules.js';
import { explainPlace, movedTo } from './places.rules.js';

/** What the rules have against places of one session, or of several that move together. */
@Injectable()
export class MovingTogether {
  constructor(
    private readonly sessions: Sessions,
    private readonly source: ConflictSource,
    private readonly watch: ConflictWatch,
    private readonly conflicts: Conflicts,
    private readonly signUps: SignUps,
    private readonly venues: Venues,
  ) {}

  /**
   * How bad every start in every room is for each of several sessions that move together, by id: what they are to each
   * other where they stand now does not count. `starts` ascending, in milliseconds; `minutes`: another length for all.
   */
  async heatMaps(
    programme: Programme,
    ids: readonly string[],
    { starts, minutes }: { starts: readonly number[]; minutes: number | null },
  ): Promise<Map<string, HeatMap>> {
    const moving = await this.placedAmong(programme, ids, minutes);
    const rooms = (await this.venues.rooms()).map(({ id }) => id);
    const { index, house } = await this.watch.current();
    const without = new Set(moving.keys());
    return new Map(
      [...moving].map(([id, { session, signUps }]) => [
        id,
        heatMap(index, house, session, { starts, rooms, signUps, without }),
      ]),
    );
  }

  /** Everything that the rules have against several sessions at places that they would move to together, worst first. */
  async explain(
    programme: Programme,
    places: readonly { id: string; start: Date; minutes: number; roomId: string | null }[],
  ): Promise<FoundConflict[]> {
    const moving = await this.placedAmong(
      programme,
      places.map(({ id }) => id),
      null,
    );
    const { index, house } = await this.watch.current();
    const without = new Set(moving.keys());
    const found: FoundConflict[] = [];
    for (const { id, start, minutes, roomId } of places) {
      const { session, signUps } = moving.get(id)!;
      const there = { ...movedTo(session, start.getTime(), roomId), end: start.getTime() + minutes * 60_000 };
      const against = explainPlace(index, house, there, signUps, without);
      found.push(...(await this.conflicts.described(programme.id, against, there)));
    }
    return found.sort(byWeight);
  }

  /** Several sessions as they are stored now. Throws NotFound when one is not there. */
  private async placedAmong(
    programme: Programme,
    ids: readonly string[],
    minutes: number | null,
  ): Promise<Map<string, { session: PlacedSession; signUps: number }>> {
    const rows = await this.sessions.byIds(programme.id, ids);
    if (ids.some((id) => !rows.has(id))) throw new NotFound();
    const [placed, signUps] = await Promise.all([
      this.source.placed([...rows.values()]),
      this.signUps.count([...rows.keys()]),
    ]);
    return new Map(
      placed.map((session) => [
        session.id,
        {
          session: minutes === null ? session : { ...session, end: session.start + minutes * 60_000 },
          signUps: signUps.get(session.id) ?? 0,
        },
      ]),
    );
  }
}
