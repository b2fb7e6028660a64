import { pickText } from '../../kernel/locale.js';
import { formatShortDay, formatTime } from '../../platform/i18n/formats.js';
import { detailTexts, type Detail, type SessionContent, type ShownChange } from '../programme/index.js';
import { plainTitle, titled, type Words } from './programme-words.js';

/** The changes as the public may see them: a session that became restricted is gone, one that no longer is, is new. */
export function visibleChanges(changes: readonly ShownChange[]): ShownChange[] {
  return changes.flatMap((change): ShownChange[] => {
    const before = change.before?.restricted ? null : change.before;
    const after = change.after?.restricted ? null : change.after;
    if (!before && !after) return [];
    if (before && after) return [{ ...change, before, after }];
    return [{ ...change, before, after, kind: after ? 'added' : 'removed' }];
  });
}

/** Which two releases to compare, as asked where there are such, an older with a newer; else the latest with the one before. */
export function comparedReleases(
  query: Readonly<Record<string, unknown>>,
  latest: number,
): { from: number; to: number; usual: boolean } {
  const asked = ['from', 'to'].map((name) => {
    const text = query[name];
    return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0;
  });
  const [from, to] = asked.sort((a, b) => a - b) as [number, number];
  const known = from > 0 && to <= latest && from < to;
  const usual = { from: latest - 1, to: latest };
  const pair = known ? { from, to } : usual;
  return { ...pair, usual: pair.from === usual.from && pair.to === usual.to };
}

/**
 * One change in words: `10:00 → 11:30`, `Great Hall → Room 205`; only what differs. `names` by person: of whom the name was
 * removed, nothing is said.
 */
export function shownChange(
  words: Words,
  zone: string,
  change: ShownChange,
  names: ReadonlyMap<string, string> = new Map(),
) {
  const { before, after } = change;
  const session = (after ?? before)!;
  return {
    kind: change.kind,
    title: titled(words, session),
    code: after ? session.code : null,
    when: when(words, zone, session),
    where: where(words, session),
    moved: before && after && change.kind === 'moved' ? pairs(words, zone, before, after) : [],
    wasTitle:
      before && after && plainTitle(words, titled(words, before)) !== plainTitle(words, titled(words, after))
        ? titled(words, before)
        : null,
    details: detailTexts(
      { locale: words.locale, t: (key, params) => words.t(key, params), zone, names },
      change,
      (detail) => isPublic(detail, names),
    ),
  };
}

/** What readers of a programme look for; the rest shows on the page of the session. The title stands in its own line. */
function isPublic(detail: Detail, names: ReadonlyMap<string, string>): boolean {
  if (detail.part === 'joins' || detail.part === 'leaves') return names.has(detail.personId);
  if (detail.part === 'other') return ['abstract', 'languages', 'order'].includes(detail.what);
  return detail.part !== 'title';
}

function pairs(
  words: Words,
  zone: string,
  before: SessionContent,
  after: SessionContent,
): { old: string; now: string }[] {
  const all = [
    { old: when(words, zone, before), now: when(words, zone, after) },
    { old: where(words, before), now: where(words, after) },
  ];
  return all.filter(({ old, now }) => old !== now);
}

function when({ locale }: Words, zone: string, { startsAt, endsAt }: SessionContent): string {
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  return `${formatShortDay(locale, start, zone)}, ${formatTime(locale, start, zone)}–${formatTime(locale, end, zone)}`;
}

function where(words: Words, { room }: SessionContent): string {
  return room ? pickText(room.name, words.locale).text : words.t('conferences.noRoom');
}
