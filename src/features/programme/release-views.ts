import { collator } from '../../platform/i18n/formats.js';
import type { PlannedMail } from './programme.ports.js';
import { peopleConcerned, type PersonNews } from './release-people.rules.js';
import { detailTexts, nameOf, moveText, newsText, placeText, titled, type DifferenceWords } from './release-words.js';
import { CHANGE_KINDS, type ChangeKind, type ShownChange } from './release.rules.js';

/** A longer list is folded away under its count. */
const LONG = 30;
const ORDER: readonly ChangeKind[] = [
  'cancelled',
  'removed',
  'moved',
  'added',
  'changed',
] satisfies (typeof CHANGE_KINDS)[number][];

/** How somebody learns of a release: by a mail, on a page or in a calendar of their own, or not from us. */
export const WAYS = ['mail', 'page', 'nobody'] as const;
export type Way = (typeof WAYS)[number];

/** The differences by session, in groups of one kind where there are many. */
export function sessionView(
  words: DifferenceWords,
  changes: readonly ShownChange[],
  href: (sessionId: string) => string,
) {
  const rows = changes.map(({ sessionId, kind, before, after }) => {
    const session = (after ?? before)!;
    return {
      kind,
      title: titled(words, session),
      href: href(sessionId),
      place: kind === 'moved' ? moveText(words, before!, after!) : placeText(words, session),
      details: detailTexts(words, { before, after }),
    };
  });
  return { total: rows.length, groups: grouped(rows, ORDER) };
}

/** Rows in the order given, or, where there are many, by kind and folded away. */
export function grouped<K extends string, R extends { readonly kind: K }>(rows: readonly R[], order: readonly K[]) {
  if (rows.length <= LONG) return rows.length > 0 ? [{ kind: null, rows }] : [];
  const byKind = Map.groupBy(rows, ({ kind }) => kind);
  return order.flatMap((kind) => {
    const some = byKind.get(kind);
    return some ? [{ kind, count: some.length, open: some.length <= LONG, rows: some }] : [];
  });
}

export interface Audience {
  readonly told: readonly PlannedMail[];
  /** Who of the people concerned can look for themselves. */
  readonly readers: ReadonlySet<string>;
}

/** Everybody to whom the differences matter, and everybody who would get a mail. */
export function concernedIds(changes: readonly ShownChange[], told: readonly PlannedMail[]): string[] {
  return [...new Set([...peopleConcerned(changes), ...told].map(({ personId }) => personId))];
}

/** Everybody to whom the differences matter, what they are to them, and how they learn of it. */
export function personRows(changes: readonly ShownChange[], audience: Audience | null) {
  const news = new Map(peopleConcerned(changes).map((person) => [person.personId, person.news]));
  const told = Map.groupBy(audience?.told ?? [], ({ personId }) => personId);
  return concernedIds(changes, audience?.told ?? []).map((personId) => {
    const mails = told.get(personId) ?? [];
    return {
      personId,
      way: audience && wayOf(personId, mails, audience),
      news: news.get(personId) ?? unprinted(mails, changes),
      mails: [...new Set(mails.map(({ kind }) => kind))],
    };
  });
}

function wayOf(personId: string, mails: readonly PlannedMail[], { readers }: Audience): Way {
  if (mails.length > 0) return 'mail';
  return readers.has(personId) ? 'page' : 'nobody';
}

/** The differences by person; with an audience in groups by how they learn of it, else in one. */
export function personView(words: DifferenceWords, changes: readonly ShownChange[], audience: Audience | null) {
  const people = personRows(changes, audience).map(({ personId, news, ...row }) => ({
    ...row,
    name: nameOf(words, personId),
    news: news.map((one) => newsText(words, one)),
  }));
  const { compare } = collator(words.locale);
  people.sort((a, b) => compare(a.name, b.name));
  const groups = (audience ? WAYS : [null]).map((way) => ({ way, people: people.filter((one) => one.way === way) }));
  return {
    total: people.length,
    groups: groups
      .filter((group) => group.people.length > 0)
      .map((group) => ({ ...group, count: group.people.length, open: group.people.length <= LONG })),
  };
}

/** Who is told of a session without standing in it: invited without a printed name, or taken out of it before. */
function unprinted(mails: readonly PlannedMail[], changes: readonly ShownChange[]): PersonNews[] {
  const byId = new Map(changes.map((change) => [change.sessionId, change]));
  return mails.flatMap(({ sessionId, kind }): PersonNews[] => {
    const change = byId.get(sessionId);
    if (!change) return [];
    const { before, after } = change;
    const moved = change.kind === 'moved' ? 'moved' : 'stands';
    const what = ({ added: 'joins', moved, cancelled: 'cancelled', dropped: 'leaves' } as const)[kind];
    return [{ sessionId, kind: what, places: [], had: [], before, after, titles: null }];
  });
}
