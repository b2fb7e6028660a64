import { LOCALES, type Locale } from '../../kernel/locale.js';
import { endOfSpeech } from './floor.rules.js';
import type { Floor } from './floor.service.js';
import type { ResolutionText } from './resolutions.service.js';
import type { Table } from './round-tables.queries.js';

/** The queue with names, and where one person stands in it. */
export function shownFloor(table: Table, floor: Floor, now: Date, me: string | null) {
  const { speaking, waiting, spoken, minutes, limitVersion } = floor;
  const name = (personId: string) => table.people.find((one) => one.personId === personId)?.name ?? '—';
  const until = speaking?.beganAt ? endOfSpeech(speaking.beganAt, minutes) : null;
  return {
    minutes,
    limitVersion: String(limitVersion),
    speaking: speaking && { ...speaking, name: name(speaking.personId), until, over: until !== null && now >= until },
    waiting: waiting.map((one) => ({ ...one, name: name(one.personId), mine: one.personId === me })),
    spoken: spoken.map((one) => ({ ...one, name: name(one.personId) })),
    inQueue: waiting.some(({ personId }) => personId === me),
    speakingMyself: speaking?.personId === me,
  };
}

/** The text paragraph by paragraph with its comments, and as the forms hold it. */
export function shownResolution(table: Table, text: ResolutionText | null, me: string | null) {
  const person = (personId: string) => table.people.find((one) => one.personId === personId) ?? null;
  const typed = Object.fromEntries(
    LOCALES.map((locale) => [
      locale,
      (text?.paragraphs ?? [])
        .map((one) => one.text[locale] ?? '')
        .join('\n\n')
        .trim(),
    ]),
  );
  return {
    state: text?.resolution.state ?? null,
    adoptedAt: text?.resolution.adoptedAt ?? null,
    version: String(text?.resolution.version ?? 0),
    versions: text?.versions ?? [],
    paragraphs: (text?.paragraphs ?? []).map((paragraph) => ({
      ...paragraph,
      comments: (text?.comments ?? [])
        .filter((comment) => comment.paragraph === paragraph.key)
        .map((comment) => ({ ...comment, name: person(comment.personId)?.name ?? '—' })),
    })),
    open: (text?.comments ?? []).filter(({ state }) => state === 'open').length,
    adopters: (text?.adopters ?? []).flatMap((id) => person(id) ?? []),
    signed: me !== null && (text?.adopters.includes(me) ?? false),
    typed,
  };
}

/** Languages in which something was typed. */
export function typedTexts(texts: Readonly<Record<Locale, string | null>>): Partial<Record<Locale, string>> {
  return Object.fromEntries(LOCALES.flatMap((locale) => (texts[locale] === null ? [] : [[locale, texts[locale]]])));
}
