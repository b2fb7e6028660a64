import type { Localized } from '../../kernel/locale.js';
import { placeOf } from './release-details.rules.js';
import type { ReleasedPlace, SessionContent, ShownChange } from './release.rules.js';

/**
 * What a difference is to one person of a session: they are in it from now on or no longer; it moved, is off, takes place
 * after all; what they give is called otherwise; they have another part; the same room has another name. `stands`: it is
 * where it was.
 */
export const NEWS_KINDS = [
  'joins',
  'leaves',
  'moved',
  'cancelled',
  'again',
  'retitled',
  'role',
  'place',
  'stands',
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

export interface PersonNews {
  readonly sessionId: string;
  readonly kind: NewsKind;
  /** Their parts in it: as they will be, or, where they have none any more, as they were. */
  readonly places: readonly ReleasedPlace[];
  /** Parts that they had before; only of `role`. */
  readonly had: readonly ReleasedPlace[];
  readonly before: SessionContent | null;
  readonly after: SessionContent | null;
  /** Old and new words of their talk, or of the session; only of `retitled`. */
  readonly titles: { readonly from: Localized; readonly to: Localized } | null;
}

export interface PersonChange {
  readonly personId: string;
  readonly news: readonly PersonNews[];
}

/** The same differences by person: everybody printed in a changed session to whom it makes a difference. By id. */
export function peopleConcerned(changes: readonly ShownChange[]): PersonChange[] {
  const found = new Map<string, PersonNews[]>();
  for (const change of changes) {
    const people = new Set([...(change.before?.people ?? []), ...(change.after?.people ?? [])].map((p) => p.personId));
    for (const personId of people) {
      const news = newsFor(personId, change);
      if (news.length > 0) found.set(personId, [...(found.get(personId) ?? []), ...news]);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([personId, news]) => ({ personId, news }));
}

function newsFor(personId: string, { sessionId, kind, before, after }: ShownChange): PersonNews[] {
  const [had, has] = [before, after].map((side) => partsIn(personId, side));
  const one = (what: NewsKind, places: readonly ReleasedPlace[], more: Partial<PersonNews> = {}): PersonNews => ({
    sessionId,
    kind: what,
    places,
    had: [],
    before,
    after,
    titles: null,
    ...more,
  });
  if (had!.length === 0 && has!.length === 0) return [];
  if (had!.length === 0) return [one(before?.people.some((p) => p.personId === personId) ? 'again' : 'joins', has!)];
  if (has!.length === 0) return [one(after === null || after.status === 'cancelled' ? 'cancelled' : 'leaves', had!)];
  const found: PersonNews[] = [];
  if (kind === 'moved') found.push(one('moved', has!));
  if (!sameParts(had!, has!)) found.push(one('role', has!, { had: had! }));
  const titles = retitled(has!, before!, after!);
  if (titles) found.push(one('retitled', has!, { titles }));
  if (calledOtherwise(before!, after!)) found.push(one('place', has!));
  return found;
}

/** What somebody has to do in a session that takes place. */
function partsIn(personId: string, session: SessionContent | null): ReleasedPlace[] {
  return session?.status === 'planned' ? session.people.filter((place) => place.personId === personId) : [];
}

function sameParts(a: readonly ReleasedPlace[], b: readonly ReleasedPlace[]): boolean {
  const [x, y] = [a, b].map((places) => places.map(placeOf).sort().join('\n'));
  return x === y;
}

function retitled(
  places: readonly ReleasedPlace[],
  before: SessionContent,
  after: SessionContent,
): PersonNews['titles'] {
  const pairs = [
    ...places.flatMap(({ talkId }) => {
      const [from, to] = [before, after].map(({ talks }) => talks.find(({ id }) => id === talkId)?.title);
      return from && to ? [{ from, to }] : [];
    }),
    { from: before.title, to: after.title },
  ];
  return pairs.find(({ from, to }) => key(from) !== key(to)) ?? null;
}

function calledOtherwise({ room: before }: SessionContent, { room: after }: SessionContent): boolean {
  if (before === null || before.id !== after?.id) return false;
  return key(before.name) !== key(after.name) || key(before.venue) !== key(after.venue);
}

function key(title: Localized): string {
  return JSON.stringify(Object.entries(title).sort(([a], [b]) => (a < b ? -1 : 1)));
}
