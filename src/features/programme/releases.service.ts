import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { NotFound, Stale } from '../../kernel/errors.js';
import type { Localized } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { ProgrammeReleased } from './programme.events.js';
import { Programme } from './programme.entity.js';
import { PeopleToTell, type PlannedChange } from './programme.ports.js';
import { Programmes } from './programmes.service.js';
import { ReleaseSnapshots, type DraftSnapshot } from './release-snapshots.service.js';
import {
  checkReady,
  differences,
  sameContent,
  significantPart,
  type ReleasedSnapshot,
  type SessionChange,
  type SessionContent,
} from './release.rules.js';
import { PrintedName, Release, ReleaseSession, SessionRevision } from './release.entity.js';
import { ReleasedCalendar } from './released-calendar.service.js';
import { Session } from './session.entity.js';
import { digest, printOf } from './calendar-revision.js';

export interface NewRelease {
  name?: Localized;
  note?: Localized;
  final?: boolean;
  /** Number of the release that the organizer has seen as the latest, 0 before the first. Left out: whatever is latest. */
  after?: number;
}

/** One difference with both sides; null where the session is not shown. */
export interface ShownChange extends SessionChange {
  before: SessionContent | null;
  after: SessionContent | null;
}

export interface NextRelease {
  /** Number of the latest release, 0 before the first. */
  after: number;
  final: boolean;
  changes: ShownChange[];
  openErrors: number;
  unconfirmed: number;
  peopleToTell: number;
}

type Shown = ReleasedSnapshot & { readonly revision: number };

