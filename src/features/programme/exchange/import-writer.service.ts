import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { People } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { SessionAdded } from '../programme.events.js';
import type { Programme } from '../programme.entity.js';
import { STRAND_COLOURS } from '../programme.schemas.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { kindDefaults, placed } from '../session.rules.js';
import { languagesOf } from './described.rules.js';
import { ExchangeIds } from './exchange-ids.service.js';
import type { ImportPlan, PlannedSession } from './import-plan.js';
import { roomChoice, type AddedRows, type ChangedRow, type ImportOptions } from './import.rules.js';
import { ImportedChanges, type Resolved } from './imported-changes.service.js';
import { ImportedSeats } from './imported-seats.service.js';
import { kindOf } from './kinds.rules.js';
import { slugWords } from './schedule.rules.js';

const ROWS = 300;

/** Writes what an import has planned, for a caller who holds the transaction and the row of the programme. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly exchange: ExchangeIds,
    private readonly seats: ImportedSeats,
    private readonly changes: ImportedChanges,
  ) {}

  async write(
    programme: Programme,
    plan: ImportPlan,
    options: ImportOptions,
    languages: readonly string[],
  ): Promise<AddedRows> {
    const rooms = await this.rooms(plan, options);
    const strands = await this.strands(programme.id, plan, options.locale);
    const people = await this.persons(programme.id, plan, options);
    const resolved: Resolved = {
      room: (name) => (name === '' ? null : (rooms.ids.get(name) ?? null)),
      strand: (name) => (name === '' ? null : (strands.ids.get(foldForSearch(name)) ?? plan.strands.get(name) ?? null)),
      person: (key) => people.ids.get(key)!,
    };
    const added = plan.sessions.filter(({ what }) => what === 'added');
    const sessions = await this.sessions(programme, added, options.locale, resolved, languages);
    const changed: ChangedRow[] = [];
    for (const session of plan.sessions.filter(({ what }) => what === 'changed')) {
      changed.push(await this.changes.change(programme, session, options.locale, resolved, languages));
    }
    const remembered = await this.exchange.remember(
      programme.id,
      plan.sessions.flatMap(({ known, event, what }) =>
        known !== null && what !== 'left' ? [{ guid: event.guid, source: event }] : [],
      ),
    );
    return { sessions, changed, remembered, people: people.added, rooms: rooms.added, strands: strands.added };
  }

  private async rooms(plan: ImportPlan, options: ImportOptions) {
    const ids = new Map<string, string | null>(plan.rooms);
    const added: { id: string; version: number }[] = [];
    for (const { name } of plan.unknownRooms) {
      const choice = roomChoice(options, name);
      if (choice === 'none') continue;
      if (choice !== 'new') {
        if (!(await this.venues.roomById(choice))) throw InvalidInput.at('rooms', 'error.programme.unknownRoom');
        ids.set(name, choice);
        continue;
      }
      if (options.venueId === null) throw InvalidInput.at('venueId', 'error.venues.unknownVenue');
      const code = `${slugWords(name).slice(0, 28) || 'room'}-${this.ids.publicId().slice(0, 6)}`;
      const room = await this.venues.addRoom(options.venueId, {
        code,
        name: { [options.locale]: name },
        capacity: null,
        notes: '',
      });
      ids.set(name, room.id);
      added.push({ id: room.id, version: room.version });
    }
    return { ids, added };
  }

  private async strands(programmeId: string, plan: ImportPlan, locale: Locale) {
    const ids = new Map<string, string>();
    const added: { id: string; version: number }[] = [];
    const before = (await this.programmes.strands(programmeId)).length;
    for (const [at, name] of plan.newStrands.entries()) {
      const strand = await this.programmes.addStrand(programmeId, {
        code: `${slugWords(name).slice(0, 28) || 'strand'}-${this.ids.publicId().slice(0, 6)}`,
        name: { [locale]: name },
        colour: STRAND_COLOURS[(before + at) % STRAND_COLOURS.length]!,
      });
      ids.set(foldForSearch(name), strand.id);
      added.push({ id: strand.id, version: strand.version });
    }
    return { ids, added };
  }

  /** Everybody of the file: known already, said to be somebody known, or new. */
  private async persons(programmeId: string, plan: ImportPlan, options: ImportOptions) {
    const ids = new Map(
      plan.people.flatMap(({ key, personId }) => (personId === null ? [] : [[key, personId] as const])),
    );
    const open = plan.people.filter(({ key }) => !ids.has(key));
    const chosen = open.flatMap(({ key }) => {
      const choice = options.people[key];
      return choice === undefined || choice === 'new' ? [] : [[key, choice] as const];
    });
    const existing = await this.people.byIds(chosen.map(([, id]) => id));
    for (const [key, id] of chosen) {
      if (!existing.has(id)) throw InvalidInput.at('people', 'error.programme.unknownPerson');
      ids.set(key, id);
    }
    const fresh = open.filter(({ key }) => !ids.has(key));
    const made = await this.people.createMany(fresh.map(({ split }) => ({ ...split, locale: options.locale })));
    made.forEach(({ id }, at) => ids.set(fresh[at]!.key, id));
    await this.exchange.give(
      programmeId,
      open.map(({ key, number }) => ({ kind: 'person' as const, subjectId: ids.get(key)!, guid: key, number })),
    );
    return { ids, added: made.map(({ id, version }) => ({ id, version })) };
  }

  private async sessions(
    programme: Programme,
    planned: readonly PlannedSession[],
    locale: Locale,
    resolved: Resolved,
    languages: readonly string[],
  ): Promise<AddedRows['sessions'][number][]> {
    const rows = planned.map((session) => {
      const kind = kindOf(session.event.type);
      return {
        id: this.ids.next(),
        programmeId: programme.id,
        code: this.ids.publicId().slice(0, 8),
        kind,
        title: { [locale]: session.title },
        abstract: session.body === '' ? {} : { [locale]: session.body },
        strandId: resolved.strand(session.track),
        ...placed({ start: session.start, minutes: session.minutes, roomId: resolved.room(session.room) }),
        onlineUrl: null,
        languages: languagesOf(session.event.language).filter((code) => languages.includes(code)),
        interpretation: [],
        capacity: null,
        expected: null,
        status: 'planned' as const,
        parallel: kindDefaults(kind).parallel,
        // What others have published is for everybody.
        restricted: false,
        pinned: false,
        revision: 0,
        version: 1,
      };
    });
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(Session, rows.slice(at, at + ROWS) as never);
    const where = inProgramme(programme);
    for (const { id, kind } of rows) await this.journal.record(SessionAdded({ id, ...where, kind }));
    const seats = planned.map((session, at) =>
      [...new Set(session.people.map(resolved.person))].map((personId, nth) =>
        this.seats.seat(rows[at]!.id, { personId, position: nth + 1 }),
      ),
    );
    await this.seats.assign(programme, seats.flat());
    await this.exchange.give(
      programme.id,
      planned.map(({ event }, at) => ({
        kind: 'session' as const,
        subjectId: rows[at]!.id,
        guid: event.guid,
        number: event.id,
        source: event,
      })),
    );
    return rows.map(({ id, version }, at) => ({ id, version, people: seats[at]!.map((seat) => seat.id) }));
  }
}
