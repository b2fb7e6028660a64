import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Venues } from '../venues/index.js';
import { isId } from './ids.rules.js';
import { Conflicts, type FoundConflict } from './conflicts/conflicts.service.js';
import {
  SessionAdded,
  SessionCancelled,
  SessionEdited,
  SessionMoved,
  SessionReinstated,
  SessionRemoved,
} from './programme.events.js';
import { Strand, type Programme } from './programme.entity.js';
import { inProgramme, Programmes } from './programmes.service.js';
import { Session } from './session.entity.js';
import {
  cancelled,
  edited,
  kindDefaults,
  placed,
  reinstated,
  removed,
  type PlacedTimes,
  type SessionPlace,
} from './session.rules.js';

/** What is written about a session; its place is apart. */
export type SessionTexts = Pick<
  Session,
  | 'kind'
  | 'title'
  | 'abstract'
  | 'strandId'
  | 'onlineUrl'
  | 'languages'
  | 'interpretation'
  | 'capacity'
  | 'expected'
  | 'layout'
  | 'parallel'
  | 'restricted'
  | 'pinned'
>;

export type NewSession = Pick<SessionTexts, 'kind' | 'title'> &
  Partial<SessionTexts> & { place?: Partial<SessionPlace> };
export type SessionChanges = Partial<SessionTexts> & { place?: SessionPlace };

/** The row that somebody has seen. */
export interface Read {
  id: string;
  version: number;
}

/** A draft edit is never refused because of a conflict: it saves, and says which ones touch the session (ruling 6). */
export interface SavedSession {
  session: Session;
  findings: FoundConflict[];
}

