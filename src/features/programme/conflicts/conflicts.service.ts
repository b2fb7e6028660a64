import { Injectable } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import type { Localized } from '../../../kernel/locale.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Venues } from '../../venues/index.js';
import { Assignment, Availability } from '../assignment.entity.js';
import { ConflictIndex } from './conflict-index.js';
import { FindingOverride } from './finding-override.entity.js';
import {
  byWeight,
  findingKey,
  sizeFindings,
  timeFindings,
  type Finding,
  type PersonTime,
  type PlacedSession,
} from './finding.rules.js';
import { FindingOverridden, OverrideWithdrawn } from '../programme.events.js';
import { SignUps } from '../programme.ports.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';

/** A session as a finding names it; of a restricted session of another programme only that it is there. */
export interface SessionInConflict {
  id: string;
  programmeId: string;
  own: boolean;
  occupied: boolean;
  code: string;
  kind: string;
  title: Localized;
  startsAt: Date;
  endsAt: Date;
}

export interface FoundConflict extends Finding {
  key: string;
  override: { reason: string; accountId: string | null; at: Date } | null;
  /** In the order of `sessions`. */
  involved: SessionInConflict[];
}

/** Conflicts of the working draft, over all programmes, because rooms and people are shared. */
@Injectable()
export class Conflicts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly venues: Venues,
    private readonly signUps: SignUps,
  ) {}

  /** Every conflict that touches the programme, worst first. A fixed number of statements. */
  async findings(programmeId: string): Promise<FoundConflict[]> {
    const own = await this.db
      .repository(Session)
      .find({ where: { programmeId, status: 'planned', startsAt: Not(IsNull()) } });
    return this.of(programmeId, own);
  }

  /** The conflicts that touch one session; what every edit of it answers. */
  async ofSession(programmeId: string, sessionId: string): Promise<FoundConflict[]> {
    const session = await this.db.repository(Session).findOneBy({ id: sessionId, programmeId, status: 'planned' });
    return session?.startsAt ? this.of(programmeId, [session]) : [];
  }

  /** The conflicts of one person; what every change of their times answers. */
  async ofPerson(programmeId: string, personId: string): Promise<FoundConflict[]> {
    return (await this.findings(programmeId)).filter(({ people }) => people.includes(personId));
  }

  /** How many errors block a release. */
  async openErrors(programmeId: string): Promise<number> {
    return (await this.findings(programmeId)).filter(({ severity, override }) => severity === 'error' && !override)
      .length;
  }

  /** Accepts a conflict that exists, with a reason. */
  override(programmeId: string, key: string, reason: string): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const found = (await this.findings(programmeId)).find((conflict) => conflict.key === key);
      if (!found) throw new NotFound('error.programme.noSuchConflict');
      const row = {
        id: this.ids.next(),
        programmeId,
        findingKey: key,
        reason,
        accountId: currentContext().actor.id,
        at: this.clock.now(),
      };
      try {
        await this.db.insert(FindingOverride, row);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RuleViolation('error.programme.alreadyOverridden');
        throw error;
      }
      await this.journal.record(FindingOverridden({ id: programmeId, ...inProgramme(programme), key, reason }));
    });
  }

  /** The conflict counts again. */
  withdrawOverride(programmeId: string, key: string): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const { affected } = await this.db.repository(FindingOverride).delete({ programmeId, findingKey: key });
      if (!affected) throw new NotFound('error.programme.noSuchConflict');
      await this.journal.record(OverrideWithdrawn({ id: programmeId, ...inProgramme(programme), key }));
    });
  }

  private async of(programmeId: string, focus: readonly Session[]): Promise<FoundConflict[]> {
    if (focus.length === 0) return [];
    const rows = await this.sessionsBeside(focus);
    const sessions = await this.withPeople(rows);
    const focused = new Set(focus.map(({ id }) => id));
    const own = sessions.filter(({ id }) => focused.has(id));
    const index = new ConflictIndex(sessions);
    const doubles =
      own.length === 1
        ? index.against(own[0]!)
        : index.all().filter((found) => found.sessions.some((id) => focused.has(id)));
    const found = [...doubles, ...(await this.ofTime(programmeId, own)), ...(await this.ofSize(focus))];
    return this.described(programmeId, found.sort(byWeight), rows);
  }

  /** Everything planned anywhere while the focused sessions run. */
  private sessionsBeside(focus: readonly Session[]): Promise<Session[]> {
    const from = new Date(Math.min(...focus.map(({ startsAt }) => startsAt!.getTime())));
    const to = new Date(Math.max(...focus.map(({ endsAt }) => endsAt!.getTime())));
    return this.db.repository(Session).find({
      select: {
        id: true,
        programmeId: true,
        code: true,
        kind: true,
        title: true,
        roomId: true,
        startsAt: true,
        endsAt: true,
        parallel: true,
        restricted: true,
      },
      where: { status: 'planned', startsAt: LessThan(to), endsAt: MoreThan(from) },
    });
  }

  private async withPeople(rows: readonly Session[]): Promise<PlacedSession[]> {
    const people = new Map(rows.map(({ id }) => [id, new Set<string>()]));
    const ids = [...people.keys()];
    for (let at = 0; at < ids.length; at += 1000) {
      const assigned = await this.db.repository(Assignment).find({
        select: { id: true, sessionId: true, personId: true },
        where: { sessionId: In(ids.slice(at, at + 1000)), state: In(['proposed', 'confirmed']) },
      });
      for (const { sessionId, personId } of assigned) people.get(sessionId)!.add(personId);
    }
    return rows.map(({ id, startsAt, endsAt, roomId, parallel }) => ({
      id,
      start: startsAt!.getTime(),
      end: endsAt!.getTime(),
      roomId,
      parallel,
      people: [...people.get(id)!],
    }));
  }

  private async ofTime(programmeId: string, sessions: readonly PlacedSession[]): Promise<Finding[]> {
    const stated = await this.db.repository(Availability).findBy({ programmeId });
    const times = new Map<string, { [K in keyof PersonTime]: { start: number; end: number }[] }>();
    for (const { personId, kind, startsAt, endsAt } of stated) {
      const time = times.get(personId) ?? { present: [], available: [], unavailable: [] };
      time[kind].push({ start: startsAt.getTime(), end: endsAt.getTime() });
      times.set(personId, time);
    }
    return sessions.flatMap((session) =>
      session.people.flatMap((personId) => {
        const time = times.get(personId);
        return time ? timeFindings(session, personId, time) : [];
      }),
    );
  }

  private async ofSize(sessions: readonly Session[]): Promise<Finding[]> {
    const rooms = await this.venues.roomsByIds(sessions.flatMap(({ roomId }) => roomId ?? []));
    const signUps = await this.signUps.count(sessions.map(({ id }) => id));
    return sessions.flatMap(({ id, roomId, capacity, expected }) =>
      sizeFindings({
        id,
        roomId,
        capacity,
        expected,
        roomCapacity: (roomId && rooms.get(roomId)?.capacity) || null,
        signUps: signUps.get(id) ?? 0,
      }),
    );
  }

  private async described(
    programmeId: string,
    found: readonly Finding[],
    rows: readonly Session[],
  ): Promise<FoundConflict[]> {
    const overrides = found.length === 0 ? [] : await this.db.repository(FindingOverride).findBy({ programmeId });
    const byKey = new Map(
      overrides.map(({ findingKey: key, reason, accountId, at }) => [key, { reason, accountId, at }]),
    );
    const sessions = new Map(rows.map((row) => [row.id, row]));
    return found.map((one) => {
      const key = findingKey(one);
      return {
        ...one,
        key,
        override: byKey.get(key) ?? null,
        involved: one.sessions.map((id) => inConflict(programmeId, sessions.get(id)!)),
      };
    });
  }
}

function inConflict(programmeId: string, session: Session): SessionInConflict {
  const own = session.programmeId === programmeId;
  const occupied = !own && session.restricted;
  const { id, code, kind, title, startsAt, endsAt } = session;
  const times = { startsAt: startsAt!, endsAt: endsAt! };
  return occupied
    ? { id, programmeId: session.programmeId, own, occupied, code: '', kind: 'blocker', title: {}, ...times }
    : { id, programmeId: session.programmeId, own, occupied, code, kind, title, ...times };
}