/** Immutable publications of a programme. */
@Injectable()
export class Releases {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly published: PublishedAnswers,
    private readonly programmes: Programmes,
    private readonly conflicts: Conflicts,
    private readonly snapshots: ReleaseSnapshots,
    private readonly calendar: ReleasedCalendar,
    private readonly peopleToTell: PeopleToTell,
  ) {}

  /** Newest first. */
  all(programmeId: string): Promise<Release[]> {
    return this.db.repository(Release).find({ where: { programmeId }, order: { number: 'DESC' } });
  }

  /** The latest release; null before the first. */
  async current(programmeId: string): Promise<Release | null> {
    return this.db.repository(Release).findOne({ where: { programmeId }, order: { number: 'DESC' } });
  }

  async byNumber(programmeId: string, number: number): Promise<Release> {
    const release = await this.db.repository(Release).findOneBy({ programmeId, number });
    if (!release) throw new NotFound();
    return release;
  }

  /** What changed from one release to another, 0 being nothing at all. */
  async diff(programmeId: string, from: number, to: number): Promise<ShownChange[]> {
    const [before, after] = await Promise.all([this.shown(programmeId, from), this.shown(programmeId, to)]);
    return withBothSides(before, after);
  }

  /** A release, and how it differs from the one before. */
  async withChanges(programmeId: string, number: number): Promise<Release & { changes: ShownChange[] }> {
    const release = await this.byNumber(programmeId, number);
    return { ...release, changes: await this.diff(programmeId, number - 1, number) };
  }

  /** What a release now would bring, and what blocks it. */
  async next(programmeId: string): Promise<NextRelease> {
    const programme = await this.programmes.byId(programmeId);
    const latest = await this.current(programmeId);
    const draft = await this.snapshots.draft(programme);
    const changes = withBothSides(latest ? (await this.snapshots.released(latest.id)).sessions : [], draft.sessions);
    return {
      after: latest?.number ?? 0,
      final: latest?.final ?? false,
      changes,
      openErrors: await this.conflicts.openErrors(programmeId),
      unconfirmed: draft.unconfirmed,
      peopleToTell: await this.peopleToTell.count(programme.ownerId, changes.map(planned)),
    };
  }

  /**
   * Publishes the draft. Of several at once exactly one wins, the others get Stale. Throws RuleViolation when errors are
   * neither solved nor overridden, when nothing changed, and when there is nothing to show.
   */
  publish(programmeId: string, input: NewRelease = {}): Promise<Release> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const after = input.after ?? programme.currentRelease ?? 0;
      const number = after + 1;
      // First of all, so that whoever comes second waits here and then finds that it is too late.
      const claimed = await this.db.compareAndSet(
        Programme,
        { id: programmeId, currentRelease: after === 0 ? IsNull() : after },
        { currentRelease: number },
      );
      if (!claimed) throw new Stale(await this.current(programmeId));
      const previous = after === 0 ? null : await this.byNumber(programmeId, after);
      const before = previous ? (await this.snapshots.released(previous.id)).sessions : [];
      const draft = await this.snapshots.draft(programme);
      const changes = differences(before, draft.sessions);
      const changed = new Set(changes.map(({ sessionId }) => sessionId));
      const final = input.final ?? previous?.final ?? false;
      checkReady({
        openErrors: await this.conflicts.openErrors(programmeId),
        sessions: draft.sessions.length,
        changes: changes.length,
        first: previous === null,
        becomesFinal: final && !(previous?.final ?? false),
      });
      const release = await this.store(
        programme,
        number,
        { name: input.name ?? {}, note: input.note ?? {}, final },
        { ...draft, before, changed },
      );
      const shown = new Set(draft.sessions.map(({ sessionId }) => sessionId));
      await this.calendar.advance(
        programmeId,
        draft.sessions.filter(({ sessionId }) => changed.has(sessionId)),
        before.filter(({ sessionId }) => !shown.has(sessionId)),
      );
      await this.journal.record(
        ProgrammeReleased({ id: release.id, programmeId, conferenceId: programme.ownerId, number, changes }),
      );
      this.db.afterCommit(() => this.published.forget(programme.ownerId));
      return release;
    });
  }

  private async store(
    programme: Programme,
    number: number,
    words: Pick<Release, 'name' | 'note' | 'final'>,
    draft: DraftSnapshot & { before: readonly Shown[]; changed: ReadonlySet<string> },
  ): Promise<Release> {
    const row = {
      id: this.ids.next(),
      programmeId: programme.id,
      number,
      ...words,
      publishedAt: this.clock.now(),
      accountId: currentContext().actor.id,
    };
    await this.db.insert(Release, row);
    const unchanged = draft.before.filter(({ sessionId }) => !draft.changed.has(sessionId));
    const revisions = new Map([
      ...unchanged.map(({ sessionId, revision }) => [sessionId, revision] as const),
      ...(await this.revise(draft.sessions.filter(({ sessionId }) => draft.changed.has(sessionId)))),
    ]);
    await this.insertAll(
      ReleaseSession,
      draft.sessions.map(({ sessionId }) => ({
        id: this.ids.next(),
        releaseId: row.id,
        sessionId,
        revision: revisions.get(sessionId)!,
      })),
    );
    await this.insertAll(
      PrintedName,
      draft.names.map((name) => ({ id: this.ids.next(), releaseId: row.id, ...name })),
    );
    return row as Release;
  }

  /** A new revision where the content differs from the one released last; answers the revision of every session. */
  private async revise(sessions: readonly ReleasedSnapshot[]): Promise<Map<string, number>> {
    const latest = await this.snapshots.latestRevisions(sessions.map(({ sessionId }) => sessionId));
    const last = new Map(latest.map((revision) => [revision.sessionId, revision]));
    const revisions = new Map<string, number>();
    const fresh: SessionRevision[] = [];
    for (const { sessionId, content } of sessions) {
      const known = last.get(sessionId);
      const same = known !== undefined && sameContent(known.content, content);
      const revision = (known?.revision ?? 0) + (same ? 0 : 1);
      revisions.set(sessionId, revision);
      if (!same) fresh.push({ id: this.ids.next(), sessionId, revision, content });
    }
    await this.insertAll(SessionRevision, fresh);
    for (const [revision, group] of Map.groupBy(fresh, (row) => row.revision)) {
      for (let at = 0; at < group.length; at += 500) {
        await this.db
          .repository(Session)
          .update({ id: In(group.slice(at, at + 500).map(({ sessionId }) => sessionId)) }, { revision });
      }
    }
    return revisions;
  }

  private async insertAll<E extends Release | ReleaseSession | SessionRevision | PrintedName>(
    entity: new () => E,
    rows: readonly object[],
  ): Promise<void> {
    for (let at = 0; at < rows.length; at += 200) await this.db.insert<E>(entity, rows.slice(at, at + 200) as never);
  }

  private async shown(programmeId: string, number: number): Promise<ReleasedSnapshot[]> {
    return number === 0 ? [] : (await this.snapshots.released((await this.byNumber(programmeId, number)).id)).sessions;
  }
}

function planned({ sessionId, kind, significant, after }: ShownChange): PlannedChange {
  const status = after?.status === 'planned' ? 'confirmed' : 'cancelled';
  const print = printOf({ status, significant: after ? digest(significantPart(after)) : '', ownSignificant: '' });
  return { sessionId, kind, significant, print };
}

function withBothSides(before: readonly ReleasedSnapshot[], after: readonly ReleasedSnapshot[]): ShownChange[] {
  const [old, now] = [before, after].map((list) => new Map(list.map(({ sessionId, content }) => [sessionId, content])));
  return differences(before, after).map((change) => ({
    ...change,
    before: old!.get(change.sessionId) ?? null,
    after: now!.get(change.sessionId) ?? null,
  }));
}
