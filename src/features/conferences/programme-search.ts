import { foldForSearch, searchWords } from '../../kernel/search-text.js';
import type { ReleasedProgramme, ReleasedSession } from '../programme/index.js';

/** Folded once per release: the model of a release is one object for as long as it is remembered. */
const folded = new WeakMap<ReleasedProgramme, { session: ReleasedSession; text: string }[]>();

/**
 * Sessions of a release in which every word of the query stands somewhere: in titles of any language, names, institutions,
 * strand or room; whatever the script and accents. In the order of the programme; none for a query without words.
 */
export function searchProgramme(programme: ReleasedProgramme, query: string): ReleasedSession[] {
  const words = searchWords(query);
  if (words.length === 0) return [];
  const known =
    folded.get(programme) ?? programme.sessions.map((session) => ({ session, text: foldForSearch(wordsOf(session)) }));
  folded.set(programme, known);
  return known.filter(({ text }) => words.every((word) => text.includes(word))).map(({ session }) => session);
}

function wordsOf({ title, strand, room, people, talks }: ReleasedSession): string {
  const texts = [title, strand?.name, room?.name, ...talks.map((talk) => talk.title)].flatMap((words) =>
    Object.values(words ?? {}),
  );
  const names = [...people, ...talks.flatMap((talk) => talk.people)].flatMap(({ name, affiliation }) => [
    name,
    affiliation,
  ]);
  return [...texts, ...names].filter(Boolean).join(' ');
}
