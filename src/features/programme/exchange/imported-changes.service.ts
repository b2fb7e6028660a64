import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { People } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Assignment } from '../assignment.entity.js';
import { PersonUnassigned, SessionEdited, SessionMoved } from '../programme.events.js';
import type { Programme } from '../programme.entity.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { placed } from '../session.rules.js';
import { languagesOf } from './described.rules.js';
import type { PlannedSession } from './import-plan.js';
import type { ChangedRow, ColumnsBefore, TakenOff } from './import.rules.js';
import { ImportedSeats } from './imported-seats.service.js';
import { kindOf } from './kinds.rules.js';

export interface Resolved {
  readonly room: (name: string) => string | null;
  readonly strand: (name: string) => string | null;
  readonly person: (key: string) => string;
}

/** Sessions that were there before and that a file says something else of: changed, and changed back. */
@Injectable()
export class ImportedChanges {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly seats: ImportedSeats,
  ) {}

  /** For a caller who holds the transaction and the row of the programme. Answers how it was and what it left. */
  async change(
    programme: Programme,
    { known, changes, ...session }: PlannedSession,
    locale: Locale,
    resolved: Resolved,
    languages: readonly string[],
  ): Promise<ChangedRow> {
    if (!known) throw new Error('only a known session can change');
    const before = await this.db.repository(Session).findOneByOrFail({ id: known.id });
    const has = (part: (typeof changes)[number]): boolean => changes.includes(part);
    const text = (words: Session['title'], said: string) => ({ ...words, [localeShown(words, locale)]: said });
    const columns: Partial<Columns> = {
      ...(has('title') ? { title: text(before.title, session.title) } : {}),
      ...(has('abstract') ? { abstract: text(before.abstract, session.body) } : {}),
      ...(has('kind') ? { kind: kindOf(session.event.type) } : {}),
      ...(has('language')
        ? { languages: languagesOf(session.event.language).filter((code) => languages.includes(code)) }
        : {}),
      ...(has('track') ? { strandId: resolved.strand(session.track) } : {}),
    };
    const place =
      has('start') || has('length') || has('room')
        ? {
            start: has('start') ? session.start : before.startsAt,
            minutes: has('length') ? session.minutes : before.minutes,
            roomId: has('room') ? resolved.room(session.room) : before.roomId,
          }
        : null;
    const version = await this.write(programme, before, columns, place);
    const wanted = session.people.map(resolved.person);
    const people = has('people') ? await this.speakers(programme, known, wanted) : { added: [], takenOff: [] };
    return {
      id: known.id,
      version,
      before: columnsBefore(before, Object.keys(columns) as (keyof Columns)[], place !== null),
      ...people,
      people: await this.whoIsOn(known.id),
    };
  }

  /** Puts back what nobody has touched since, and answers the ids of the others. */
  async revert(programme: Programme, changed: readonly ChangedRow[]): Promise<{ kept: string[] }> {
    const kept: string[] = [];
    for (const row of changed) if (!(await this.putBack(programme, row))) kept.push(row.id);
    return { kept };
  }

  private async putBack(programme: Programme, row: ChangedRow): Promise<boolean> {
    const now = await this.db.repository(Session).findOneBy({ id: row.id, version: row.version, status: 'planned' });
    if (!now || (await this.whoIsOn(row.id)).join() !== row.people.join()) return false;
    if (!(await this.stillThere(programme.id, row))) return false;
    const { place, ...columns } = row.before;
    await this.write(
      programme,
      now,
      columns,
      place ? { ...place, start: place.start === null ? null : new Date(place.start) } : null,
    );
    const gone = await this.db.repository(Assignment).findBy({ id: In([...row.added]) });
    await this.takeOff(programme, gone);
    await this.seats.assign(
      programme,
      row.takenOff.map((seat) => this.seats.seat(row.id, seat)),
    );
    return true;
  }

  /** Room, strand and people that a session had may be gone meanwhile. */
  private async stillThere(programmeId: string, { before, takenOff }: ChangedRow): Promise<boolean> {
    const roomId = before.place?.roomId ?? null;
    if (roomId !== null && !(await this.venues.roomById(roomId))) return false;
    const { strandId = null } = before;
    const strands = strandId === null ? [] : await this.programmes.strands(programmeId);
    if (strandId !== null && !strands.some(({ id }) => id === strandId)) return false;
    const known = await this.people.byIds(takenOff.map(({ personId }) => personId));
    return takenOff.every(({ personId }) => known.has(personId));
  }

  /** Writes and records what is given of a session; answers its version afterwards. */
  private async write(
    programme: Programme,
    before: Session,
    columns: Partial<Columns>,
    place: Parameters<typeof placed>[0] | null,
  ): Promise<number> {
    const fields = Object.keys(columns);
    if (fields.length === 0 && place === null) return before.version;
    const after = place && placed(place);
    const version = await this.db.updateIfUnchanged(Session, before, { ...columns, ...after } as never);
    const subject = { id: before.id, ...inProgramme(programme) };
    if (fields.length > 0) await this.journal.record(SessionEdited({ ...subject, fields }));
    if (after) await this.journal.record(SessionMoved({ ...subject, from: placeOf(before), to: placeOf(after) }));
    return version;
  }

  /** Who is new in the file is added, and who spoke and is not in it any more is taken off. */
  private async speakers(
    programme: Programme,
    known: NonNullable<PlannedSession['known']>,
    wanted: readonly string[],
  ): Promise<{ added: string[]; takenOff: TakenOff[] }> {
    const leaving = [...known.speakers].filter(([personId]) => !wanted.includes(personId)).map(([, read]) => read);
    for (const read of leaving) await this.db.updateIfUnchanged(Assignment, read, {});
    const gone = await this.db.repository(Assignment).findBy({ id: In(leaving.map(({ id }) => id)) });
    await this.takeOff(programme, gone);
    const fresh = [...new Set(wanted)].filter((id) => !known.people.has(id));
    const rows = fresh.map((personId, at) =>
      this.seats.seat(known.id, { personId, position: known.people.size + at + 1 }),
    );
    await this.seats.assign(programme, rows);
    return {
      added: rows.map(({ id }) => id),
      takenOff: gone.map(({ personId, position, zone }) => ({ personId, position, zone })),
    };
  }

  private async takeOff(programme: Programme, rows: readonly Assignment[]): Promise<void> {
    if (rows.length === 0) return;
    for (const { id, personId, sessionId } of rows) {
      const subject = { id, ...inProgramme(programme), personId, sessionId, role: 'speaker' as const };
      await this.journal.record(PersonUnassigned(subject));
    }
    await this.db.repository(Assignment).delete({ id: In(rows.map(({ id }) => id)) });
  }

  /** Everybody on a session or its talks, each with the version of their part. */
  private async whoIsOn(sessionId: string): Promise<string[]> {
    const rows = await this.db
      .repository(Assignment)
      .find({ where: { sessionId }, select: { id: true, version: true } });
    return rows.map(({ id, version }) => `${id}.${version}`).toSorted();
  }
}

type Columns = Pick<Session, 'title' | 'abstract' | 'kind' | 'languages' | 'strandId'>;

function columnsBefore(session: Session, columns: readonly (keyof Columns)[], moved: boolean): ColumnsBefore {
  const { startsAt, minutes, roomId } = session;
  return {
    ...Object.fromEntries(columns.map((column) => [column, session[column]])),
    ...(moved ? { place: { start: startsAt?.toISOString() ?? null, minutes, roomId } } : {}),
  };
}

/** The language in which a text of ours was compared: that of the file, or the one that readers of it see instead. */
function localeShown(text: Session['title'], locale: Locale): Locale {
  const shown = pickText(text, locale);
  return shown.text === '' ? locale : shown.locale;
}

function placeOf({ startsAt, endsAt, roomId }: Pick<Session, 'startsAt' | 'endsAt' | 'roomId'>) {
  return { startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null, roomId };
}
