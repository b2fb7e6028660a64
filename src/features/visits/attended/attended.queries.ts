import { Injectable } from '@nestjs/common';
import type { Localized } from '../../../kernel/locale.js';
import { Conferences, type Conference } from '../../conferences/index.js';
import { People, personName } from '../../people/index.js';
import {
  Programmes,
  ReleasedProgrammes,
  Sessions,
  type FoundConflict,
  type ReleasedSession,
  type Session,
  type SessionContent,
} from '../../programme/index.js';
import { Venues, type Room } from '../../venues/index.js';
import { Database } from '../../../platform/database/database.js';
import { VisitMember } from '../delegation/member.entity.js';
import { inPrecedence } from '../delegation/member.rules.js';
import type { Visit } from '../visit.entity.js';
import { VisitAttendance } from './attendance.entity.js';
import { attendedState, whoAttends, type AttendedNow, type AttendedState } from './attended.rules.js';

/** Somebody of the delegation. */
export interface Attendee {
  readonly memberId: string;
  readonly personId: string;
  readonly name: string;
}

/** A session of the conference that the delegation attends, as it stands today. */
export interface AttendedSession {
  readonly sessionId: string;
  readonly title: Localized;
  readonly kind: Session['kind'];
  /** As the conference has published it; before that, as it is planned. Null: no time, or no longer there. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly room: Room | null;
  readonly languages: readonly string[];
  readonly state: AttendedState;
  /** Where it is about to go; null unless it is moving. */
  readonly planned: { readonly startsAt: Date; readonly endsAt: Date; readonly room: Room | null } | null;
  readonly conference: Pick<Conference, 'id' | 'slug' | 'title'>;
  /** Null: everybody who comes in person. */
  readonly memberIds: readonly string[] | null;
  readonly people: readonly Attendee[];
  readonly version: number;
}

/** A session of the conference that can be chosen. */
export interface AttendableSession {
  readonly id: string;
  readonly title: Localized;
  readonly kind: Session['kind'];
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly room: Room | null;
  readonly published: boolean;
}

interface Published {
  readonly byId: ReadonlyMap<string, ReleasedSession>;
}

/** What a delegation attends, and what it could. */
@Injectable()
export class AttendedQueries {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly released: ReleasedProgrammes,
    private readonly sessions: Sessions,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly venues: Venues,
  ) {}

  /** In order of time; those without a time last. */
  async of(visit: Visit): Promise<AttendedSession[]> {
    const rows = await this.db.all(VisitAttendance, { visitId: visit.id });
    const conference = rows.length > 0 && visit.conferenceId ? await this.conferences.byId(visit.conferenceId) : null;
    if (!conference) return [];
    const { id: programmeId } = await this.programmes.ofOwner(conference.id);
    const drafts = await this.sessions.byIds(
      programmeId,
      rows.map(({ sessionId }) => sessionId),
    );
    const { byId } = await this.published(conference.id);
    const rooms = new Map((await this.venues.rooms()).map((room) => [room.id, room]));
    const members = await this.membersOf(visit);
    const shown = rows.map((row) => shownSession(row, conference, { drafts, byId, rooms, members }));
    const at = ({ startsAt }: AttendedSession) => startsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
    return shown.toSorted((a, b) => at(a) - at(b) || (a.sessionId < b.sessionId ? -1 : 1));
  }

  /**
   * What a text of the programme of stay says now, by session: what the conference has published, and nothing of what it
   * only plans. Of the people there it says who of the delegation attends, and nobody else.
   */
  async texts(visit: Visit): Promise<Map<string, AttendedNow<SessionContent>>> {
    const rows = await this.db.all(VisitAttendance, { visitId: visit.id });
    const conference = rows.length > 0 && visit.conferenceId ? await this.conferences.byId(visit.conferenceId) : null;
    if (!conference) return new Map();
    const { byId } = await this.published(conference.id);
    const members = await this.membersOf(visit);
    return new Map(
      rows.flatMap((row) => {
        const session = byId.get(row.sessionId);
        if (!session) return [];
        const people = whoAttends(members, row.memberIds).map(({ personId }) => personId);
        return [[row.sessionId, { content: contentOf(session, people), conference: conference.title }] as const];
      }),
    );
  }

  /** Names as they are now, of everybody in the delegation and everybody asked for. */
  async names(personIds: Iterable<string>): Promise<Map<string, string>> {
    const people = await this.people.byIds(personIds);
    return new Map([...people.values()].map((person) => [person.id, personName(person)]));
  }

  /** Sessions that can be attended, in order of time. `publishedOnly`: for somebody who may not see what is only planned. */
  async choices(visit: Visit, publishedOnly: boolean): Promise<AttendableSession[]> {
    if (visit.conferenceId === null) return [];
    const { id: programmeId } = await this.programmes.ofOwner(visit.conferenceId);
    const { byId } = await this.published(visit.conferenceId);
    const rooms = new Map((await this.venues.rooms()).map((room) => [room.id, room]));
    return (await this.sessions.all(programmeId)).flatMap((session): AttendableSession[] => {
      const { id, kind, status, restricted } = session;
      const known = byId.get(id);
      if (status !== 'planned' || kind === 'blocker' || kind === 'break') return [];
      if (publishedOnly && (!known || restricted || known.restricted)) return [];
      const { startsAt, endsAt, title, roomId } = publishedOnly
        ? { ...known!, roomId: known!.room?.id ?? null }
        : { ...session, roomId: session.roomId };
      if (startsAt === null || endsAt === null) return [];
      return [{ id, title, kind, startsAt, endsAt, room: rooms.get(roomId ?? '') ?? null, published: Boolean(known) }];
    });
  }

  private async published(conferenceId: string): Promise<Published> {
    const programme = await this.released.ofOwner(conferenceId);
    const all = programme
      ? [...programme.restrictedWithdrawn, ...programme.withdrawn, ...programme.restricted, ...programme.sessions]
      : [];
    return { byId: new Map(all.map((session) => [session.id, session])) };
  }

  private async membersOf(visit: Visit): Promise<(VisitMember & { name: string })[]> {
    const members = inPrecedence(await this.db.all(VisitMember, { visitId: visit.id }));
    const names = await this.names(members.map(({ personId }) => personId));
    return members.map((member) => ({ ...member, name: names.get(member.personId) ?? '' }));
  }
}

