import type { Localized } from '../../kernel/locale.js';
import {
  contentKey,
  type ReleasedPlace,
  type ReleasedTalkContent,
  type SessionContent,
  type ShownChange,
} from './release.rules.js';
import { same } from './same.rules.js';
import type { SessionKind } from './session.rules.js';

/** Parts of a session of which it is enough to say that they are different. */
export const OTHER_PARTS = [
  'abstract',
  'languages',
  'capacity',
  'online',
  'restricted',
  'open',
  'talk',
  'order',
  'seats',
  'zone',
  'colour',
  'room-list',
  'names',
] as const;
export type OtherPart = (typeof OTHER_PARTS)[number];

/** One thing that is different about a session, beside its time and its room. */
export type Detail =
  | { readonly part: 'title'; readonly from: Localized; readonly to: Localized }
  | { readonly part: 'kind'; readonly from: SessionKind; readonly to: SessionKind }
  | { readonly part: 'strand'; readonly from: Localized | null; readonly to: Localized | null }
  /** The same room under another name, or its venue: name and venue. */
  | { readonly part: 'room-name'; readonly from: readonly Localized[]; readonly to: readonly Localized[] }
  | { readonly part: 'talk-title'; readonly from: Localized; readonly to: Localized }
  | { readonly part: 'talk-added' | 'talk-removed'; readonly title: Localized }
  | ({ readonly part: 'joins' | 'leaves' } & Pick<ReleasedPlace, 'personId' | 'role'>)
  | { readonly part: 'other'; readonly what: OtherPart };

/** What is different inside a session that is shown on both sides; nothing where it came, went or is off. */
export function detailsOf({ before, after }: Pick<ShownChange, 'before' | 'after'>): Detail[] {
  if (!before || !after || (before.status === 'cancelled' && after.status === 'cancelled')) return [];
  const found: Detail[] = [
    ...texts(before, after),
    ...talks(before.talks, after.talks),
    ...people(before.people, after.people),
    ...others(before, after),
  ];
  // Equal to the letter, and yet not the same in print: somebody has another name or another house.
  return contentKey(before) === contentKey(after) ? [{ part: 'other', what: 'names' }] : found;
}

function texts(before: SessionContent, after: SessionContent): Detail[] {
  const found: Detail[] = [];
  if (!same(before.title, after.title)) found.push({ part: 'title', from: before.title, to: after.title });
  if (before.kind !== after.kind) found.push({ part: 'kind', from: before.kind, to: after.kind });
  const [from, to] = [before.strand?.name ?? null, after.strand?.name ?? null];
  if (!same(from, to)) found.push({ part: 'strand', from, to });
  if (before.room !== null && before.room.id === after.room?.id) {
    const [old, now] = [before.room, after.room].map(({ name, venue }) => [name, venue]);
    if (!same(old, now)) found.push({ part: 'room-name', from: old!, to: now! });
  }
  return found;
}

function talks(before: readonly ReleasedTalkContent[], after: readonly ReleasedTalkContent[]): Detail[] {
  const old = new Map(before.map((talk) => [talk.id, talk]));
  const now = new Set(after.map(({ id }) => id));
  const both = after.filter(({ id }) => old.has(id));
  const words = both.some((talk) => {
    const { title: _was, ...was } = old.get(talk.id)!;
    const { title: _is, ...is } = talk;
    return !same(was, is);
  });
  const shuffled = before.filter(({ id }) => now.has(id)).some(({ id }, at) => both[at]!.id !== id);
  return [
    ...after.flatMap(({ id, title }): Detail[] => (old.has(id) ? [] : [{ part: 'talk-added', title }])),
    ...before.flatMap(({ id, title }): Detail[] => (now.has(id) ? [] : [{ part: 'talk-removed', title }])),
    ...both.flatMap(({ id, title }): Detail[] => {
      const from = old.get(id)!.title;
      return same(from, title) ? [] : [{ part: 'talk-title', from, to: title }];
    }),
    ...(words ? [{ part: 'other', what: 'talk' } as const] : []),
    ...(shuffled ? [{ part: 'other', what: 'order' } as const] : []),
  ];
}

function people(before: readonly ReleasedPlace[], after: readonly ReleasedPlace[]): Detail[] {
  const [old, now] = [before, after].map((list) => new Map(list.map((place) => [placeOf(place), place])));
  const only = (list: readonly ReleasedPlace[], others: ReadonlyMap<string, ReleasedPlace>) =>
    list.filter((place) => !others.has(placeOf(place)));
  const stays = after.filter((place) => old!.has(placeOf(place)));
  const seats = stays.some((place) => old!.get(placeOf(place))!.seat !== place.seat);
  const order = before
    .filter((place) => now!.has(placeOf(place)))
    .some((place, at) => placeOf(stays[at]!) !== placeOf(place));
  return [
    ...only(after, old!).map(({ personId, role }): Detail => ({ part: 'joins', personId, role })),
    ...only(before, now!).map(({ personId, role }): Detail => ({ part: 'leaves', personId, role })),
    ...(seats || order ? [{ part: 'other', what: 'seats' } as const] : []),
  ];
}

function others(before: SessionContent, after: SessionContent): Detail[] {
  const parts: [OtherPart, boolean][] = [
    ['abstract', !same(before.abstract, after.abstract)],
    ['languages', !same([before.languages, before.interpretation], [after.languages, after.interpretation])],
    ['capacity', before.capacity !== after.capacity],
    ['online', before.onlineUrl !== after.onlineUrl],
    ['restricted', !before.restricted && after.restricted],
    ['open', before.restricted && !after.restricted],
    ['zone', before.zone !== after.zone],
    ['room-list', before.room?.id === after.room?.id && !same(listed(before.room), listed(after.room))],
    ['colour', same(before.strand?.name, after.strand?.name) && !same(before.strand, after.strand)],
  ];
  return parts.flatMap(([what, differs]): Detail[] => (differs ? [{ part: 'other', what }] : []));
}

/** One person in one role of a session or of one of its talks. */
export function placeOf({ personId, role, talkId }: Pick<ReleasedPlace, 'personId' | 'role' | 'talkId'>): string {
  return `${personId} ${role} ${talkId ?? ''}`;
}

/** How a room stands in lists and addresses, whatever it is called. */
function listed(room: SessionContent['room']) {
  return room && [room.code, room.position];
}
