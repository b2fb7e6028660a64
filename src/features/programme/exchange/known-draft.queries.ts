import { Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../../kernel/locale.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { Database } from '../../../platform/database/database.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { People, personName } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { Assignment } from '../assignment.entity.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import { Session, Talk } from '../session.entity.js';
import { describedEvent } from './described.rules.js';
import { ExchangeIds } from './exchange-ids.service.js';
import type { KnownSession, KnownThings } from './import-plan.js';

/** The working draft as an import compares it. A fixed number of statements. */
@Injectable()
export class KnownDraft {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly ids: ExchangeIds,
    private readonly translator: Translator,
  ) {}

  async of(programme: Programme, locale: Locale): Promise<KnownThings> {
    const sessions = await this.db.repository(Session).findBy({ programmeId: programme.id });
    const [talks, assignments] = [await this.within(Talk, programme.id), await this.within(Assignment, programme.id)];
    const strands = await this.programmes.strands(programme.id);
    const rooms = await this.venues.rooms();
    const numbers = await this.ids.ofProgramme(programme.id);
    const speakers = await this.people.byIds(assignments.map(({ personId }) => personId));
    const bySession = {
      talks: Map.groupBy(talks, (row) => row.sessionId),
      people: Map.groupBy(assignments, (row) => row.sessionId),
    };
    const numberOf = new Map(numbers.toReversed().map((row) => [row.subjectId, row]));
    const strandName = new Map(strands.map(({ id, name }) => [id, name]));
    // Neither acronym nor addresses are compared.
    const around = {
      locale,
      zone: programme.zone,
      acronym: '',
      page: () => '',
      kindName: (kind: string) => this.translator.t(locale, `sessionKind.${kind}`),
    };

    const known = (session: Session): KnownSession => {
      const all = bySession.people.get(session.id) ?? [];
      const number = numberOf.get(session.id) ?? { number: 0, guid: session.id, source: null };
      return {
        id: session.id,
        version: session.version,
        code: session.code,
        status: session.status,
        start: session.startsAt,
        roomId: session.roomId,
        people: new Set(all.map(({ personId }) => personId)),
        speakers: new Map(
          all
            .filter(({ talkId, role, state }) => talkId === null && role === 'speaker' && state === 'confirmed')
            .map(({ personId, id, version }) => [personId, { id, version }]),
        ),
        described: describedEvent(
          {
            ...session,
            strand: strandName.get(session.strandId ?? '') ?? null,
            startsAt: session.startsAt ?? new Date(0),
            persons: [],
            talks: (bySession.talks.get(session.id) ?? [])
              .toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
              .map(({ id, title, minutes }) => ({
                title,
                minutes,
                names: all.flatMap(({ talkId, personId, state }) => {
                  const person = speakers.get(personId);
                  return talkId === id && state === 'confirmed' && person ? [personName(person)] : [];
                }),
              })),
          },
          number,
          around,
        ),
      };
    };
    const named = ({ id, name, code }: { id: string; name: Session['title']; code: string }) => ({
      id,
      names: [...Object.values(name), code],
    });
    return {
      sessions: sessions.map(known),
      sessionOf: subjects(numbers, 'session', new Set(sessions.map(({ id }) => id))),
      personNamed: onlyOnes([...speakers.values()].map((person) => [foldForSearch(personName(person)), person.id])),
      personOf: subjects(numbers, 'person', null),
      rooms: rooms.map((room) => ({
        id: room.id,
        // The last is what an export says where two rooms have one name.
        names: [
          ...named(room).names,
          `${pickText(room.name, locale).text} (${pickText(room.venue.name, locale).text}, ${room.code})`,
        ],
      })),
      strands: strands.map(named),
    };
  }

  private within<E extends Talk | Assignment>(entity: new () => E, programmeId: string): Promise<E[]> {
    return this.db
      .repository<E>(entity)
      .createQueryBuilder('row')
      .innerJoin(Session, 'session', 'session.id = row.session_id')
      .where('session.programme_id = :programmeId', { programmeId })
      .getMany();
  }
}

/** Names that exactly one has. */
function onlyOnes(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return new Map([...groups].flatMap(([name, list]) => (list.length === 1 ? [[name, list[0]![1]] as const] : [])));
}

function subjects(
  rows: readonly { kind: string; guid: string; subjectId: string | null }[],
  kind: 'session' | 'person',
  among: ReadonlySet<string> | null,
): Map<string, string> {
  return new Map(
    rows.flatMap((row) =>
      row.kind === kind && row.subjectId !== null && (among === null || among.has(row.subjectId))
        ? [[row.guid, row.subjectId] as const]
        : [],
    ),
  );
}
