import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { People, personName, type Person } from '../people/index.js';
import { Venues } from '../venues/index.js';
import { Assignment } from './assignment.entity.js';
import type { Programme } from './programme.entity.js';
import { Programmes } from './programmes.service.js';
import { contentOf, inOrder, printedOf, type NameAsPrinted } from './release-content.rules.js';
import { PrintedName, ReleaseSession, SessionRevision } from './release.entity.js';
import type { ReleasedSnapshot, SessionContent } from './release.rules.js';
import { Session, Talk } from './session.entity.js';

export interface DraftSnapshot {
  readonly sessions: ReleasedSnapshot[];
  readonly names: NameAsPrinted[];
  /** People in the draft who have not confirmed, so that their names are not printed. */
  readonly unconfirmed: number;
}

/** Sessions as a release shows them: read from the draft, or from what was released. */
@Injectable()
export class ReleaseSnapshots {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
  ) {}

  /**
   * What a release would show now: scheduled sessions, and cancelled ones that were released before; of the people those
   * who confirmed. A fixed number of statements.
   */
  async draft(programme: Programme): Promise<DraftSnapshot> {
    const scheduled = { programmeId: programme.id, startsAt: Not(IsNull()) };
    const sessions = await this.db.repository(Session).find({
      where: [
        { ...scheduled, status: 'planned' },
        { ...scheduled, status: 'cancelled', revision: MoreThan(0) },
      ],
      order: { startsAt: 'ASC', code: 'ASC' },
    });
    const talks = grouped(await this.inProgramme(Talk, programme.id), ({ sessionId }) => sessionId);
    const assigned = (await this.inProgramme(Assignment, programme.id)).filter(({ state }) => state !== 'declined');
    const confirmed = grouped(
      assigned.filter(({ state }) => state === 'confirmed'),
      ({ sessionId }) => sessionId,
    );
    const strands = new Map((await this.programmes.strands(programme.id)).map((strand) => [strand.id, strand]));
    const rooms = new Map((await this.venues.rooms()).map((room) => [room.id, room]));
    const people = await this.people.byIds(
      sessions.flatMap(({ id }) => (confirmed.get(id) ?? []).map(({ personId }) => personId)),
    );
    const names = new Map([...people.values()].map((person) => [person.id, asPrinted(person)]));
    return {
      sessions: sessions.map((session) => {
        const content = contentOf(session, {
          zone: programme.zone,
          talks: talks.get(session.id) ?? [],
          people: confirmed.get(session.id) ?? [],
          strand: strands.get(session.strandId ?? ''),
          room: rooms.get(session.roomId ?? ''),
        });
        return { sessionId: session.id, content, printed: printedOf(content, names) };
      }),
      names: [...names.values()],
      unconfirmed: assigned.length - [...confirmed.values()].flat().length,
    };
  }

  /** What one release showed, with names as they stand beside it. Two statements. */
  async released(
    releaseId: string,
  ): Promise<{ sessions: (ReleasedSnapshot & { revision: number })[]; names: Map<string, NameAsPrinted> }> {
    const revisions = await this.db
      .repository(SessionRevision)
      .createQueryBuilder('revision')
      .innerJoin(
        ReleaseSession,
        'shown',
        'shown.session_id = revision.session_id AND shown.revision = revision.revision',
      )
      .where('shown.release_id = :releaseId', { releaseId })
      .getMany();
    const names = new Map(
      (await this.db.repository(PrintedName).findBy({ releaseId })).map((name) => [
        name.personId,
        name as NameAsPrinted,
      ]),
    );
    const sessions = revisions.map(({ sessionId, revision, content }) => ({
      sessionId,
      revision,
      content,
      printed: printedOf(content, names),
    }));
    return { sessions: sessions.sort((a, b) => inOrder(a.content, b.content)), names };
  }

  /** What some sessions said in some releases, by release and session. Two statements for each 500 sessions. */
  async contentsIn(releaseIds: readonly string[], sessionIds: readonly string[]): Promise<Map<string, SessionContent>> {
    const found = new Map<string, SessionContent>();
    for (let at = 0; at < sessionIds.length; at += 500) {
      const sessionId = In(sessionIds.slice(at, at + 500));
      const shown = await this.db.repository(ReleaseSession).findBy({ releaseId: In([...releaseIds]), sessionId });
      const revisions = await this.db.repository(SessionRevision).findBy({ sessionId });
      const contents = new Map(revisions.map((row) => [`${row.sessionId} ${row.revision}`, row.content]));
      for (const row of shown)
        found.set(`${row.releaseId} ${row.sessionId}`, contents.get(`${row.sessionId} ${row.revision}`)!);
    }
    return found;
  }

  /** The newest revision of sessions, whichever release showed it. */
  async latestRevisions(sessionIds: readonly string[]): Promise<SessionRevision[]> {
    const found: SessionRevision[] = [];
    for (let at = 0; at < sessionIds.length; at += 500) {
      const newest = (query: SelectQueryBuilder<SessionRevision>) =>
        query
          .subQuery()
          .select('MAX(newer.revision)')
          .from(SessionRevision, 'newer')
          .where('newer.session_id = revision.session_id')
          .getQuery();
      const query = this.db.repository(SessionRevision).createQueryBuilder('revision');
      query.where({ sessionId: In(sessionIds.slice(at, at + 500)) }).andWhere(`revision.revision = ${newest(query)}`);
      found.push(...(await query.getMany()));
    }
    return found;
  }

  /** What was said last of sessions while they were for everybody; nothing of those that never were. */
  async lastOpen(sessionIds: readonly string[]): Promise<SessionRevision[]> {
    const found = new Map<string, SessionRevision>();
    for (let at = 0; at < sessionIds.length; at += 500) {
      const where = { sessionId: In(sessionIds.slice(at, at + 500)) };
      const rows = await this.db.repository(SessionRevision).find({ where, order: { revision: 'ASC' } });
      for (const row of rows) if (!row.content.restricted) found.set(row.sessionId, row);
    }
    return [...found.values()];
  }

  private inProgramme<E extends Talk | Assignment>(entity: new () => E, programmeId: string): Promise<E[]> {
    return this.db
      .repository<E>(entity)
      .createQueryBuilder('row')
      .innerJoin(Session, 'session', 'session.id = row.session_id')
      .where('session.programme_id = :programmeId', { programmeId })
      .getMany();
  }
}

function asPrinted(person: Person): NameAsPrinted {
  return { personId: person.id, name: personName(person), affiliation: person.institution, country: person.country };
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  return Map.groupBy(rows, key);
}
