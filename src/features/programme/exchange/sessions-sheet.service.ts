import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { pickText, type Locale, type Localized } from '../../../kernel/locale.js';
import { toLocal } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { writeSpreadsheet } from '../../../platform/documents/spreadsheet.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { People, personName } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Assignment } from '../assignment.entity.js';
import { inPrintOrder } from '../assignment.rules.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { SessionsExported } from './exchange.events.js';
import { TABLE_FIELDS, type TableField } from './table.rules.js';

const WIDTHS: Partial<Record<TableField, number>> = { title: 50, abstract: 60, people: 40, room: 24, track: 24 };

/** The working draft as a spreadsheet, every cell a text, with the columns that an import reads back. */
@Injectable()
export class SessionsSheet {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
  ) {}

  /** Sessions that are to take place, by start, those without one last. A fixed number of statements. */
  async write(programmeId: string, locale: Locale): Promise<Buffer> {
    const programme = await this.programmes.byId(programmeId);
    const { zone } = programme;
    const sessions = await this.db
      .repository(Session)
      .find({ where: { programmeId, status: In(['planned']) }, order: { startsAt: 'ASC', code: 'ASC' } });
    const assigned = await this.db
      .repository(Assignment)
      .createQueryBuilder('row')
      .innerJoin(Session, 'session', 'session.id = row.session_id')
      .where("session.programme_id = :programmeId AND row.talk_id IS NULL AND row.state <> 'declined'", { programmeId })
      .getMany();
    const bySession = Map.groupBy(assigned, ({ sessionId }) => sessionId);
    const people = await this.people.byIds(assigned.map(({ personId }) => personId));
    const strands = new Map((await this.programmes.strands(programmeId)).map(({ id, name }) => [id, name]));
    const rooms = new Map((await this.venues.rooms()).map(({ id, name }) => [id, name]));
    const text = (words: Localized | undefined): string => pickText(words, locale).text;
    const t = (key: string): string => this.translator.t(locale, key);
    const rows = sessions.map((session) => {
      const [day = '', start = ''] = session.startsAt ? toLocal(session.startsAt, zone).split('T') : [];
      const names = inPrintOrder(bySession.get(session.id) ?? []).map(({ personId }) =>
        personName(people.get(personId)!),
      );
      const cells: Record<TableField, string> = {
        code: session.code,
        title: text(session.title) || t(`sessionKind.${session.kind}`),
        subtitle: '',
        day,
        start,
        end: session.endsAt ? toLocal(session.endsAt, zone).slice(11) : '',
        duration: String(session.minutes),
        room: text(rooms.get(session.roomId ?? '')),
        track: text(strands.get(session.strandId ?? '')),
        kind: t(`sessionKind.${session.kind}`),
        language: session.languages.join(', '),
        people: [...new Set(names)].join('; '),
        abstract: text(session.abstract),
      };
      return { untimed: session.startsAt === null, cells };
    });
    const shown = TABLE_FIELDS.filter((field) => field !== 'subtitle');
    await this.journal.record(SessionsExported({ id: programmeId, ...inProgramme(programme), rows: rows.length }));
    return writeSpreadsheet({
      name: t('programme.sessions'),
      columns: shown.map((field) => ({ heading: t(`imports.column.${field}`), width: WIDTHS[field] ?? 14 })),
      rows: rows
        .toSorted((a, b) => Number(a.untimed) - Number(b.untimed))
        .map(({ cells }) => shown.map((field) => cells[field])),
    });
  }
}