/** The conflicts that touch one of the sessions that are attended. */
export function conflictsOf(found: readonly FoundConflict[], sessionId: string): FoundConflict[] {
  return found.filter(({ sessions }) => sessions.includes(sessionId));
}

interface Known {
  readonly drafts: ReadonlyMap<string, Session>;
  readonly byId: ReadonlyMap<string, ReleasedSession>;
  readonly rooms: ReadonlyMap<string, Room>;
  readonly members: readonly (VisitMember & { name: string })[];
}

function shownSession(
  { sessionId, called, memberIds, version }: VisitAttendance,
  conference: Conference,
  { drafts, byId, rooms, members }: Known,
): AttendedSession {
  const draft = drafts.get(sessionId) ?? null;
  const known = byId.get(sessionId) ?? null;
  const published = known && { ...known, roomId: known.room?.id ?? null };
  const place = published ?? draft;
  const state = attendedState(draft, published);
  const roomOf = (id: string | null | undefined) => rooms.get(id ?? '') ?? null;
  return {
    sessionId,
    title: known?.title ?? draft?.title ?? { be: called },
    kind: known?.kind ?? draft?.kind ?? 'section',
    startsAt: place?.startsAt ?? null,
    endsAt: place?.endsAt ?? null,
    room: roomOf(place?.roomId),
    languages: (known ?? draft)?.languages ?? [],
    state,
    planned:
      state === 'moving' && draft?.startsAt && draft.endsAt
        ? { startsAt: draft.startsAt, endsAt: draft.endsAt, room: roomOf(draft.roomId) }
        : null,
    conference,
    memberIds,
    people: whoAttends(members, memberIds).map(({ id, personId, name }) => ({ memberId: id, personId, name })),
    version,
  };
}

/** What is printed of it: no way in, no talks, nobody of the conference. */
function contentOf(session: ReleasedSession, people: readonly string[]): SessionContent {
  const { code, kind, title, room, zone, languages, interpretation, status, restricted, startsAt, endsAt } = session;
  return {
    code,
    kind,
    title,
    abstract: {},
    strand: null,
    room,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    zone,
    onlineUrl: null,
    languages,
    interpretation,
    capacity: null,
    status,
    restricted,
    talks: [],
    people: people.map((personId) => ({ personId, role: 'guest' as const, talkId: null, seat: null })),
  };
}
