import { pickText } from '../../../kernel/locale.js';
import { grouped } from '../release-views.js';
import { detailTexts, moveText, nameOf, placeText, titled, type DifferenceWords } from '../release-words.js';
import { contentKey } from '../release.rules.js';
import type { LeftOut } from './draft-state.rules.js';
import { FATES, type Fate } from './fates.rules.js';
import type { Restoration } from './restorations.service.js';

/** What a restoration does, in words: each session with its fate, and what cannot come back. */
export function restorationView(
  words: DifferenceWords,
  { fates, leftOut, remaining, empty, seen }: Restoration,
  href: (sessionId: string) => string,
) {
  const titles = new Map(fates.map(({ sessionId, after }) => [sessionId, titled(words, after)]));
  const rows = fates.map((fate) => ({
    kind: fate.kind,
    title: titled(words, fate.after),
    href: href(fate.sessionId),
    place: placeOf(words, fate),
    details: detailsOf(words, fate),
  }));
  return {
    groups: grouped(rows, FATES),
    leftOut: leftOut.map((one) => leftOutText(words, one, titles)),
    remaining: remaining.length,
    empty,
    seen,
  };
}

function placeOf(words: DifferenceWords, { kind, before, after, scheduled }: Fate): string {
  if (!scheduled) return words.t('programme.inTray');
  if ((kind === 'tray' || kind === 'removed') && before) return placeText(words, before);
  return kind === 'moved' && before ? moveText(words, before, after) : placeText(words, after);
}

function detailsOf(words: DifferenceWords, { kind, before, after }: Fate): string[] {
  if (kind === 'tray' || kind === 'removed' || before === null) return [];
  // Expected people, layouts, who was asked: nothing that a release prints.
  if (contentKey(before) === contentKey(after)) return kind === 'changed' ? [words.t('programme.restore.inside')] : [];
  return detailTexts(words, { before, after });
}

function leftOutText(words: DifferenceWords, one: LeftOut, titles: ReadonlyMap<string, string>): string {
  const say = (params: Record<string, unknown>): string => words.t(`programme.restore.leftOut.${one.what}`, params);
  if (one.what === 'zone') return say({ zone: one.zone });
  const session = titles.get(one.sessionId) ?? '';
  if ('personId' in one) return say({ name: nameOf(words, one.personId), session });
  return say({ name: pickText(one.name, words.locale).text, session });
}
