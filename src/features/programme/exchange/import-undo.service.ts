import { Injectable } from '@nestjs/common';
import { In, Not, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import { Journal } from '../../../platform/journal/journal.js';
import { People, PersonAdded } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Assignment } from '../assignment.entity.js';
import { PersonAssigned, PersonUnassigned, SessionRemoved } from '../programme.events.js';
import { Strand, type Programme } from '../programme.entity.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { PrintedName } from '../release.entity.js';
import { Session, Talk } from '../session.entity.js';
import { ExchangeIds } from './exchange-ids.service.js';
import type { AddedRows, UndoneImport } from './import.rules.js';
import { ImportedChanges } from './imported-changes.service.js';

const AT_ONCE = 500;

/** Takes back what an import added and changed, and of that only what nobody has touched since. */
@Injectable()
export class ImportUndo {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly exchange: ExchangeIds,
    private readonly changes: ImportedChanges,
  ) {}

  /** For a caller who holds the transaction and the row of the programme. */
  async undo(programme: Programme, added: AddedRows): Promise<UndoneImport> {
    const untouched = await this.untouched(added.sessions);
    const gone = new Set(untouched.map(({ id }) => id));
    // First of all: what is put back may need the rooms and people that go afterwards.
    const { kept } = await this.changes.revert(programme, added.changed);
    await this.exchange.recall(programme.id, added.remembered, new Set(kept));
    await this.removeSessions(programme, untouched);
    const people = await this.removePeople(added.people);
    await this.removeStrands(programme.id, added.strands);
    await this.removeRooms(added.rooms);
    await this.exchange.forget(programme.id, [
      ...untouched.filter(({ revision }) => revision === 0).map(({ id }) => id),
      ...people,
    ]);
    return {
      sessions: untouched.length,
      reverted: added.changed.length - kept.length,
      people: people.length,
      kept: [...added.sessions.flatMap(({ id }) => (gone.has(id) ? [] : [id])), ...kept],
    };
  }

  /** Sessions in the version that the import left, with exactly the people that it put on them and no talks. */
  private async untouched(added: AddedRows['sessions']): Promise<Session[]> {
    const ids = added.map(({ id }) => id);
    const sessions = new Map((await this.rows(Session, 'id', ids)).map((row) => [row.id, row]));
    const people = Map.groupBy(await this.rows(Assignment, 'sessionId', ids), ({ sessionId }) => sessionId);
    const withTalks = new Set((await this.rows(Talk, 'sessionId', ids)).map(({ sessionId }) => sessionId));
    return added.flatMap(({ id, version, people: seats }) => {
      const session = sessions.get(id);
      const now = people.get(id) ?? [];
      const same =
        now.length === seats.length &&
        now.every((seat) => seat.version === 1 && seats.includes(seat.id)) &&
        !withTalks.has(id);
      return session && session.version === version && session.status === 'planned' && same ? [session] : [];
    });
  }

  /** What was released meanwhile goes with the next release, so that calendars can be told. */
  private async removeSessions(programme: Programme, sessions: readonly Session[]): Promise<void> {
    for (const { id, version, revision } of sessions) {
      await this.db.updateIfUnchanged(Session, { id, version }, { status: 'removed' });
      await this.journal.record(SessionRemoved({ id, ...inProgramme(programme), released: revision > 0 }));
    }
    const unseen = sessions.filter(({ revision }) => revision === 0).map(({ id }) => id);
    for (let at = 0; at < unseen.length; at += AT_ONCE) {
      await this.db.repository(Session).delete({ id: In(unseen.slice(at, at + AT_ONCE)) });
    }
  }

  /**
   * People who are on no session, in no release, and of whom the journal knows nothing but that they were added and put on
   * sessions: whatever else anybody does with a person stands there.
   */
  private async removePeople(added: AddedRows['people']): Promise<string[]> {
    const ids = added.map(({ id }) => id);
    const used = new Set([
      ...(await this.rows(Assignment, 'personId', ids)).map(({ personId }) => personId),
      ...(await this.rows(PrintedName, 'personId', ids)).map(({ personId }) => personId),
    ]);
    const usual = [PersonAdded, PersonAssigned, PersonUnassigned].map(({ type }) => type);
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const entries = await this.db.repository(JournalEntry).find({
        where: { personId: In(ids.slice(at, at + AT_ONCE)), type: Not(In(usual)) },
        select: { id: true, personId: true },
      });
      for (const { personId } of entries) used.add(personId!);
    }
    return this.people.removeAdded(added.filter(({ id }) => !used.has(id)));
  }

  private async removeStrands(programmeId: string, added: AddedRows['strands']): Promise<void> {
    const ids = added.map(({ id }) => id);
    const used = new Set((await this.rows(Session, 'strandId', ids)).map(({ strandId }) => strandId));
    for (const strand of await this.rows(Strand, 'id', ids)) {
      const untouched = added.some(({ id, version }) => id === strand.id && version === strand.version);
      if (untouched && !used.has(strand.id)) await this.programmes.removeStrand(programmeId, strand);
    }
  }

  private async removeRooms(added: AddedRows['rooms']): Promise<void> {
    const ids = added.map(({ id }) => id);
    const used = new Set((await this.rows(Session, 'roomId', ids)).map(({ roomId }) => roomId));
    for (const room of added) if (!used.has(room.id)) await this.venues.removeRoom(room);
  }

  private async rows<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    column: keyof E & string,
    values: readonly string[],
  ): Promise<E[]> {
    const found: E[] = [];
    for (let at = 0; at < values.length; at += AT_ONCE) {
      found.push(
        ...(await this.db
          .repository(entity)
          .find({ where: { [column]: In(values.slice(at, at + AT_ONCE)) } as never })),
      );
    }
    return found;
  }
}
