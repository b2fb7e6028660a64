import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import type { Programme } from './programme.entity.js';
import { ReleaseSnapshots, type DraftSnapshot } from './release-snapshots.service.js';
import { sameContent, type ReleasedSnapshot } from './release.rules.js';
import { PrintedName, Release, ReleaseSession, SessionRevision } from './release.entity.js';
import { Session } from './session.entity.js';

type Shown = ReleasedSnapshot & { readonly revision: number };

/** Writes the rows of a release, for a caller who holds the transaction and the row of the programme. */
@Injectable()
export class ReleaseStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly snapshots: ReleaseSnapshots,
  ) {}

  /** The release, the sessions that it shows in their revisions, and the names as they are printed in it. */
  async write(
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
}