/** The sessions of the working draft. Everything here throws NotFound for a session of another programme. */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly venues: Venues,
    private readonly conflicts: Conflicts,
  ) {}

  async byId(programmeId: string, id: string): Promise<Session> {
    const session = isId(id) ? await this.db.repository(Session).findOneBy({ id, programmeId }) : null;
    if (!session) throw new NotFound();
    return session;
  }

  /** Every session of the draft, removed ones among them, in order of time. */
  all(programmeId: string): Promise<Session[]> {
    return this.db.repository(Session).find({ where: { programmeId }, order: { startsAt: 'ASC', id: 'ASC' } });
  }

  /** Those that there are. */
  async byIds(programmeId: string, ids: readonly string[]): Promise<Map<string, Session>> {
    const found = await this.db.repository(Session).findBy({ programmeId, id: In(ids.filter(isId)) });
    return new Map(found.map((session) => [session.id, session]));
  }

  /** Of any programme, those that there are. */
  known(ids: readonly string[]): Promise<Session[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.db.repository(Session).findBy({ id: In(ids.filter(isId)) });
  }

  async byCode(programmeId: string, code: string): Promise<Session> {
    const session = await this.db.repository(Session).findOneBy({ code, programmeId });
    if (!session) throw new NotFound();
    return session;
  }

  /** What is left out takes the defaults of its kind. Without a start it waits in the tray. */
  add(programmeId: string, input: NewSession): Promise<SavedSession> {
    return this.db.transaction(async () => {
      const [id] = await this.addAll(programmeId, [input]);
      return this.saved(programmeId, id!);
    });
  }

  /** Several at once, all or none; the caller asks for their conflicts. Answers their ids, in the order given. */
  addAll(programmeId: string, inputs: readonly NewSession[]): Promise<string[]> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const ids: string[] = [];
      for (const input of inputs) ids.push(await this.insert(programme, input));
      return ids;
    });
  }

  /** Changes what is given and leaves the rest. Throws Stale when somebody was faster. */
  edit(programmeId: string, read: Read, changes: SessionChanges): Promise<SavedSession> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const before = await this.byId(programmeId, read.id);
      edited(before);
      const { place, ...texts } = changes;
      const columns = { ...texts, ...(place ? placed(place) : {}) };
      await this.checkReferences(programmeId, { strandId: columns.strandId ?? null, roomId: columns.roomId ?? null });
      await this.db.updateIfUnchanged(Session, read, columns);
      const fields = differing(before, texts);
      if (fields.length > 0)
        await this.journal.record(SessionEdited({ id: read.id, ...inProgramme(programme), fields }));
      if (place) await this.recordMove(programme, before, placed(place));
      return this.saved(programmeId, read.id);
    });
  }

  /** To another time or room, or (without a start) into the tray. */
  move(programmeId: string, read: Read, place: SessionPlace): Promise<SavedSession> {
    return this.edit(programmeId, read, { place });
  }

  /**
   * Several to other places, all or none; the caller asks for their conflicts. Answers each as it was, by id. Throws Stale
   * when somebody was faster with one of them.
   */
  relocate(programmeId: string, moves: readonly { read: Read; place: SessionPlace }[]): Promise<Map<string, Session>> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const before = await this.byIds(
        programmeId,
        moves.map(({ read }) => read.id),
      );
      await this.checkRooms(moves.flatMap(({ place }) => place.roomId ?? []));
      // One order for everybody: two that move the same sessions wait for each other, not both at once.
      for (const { read, place } of [...moves].sort((a, b) => (a.read.id < b.read.id ? -1 : 1))) {
        const session = before.get(read.id);
        if (!session) throw new NotFound();
        edited(session);
        await this.db.updateIfUnchanged(Session, read, placed(place));
        await this.recordMove(programme, session, placed(place));
      }
      return before;
    });
  }

  /** It stays in the programme, marked as cancelled. */
  cancel(programmeId: string, read: Read): Promise<SavedSession> {
    return this.change(programmeId, read, cancelled, SessionCancelled);
  }

  /** A cancelled or removed session takes place after all. */
  reinstate(programmeId: string, read: Read): Promise<SavedSession> {
    return this.change(programmeId, read, reinstated, SessionReinstated);
  }

  /** Deletes what nobody outside has seen; what was released goes with the next release. */
  remove(programmeId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const session = await this.byId(programmeId, read.id);
      const fate = removed(session);
      // Also the row to be deleted is claimed first, so that a stale page deletes nothing.
      await this.db.updateIfUnchanged(Session, read, { status: 'removed' });
      if (fate.forget) await this.db.repository(Session).delete({ id: session.id });
      await this.journal.record(SessionRemoved({ id: session.id, ...inProgramme(programme), released: !fate.forget }));
    });
  }

  private async insert(programme: Programme, input: NewSession): Promise<string> {
    const defaults = kindDefaults(input.kind);
    const { place, ...texts } = input;
    await this.checkReferences(programme.id, { strandId: texts.strandId ?? null, roomId: place?.roomId ?? null });
    const session = {
      id: this.ids.next(),
      programmeId: programme.id,
      code: this.ids.publicId().slice(0, 8),
      abstract: {},
      strandId: null,
      onlineUrl: null,
      languages: [],
      interpretation: [],
      capacity: null,
      expected: null,
      layout: null,
      parallel: defaults.parallel,
      restricted: defaults.restricted,
      pinned: false,
      ...texts,
      ...placed({
        start: place?.start ?? null,
        minutes: place?.minutes ?? defaults.minutes,
        roomId: place?.roomId ?? null,
      }),
      status: 'planned' as const,
      revision: 0,
      version: 1,
    };
    await this.db.insert(Session, session);
    await this.journal.record(SessionAdded({ id: session.id, ...inProgramme(programme), kind: session.kind }));
    return session.id;
  }

  private async recordMove(programme: Programme, before: Session, place: PlacedTimes): Promise<void> {
    if (differing(before, place).length === 0) return;
    const [from, to] = [placeOf(before), placeOf(place)];
    await this.journal.record(SessionMoved({ id: before.id, ...inProgramme(programme), from, to }));
  }

  private change(
    programmeId: string,
    read: Read,
    rule: typeof cancelled | typeof reinstated,
    event: typeof SessionCancelled,
  ): Promise<SavedSession> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const changes = rule(await this.byId(programmeId, read.id));
      await this.db.updateIfUnchanged(Session, read, changes);
      await this.journal.record(event({ id: read.id, ...inProgramme(programme) }));
      return this.saved(programmeId, read.id);
    });
  }

  /** Read again, so that what comes back is what is stored; conflicts are looked for in the same transaction. */
  private async saved(programmeId: string, id: string): Promise<SavedSession> {
    return { session: await this.byId(programmeId, id), findings: await this.conflicts.ofSession(programmeId, id) };
  }

  private async checkReferences(
    programmeId: string,
    { strandId, roomId }: { strandId: string | null; roomId: string | null },
  ): Promise<void> {
    if (strandId !== null && !(await this.db.repository(Strand).existsBy({ id: strandId, programmeId }))) {
      throw InvalidInput.at('strandId', 'error.programme.unknownStrand');
    }
    if (roomId !== null) await this.checkRooms([roomId]);
  }

  private async checkRooms(roomIds: readonly string[]): Promise<void> {
    const known = await this.venues.roomsByIds(roomIds);
    if (roomIds.some((id) => !known.has(id))) throw InvalidInput.at('roomId', 'error.programme.unknownRoom');
  }
}

/** Names of the given fields whose value differs. */
function differing(before: object, after: object): string[] {
  return Object.entries(after)
    .filter(
      ([field, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[field]),
    )
    .map(([field]) => field);
}

function placeOf({ startsAt, endsAt, roomId }: Pick<Session, 'startsAt' | 'endsAt' | 'roomId'>) {
  return { startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null, roomId };
}
