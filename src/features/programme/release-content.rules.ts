import { inPrintOrder, type AssignmentRole, type AssignmentState } from './assignment.rules.js';
import type { SessionContent } from './release.rules.js';
import type { SessionKind, SessionStatus } from './session.rules.js';
import type { Localized } from '../../kernel/locale.js';

/** A session of the draft, as far as a release looks at it. Times are moments, as dates or as ISO text. */
export interface DraftedSession {
  readonly id: string;
  readonly code: string;
  readonly kind: SessionKind;
  readonly title: Localized;
  readonly abstract: Localized;
  readonly startsAt: Date | string | null;
  readonly endsAt: Date | string | null;
  readonly onlineUrl: string | null;
  readonly languages: readonly string[];
  readonly interpretation: readonly string[];
  readonly capacity: number | null;
  readonly status: SessionStatus;
  readonly restricted: boolean;
  readonly revision: number;
}

export interface DraftedTalk {
  readonly id: string;
  readonly code: string;
  readonly position: number;
  readonly title: Localized;
  readonly abstract: Localized;
  readonly minutes: number | null;
  readonly language: string | null;
}

export interface DraftedPlace {
  readonly id: string;
  readonly personId: string;
  readonly role: AssignmentRole;
  readonly state: AssignmentState;
  readonly talkId: string | null;
  readonly seat: number | null;
  readonly position: number;
}

export interface NameAsPrinted {
  readonly personId: string;
  readonly name: string;
  readonly affiliation: string | null;
  readonly country: string | null;
}

export interface Surroundings {
  readonly zone: string;
  readonly talks: readonly DraftedTalk[];
  /** Of them only those who have confirmed are printed. */
  readonly people: readonly DraftedPlace[];
  readonly strand: { id: string; code: string; name: Localized; colour: string } | undefined;
  readonly room:
    { id: string; code: string; name: Localized; venue: { name: Localized }; position: number } | undefined;
}

/** A release shows what is scheduled; of what is cancelled only what was released before. */
export function isShown({
  startsAt,
  status,
  revision,
}: Pick<DraftedSession, 'startsAt' | 'status' | 'revision'>): boolean {
  return startsAt !== null && (status === 'planned' || (status === 'cancelled' && revision > 0));
}

/** What a release says of a session that it shows. */
export function contentOf(
  session: DraftedSession,
  { zone, talks, people, strand, room }: Surroundings,
): SessionContent {
  const { code, kind, title, abstract, onlineUrl, languages, interpretation, capacity, restricted } = session;
  const confirmed = people.filter(({ state }) => state === 'confirmed');
  return {
    code,
    kind,
    title,
    abstract,
    onlineUrl,
    languages,
    interpretation,
    capacity,
    restricted,
    strand: strand ? { id: strand.id, code: strand.code, name: strand.name, colour: strand.colour } : null,
    room: room
      ? { id: room.id, code: room.code, name: room.name, venue: room.venue.name, position: room.position }
      : null,
    startsAt: new Date(session.startsAt!).toISOString(),
    endsAt: new Date(session.endsAt!).toISOString(),
    zone,
    status: session.status === 'cancelled' ? 'cancelled' : 'planned',
    talks: inTalkOrder(talks).map((talk) => ({
      id: talk.id,
      code: talk.code,
      title: talk.title,
      abstract: talk.abstract,
      minutes: talk.minutes,
      language: talk.language,
    })),
    people: inPrintOrder(confirmed).map(({ personId, role, talkId, seat }) => ({ personId, role, talkId, seat })),
  };
}

/** The order of talks in print. */
export function inTalkOrder<T extends { readonly position: number; readonly id: string }>(talks: readonly T[]): T[] {
  return [...talks].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** Everything of its people that a session prints, to see whether it differs. */
export function printedOf(content: SessionContent, names: ReadonlyMap<string, NameAsPrinted>): string {
  return JSON.stringify(
    content.people.map(({ personId }) => [names.get(personId)].map((n) => n && [n.name, n.affiliation, n.country])),
  );
}

/** By start, then room, then code: the same on both databases. */
export function inOrder(a: SessionContent, b: SessionContent): number {
  const [x, y] = [a, b].map(({ startsAt, room, code }) =>
    [startsAt, String(room?.position ?? 0).padStart(8, '0'), code].join(' '),
  );
  return x! < y! ? -1 : 1;
}
