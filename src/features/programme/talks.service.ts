import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { isId } from './ids.rules.js';
import { Conflicts, type FoundConflict } from './conflicts/conflicts.service.js';
import { TalkAdded, TalkEdited, TalkRemoved } from './programme.events.js';
import { inProgramme, Programmes } from './programmes.service.js';
import { Talk } from './session.entity.js';
import { edited } from './session.rules.js';
import { Sessions, type Read } from './sessions.service.js';

export type TalkFields = Pick<Talk, 'title' | 'abstract' | 'minutes' | 'language'>;
export type NewTalk = Pick<TalkFields, 'title'> & Partial<TalkFields>;

export interface SavedTalk {
  talk: Talk;
  findings: FoundConflict[];
}

/** The papers inside sessions, in their order. */
@Injectable()
export class Talks {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly conflicts: Conflicts,
  ) {}

  ofSession(sessionId: string): Promise<Talk[]> {
    return this.db.repository(Talk).find({ where: { sessionId }, order: { position: 'ASC', id: 'ASC' } });
  }

  /** A talk of this programme. Throws NotFound, also for a talk of another one. */
  async byId(programmeId: string, id: string): Promise<Talk> {
    const talk = isId(id) ? await this.db.repository(Talk).findOneBy({ id }) : null;
    if (!talk) throw new NotFound();
    await this.sessions.byId(programmeId, talk.sessionId);
    return talk;
  }

  /** The new talk stands last. */
  add(programmeId: string, sessionId: string, input: NewTalk): Promise<SavedTalk> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      edited(await this.sessions.byId(programmeId, sessionId));
      const last = await this.db.repository(Talk).findOne({ where: { sessionId }, order: { position: 'DESC' } });
      const talk = {
        id: this.ids.next(),
        sessionId,
        code: this.ids.publicId().slice(0, 8),
        position: (last?.position ?? 0) + 1,
        abstract: {},
        minutes: null,
        language: null,
        ...input,
        version: 1,
      };
      await this.db.insert(Talk, talk);
      await this.journal.record(TalkAdded({ id: talk.id, ...inProgramme(programme), sessionId }));
      return {
        talk: await this.byId(programmeId, talk.id),
        findings: await this.conflicts.ofSession(programmeId, sessionId),
      };
    });
  }

  /** Changes what is given and leaves the rest. Throws Stale when somebody was faster. */
  edit(programmeId: string, read: Read, changes: Partial<TalkFields>): Promise<SavedTalk> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const { sessionId } = await this.byId(programmeId, read.id);
      await this.db.updateIfUnchanged(Talk, read, changes);
      await this.journal.record(
        TalkEdited({ id: read.id, ...inProgramme(programme), sessionId, fields: Object.keys(changes) }),
      );
      return {
        talk: await this.byId(programmeId, read.id),
        findings: await this.conflicts.ofSession(programmeId, sessionId),
      };
    });
  }

  /** Changes places with the talk before or after it; the first stays first and the last stays last. */
  reorder(programmeId: string, id: string, direction: 'up' | 'down'): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const { sessionId } = await this.byId(programmeId, id);
      const talks = await this.ofSession(sessionId);
      const index = talks.findIndex((talk) => talk.id === id);
      const [talk, other] = [talks[index]!, talks[index + (direction === 'up' ? -1 : 1)]];
      if (!other) return;
      await this.db.updateIfUnchanged(Talk, talk, { position: other.position });
      await this.db.updateIfUnchanged(Talk, other, { position: talk.position });
      await this.journal.record(TalkEdited({ id, ...inProgramme(programme), sessionId, fields: ['position'] }));
    });
  }

  remove(programmeId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const { sessionId } = await this.byId(programmeId, read.id);
      await this.db.updateIfUnchanged(Talk, read, {});
      await this.db.repository(Talk).delete({ id: read.id });
      await this.journal.record(TalkRemoved({ id: read.id, ...inProgramme(programme), sessionId }));
    });
  }
}
