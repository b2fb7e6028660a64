import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Interpreters } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import type { ConflictIndex } from '../conflicts/conflict-index.rules.js';
import { ConflictSource } from '../conflicts/conflict-source.js';
import { ConflictWatch } from '../conflicts/conflict-watch.js';
import { Conflicts } from '../conflicts/conflicts.service.js';
import { limitsOf } from '../conflicts/limits.rules.js';
import type { House, PlacedSession } from '../conflicts/placed-session.rules.js';
import type { Programme } from '../programme.entity.js';
import { SignUps } from '../programme.ports.js';
import { ReleaseSnapshots } from '../release-snapshots.service.js';
import { Releases } from '../releases.service.js';
import { HARD_FINDINGS, type Draft, type DraftSession } from '../scheduler/draft/draft.rules.js';
import { Session } from '../session.entity.js';

export interface LoadedDraft {
  readonly draft: Draft;
  /** What sessions are judged by; not to be kept. */
  readonly house: House;
}

/** Reads a programme as it stands, with everything that other programmes take up. A fixed number of statements. */
@Injectable()
export class DraftSource {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly venues: Venues,
    private readonly interpreters: Interpreters,
    private readonly signUps: SignUps,
    private readonly source: ConflictSource,
    private readonly watch: ConflictWatch,
    private readonly conflicts: Conflicts,
    private readonly releases: Releases,
    private readonly snapshots: ReleaseSnapshots,
  ) {}

  /** Of committed rows only. */
  async load(programme: Programme): Promise<LoadedDraft> {
    const rows = await this.db
      .repository(Session)
      .find({ where: { programmeId: programme.id, status: 'planned' }, order: { startsAt: 'ASC', code: 'ASC' } });
    const ids = rows.map(({ id }) => id);
    const [placed, signUps, favourites, released, accepted, rooms, interpreters, { house, index }] = await Promise.all([
      this.source.placed(rows),
      this.signUps.count(ids),
      this.signUps.forBoth(ids),
      this.released(programme),
      this.accepted(programme.id),
      this.venues.rooms(),
      this.interpreters.list(),
      this.watch.current(),
    ]);
    const sessions = rows.map((row, at): DraftSession => ({
      ...placed[at]!,
      isPlaced: row.startsAt !== null,
      kind: row.kind,
      pinned: row.pinned,
      strandId: row.strandId,
      languages: row.languages,
      interpretation: row.interpretation,
      signUps: signUps.get(row.id) ?? 0,
      released: released.get(row.id) ?? null,
      isAccepted: accepted.has(row.id),
    }));
    const people = [...new Set(sessions.flatMap((session) => session.people))];
    const times = people.flatMap((id) => {
      const time = house.time(programme.id, id);
      return time ? [[id, time] as const] : [];
    });
    return {
      house,
      draft: {
        zone: programme.zone,
        now: this.clock.now().getTime(),
        limits: limitsOf(programme.limits),
        rooms: rooms.map(({ id, venueId, capacity, parts }) => ({ id, venueId, capacity, parts })),
        sessions,
        foreign: foreignOf(index, programme.id).map((session) => ({
          session,
          limits: house.limits(session.programmeId),
        })),
        times: new Map(times),
        interpreters: interpreters.map(({ profile }) => profile.directions),
        favourites,
      },
    };
  }

  /** Where the latest release says that sessions are. */
  private async released({ id }: Programme): Promise<Map<string, DraftSession['released']>> {
    const current = await this.releases.current(id);
    const { sessions } = current ? await this.snapshots.released(current.id) : { sessions: [] };
    return new Map(
      sessions
        .filter(({ content }) => content.status === 'planned')
        .map(({ sessionId, content }) => [
          sessionId,
          { start: Date.parse(content.startsAt), roomId: content.room?.id ?? null },
        ]),
    );
  }

  /** Sessions in a conflict that somebody has accepted with a reason: moving them would be to know better. */
  private async accepted(programmeId: string): Promise<Set<string>> {
    const found = await this.conflicts.findings(programmeId);
    return new Set(
      found.flatMap(({ rule, override, sessions }) => (override && HARD_FINDINGS.includes(rule) ? sessions : [])),
    );
  }
}

function foreignOf(index: ConflictIndex, programmeId: string): PlacedSession[] {
  return index.sessions().filter((session) => session.programmeId !== programmeId);
}
