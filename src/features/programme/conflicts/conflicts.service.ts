import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan } from 'typeorm';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import type { Localized } from '../../../kernel/locale.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Venues } from '../../venues/index.js';
import { FindingOverridden, OverrideWithdrawn } from '../programme.events.js';
import { Programme } from '../programme.entity.js';
import { Attendances, SignUps, VisitTitles } from '../programme.ports.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { ConflictLedger } from './conflict-ledger.js';
import { ConflictSource, type PlannedRow } from './conflict-source.js';
import { ConflictWatch } from './conflict-watch.js';
import { FindingOverride } from './finding-override.entity.js';
import { byWeight, findingKey, severityFor, type Finding } from './finding.rules.js';
import { LIMITS_BETWEEN } from './limits.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';
import { sizeFindings } from './session-checks.rules.js';

/** A session as a finding names it; of what the viewer may not know of another programme only that it is there. */
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
  /** Null also where nobody may know. */
  roomId: string | null;
}

export interface FoundConflict extends Finding {
  key: string;
  override: { reason: string; accountId: string | null; at: Date } | null;
  /** The visit of those who attend, seen from elsewhere: its title, null where the viewer may not know of it. */
  visit: { title: Localized | null } | null;
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
    private readonly attendances: Attendances,
    private readonly visits: VisitTitles,
    private readonly source: ConflictSource,
    private readonly watch: ConflictWatch,
  ) {}

  /** Every conflict that touches the programme, worst first. A fixed number of statements. */
  async findings(programmeId: string): Promise<FoundConflict[]> {
    if (this.db.inTransaction) {
      const attended = await this.source.plannedAmong(await this.attendances.sessionsOf([programmeId]));
      return this.inRows(programmeId, [...(await this.source.planned({ programmeId })), ...attended]);
    }
    const ledger = await this.watch.current();
    const own = ledger.index.sessions().filter((session) => isOf(programmeId, session));
    return this.kept(programmeId, ledger, own);
  }

  /** The conflicts that touch one session; what every edit of it answers. */
  async ofSession(programmeId: string, sessionId: string): Promise<FoundConflict[]> {
    if (this.db.inTransaction)
      return this.inRows(programmeId, await this.source.planned({ programmeId, id: sessionId }));
    const ledger = await this.watch.current();
    const session = ledger.index.get(sessionId);
    return session?.programmeId === programmeId ? this.kept(programmeId, ledger, [session]) : [];
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

  /** Of each programme the sessions that stand in an error which nobody accepted. One statement, however many programmes. */
  async inError(programmeIds: readonly string[]): Promise<Map<string, Set<string>>> {
    const sessions = new Map(programmeIds.map((id) => [id, new Set<string>()]));
    const add = (programmeId: string, finding: Finding): void =>
      finding.sessions.forEach((id) => sessions.get(programmeId)!.add(id));
    if (this.db.inTransaction) {
      for (const id of programmeIds)
        for (const finding of await this.findings(id))
          if (finding.severity === 'error' && !finding.override) add(id, finding);
      return sessions;
    }
    const ledger = await this.watch.current();
    const overrides = await this.db.all(FindingOverride, { programmeId: programmeIds });
    const accepted = new Set(overrides.map(({ programmeId, findingKey: key }) => `${programmeId} ${key}`));
    for (const session of ledger.index.sessions())
      for (const programmeId of [session.programmeId, ...(session.attended ?? []).map((one) => one.programmeId)]) {
        if (!sessions.has(programmeId)) continue;
        for (const finding of touching(programmeId, ledger, session))
          if (severityFor(finding, programmeId) === 'error' && !accepted.has(`${programmeId} ${findingKey(finding)}`))
            add(programmeId, finding);
      }
    return sessions;
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

  /** From the conflicts that are kept in memory. */
  private async kept(
    programmeId: string,
    ledger: ConflictLedger,
    own: readonly PlacedSession[],
  ): Promise<FoundConflict[]> {
    const touched = own.flatMap((session) => touching(programmeId, ledger, session));
    const found = new Map(touched.map((one) => [findingKey(one), one]));
    const ofProgramme = own.filter((session) => session.programmeId === programmeId);
    return this.described(programmeId, [...found.values(), ...(await this.ofSize(ofProgramme, ledger.house))]);
  }

  /**
   * From the rows, as the open transaction sees them. Whoever else moves a session into the same room waits until this is
   * done: of two who meet there, the second is told.
   */
  private async inRows(programmeId: string, focus: readonly PlannedRow[]): Promise<FoundConflict[]> {
    if (focus.length === 0) return [];
    const house = await this.source.house();
    await this.source.takeTimes(house, { programmeId });
    const [only, ...more] = focus;
    if (only?.roomId && more.length === 0) await this.venues.lock([only.roomId, ...house.room(only.roomId).parts]);
    const reach = Math.max(...LIMITS_BETWEEN.map((limit) => house.greatest(limit))) * 60_000;
    const from = new Date(Math.min(...focus.map(({ startsAt }) => startsAt!.getTime())) - reach);
    const to = new Date(Math.max(...focus.map(({ endsAt }) => endsAt!.getTime())) + reach);
    const beside = await this.source.planned({ startsAt: LessThan(to), endsAt: MoreThan(from) });
    const ledger = new ConflictLedger(house, await this.source.placed(beside));
    return this.kept(
      programmeId,
      ledger,
      focus.map(({ id }) => ledger.index.get(id)!),
    );
  }

  private async ofSize(sessions: readonly PlacedSession[], house: House): Promise<Finding[]> {
    const signUps = await this.signUps.count(sessions.map(({ id }) => id));
    return sessions.flatMap((session) =>
      sizeFindings({
        ...session,
        roomCapacity: session.roomId === null ? null : house.room(session.roomId).capacity,
        signUps: signUps.get(session.id) ?? 0,
      }),
    );
  }

  /** With the sessions that they name, and what was said about them. A session that is asked about stands where it would. */
  async described(programmeId: string, found: readonly Finding[], asked?: PlacedSession): Promise<FoundConflict[]> {
    if (found.length === 0) return [];
    const overrides = await this.db.repository(FindingOverride).findBy({ programmeId });
    const byKey = new Map(
      overrides.map(({ findingKey: key, reason, accountId, at }) => [key, { reason, accountId, at }]),
    );
    const sessions = await this.sessionsIn(found);
    const titles = await this.titlesOf(programmeId, found, [...sessions.values()]);
    const attended = found.some(({ by }) => by === programmeId) ? await this.attendances.sessionsOf([programmeId]) : [];
    const moved = asked && sessions.get(asked.id);
    if (moved) Object.assign(moved, { startsAt: new Date(asked.start), endsAt: new Date(asked.end) });
    const graded = found.map((one) => ({ ...one, severity: severityFor(one, programmeId) }));
    return graded.sort(byWeight).map((one) => {
      const key = findingKey(one);
      const elsewhere = one.by !== undefined && one.by !== programmeId;
      return {
        ...one,
        // Who is in a delegation is its visit's own matter.
        people: elsewhere ? [] : one.people,
        visit: elsewhere ? { title: titles.get(one.by!) ?? null } : null,
        key,
        override: byKey.get(key) ?? null,
        involved: one.sessions
          .flatMap((id) => sessions.get(id) ?? [])
          .map((row) => inConflict(row, programmeId, attended.includes(row.id) || seen(row, titles))),
      };
    });
  }

  /** By programme of a visit other than this one: what its title is, null where the viewer may not know of it. */
  private async titlesOf(
    programmeId: string,
    found: readonly Finding[],
    sessions: readonly Session[],
  ): Promise<Map<string, Localized | null>> {
    const ids = new Set([...sessions.map((one) => one.programmeId), ...found.flatMap(({ by }) => by ?? [])]);
    ids.delete(programmeId);
    const others = await this.db.all(Programme, { id: [...ids], ownerKind: 'visit' });
    const known = await this.visits.known(others.map(({ ownerId }) => ownerId));
    return new Map(others.map(({ id, ownerId }) => [id, known.get(ownerId) ?? null]));
  }

  private async sessionsIn(found: readonly Finding[]): Promise<Map<string, Session>> {
    const ids = [...new Set(found.flatMap(({ sessions }) => sessions))];
    const rows: Session[] = [];
    for (let at = 0; at < ids.length; at += 1000) {
      const part = await this.db.repository(Session).find({
        select: {
          id: true,
          programmeId: true,
          code: true,
          kind: true,
          title: true,
          startsAt: true,
          endsAt: true,
          roomId: true,
          restricted: true,
        },
        where: { id: In(ids.slice(at, at + 1000)) },
      });
      rows.push(...part);
    }
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** Is it the programme's own, or do its people attend it? */
function isOf(programmeId: string, { programmeId: own, attended = [] }: PlacedSession): boolean {
  return own === programmeId || attended.some((one) => one.programmeId === programmeId);
}

/** What of a session's conflicts is a programme's matter: of one that its people only attend, what is about them. */
function touching(programmeId: string, ledger: ConflictLedger, session: PlacedSession): Finding[] {
  const found = ledger.of(session.id);
  return session.programmeId === programmeId ? found : found.filter(({ by }) => by === programmeId);
}

/** May the viewer know what it is? Nothing closed, and no visit that is not there for them. */
function seen({ programmeId, restricted }: Session, titles: ReadonlyMap<string, Localized | null>): boolean {
  return !restricted && titles.get(programmeId) !== null;
}

/** `known`: what it is may be told. */
function inConflict(session: Session, programmeId: string, known: boolean): SessionInConflict {
  const own = session.programmeId === programmeId;
  const occupied = !own && !known;
  const { id, programmeId: of, code, kind, title, roomId, startsAt, endsAt } = session;
  const times = { startsAt: startsAt!, endsAt: endsAt! };
  return occupied
    ? { id, programmeId: of, own, occupied, code: '', kind: 'blocker', title: {}, roomId: null, ...times }
    : { id, programmeId: of, own, occupied, code, kind, title, roomId, ...times };
}
