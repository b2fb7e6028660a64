import { latinSpellings } from './transliteration.js';

const MAX_WORDS = 8;
const MAX_WORD = 64;

/** A word that no column holds: there, one space is between words. */
const NOWHERE = '  ';

const APOSTROPHES = /['`´\u2018\u2019\u02bb\u02bc\u02b9\u05f3]/g;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const BETWEEN_WORDS = /[\s\p{Cc}\p{Pd}\u05be]+/u;

/** Letters that Unicode does not take apart, but that people look for by their plain neighbour. */
// prettier-ignore
const PLAIN: Record<string, string> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŋ: 'n', ı: 'i', ə: 'a',
  ґ: 'г', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', ә: 'а', һ: 'х',
  'ـ': '', ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك',
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/**
 * What the normalised search column holds for a text: its words in lower case without accents, each once, and after a word
 * in Cyrillic, Armenian or Georgian its usual Latin spellings. A query is matched against it word by word, each word of
 * `searchWords(query)` somewhere in the column. The two database engines fold differently, hence not their collation.
 */
export function foldForSearch(text: string): string {
  const words = new Set<string>();
  for (const word of split(text)) {
    words.add(plain(word));
    for (const spelling of latinSpellings(word)) words.add(plain(spelling));
  }
  words.delete('');
  return [...words].join(' ');
}

/**
 * The words of a query, folded like the column, each once, eight at most and 64 letters each. They are words: the caller
 * escapes `%`, `_` and the escape sign, and asks for all of them [X11]. Nothing typed asks for nothing, so it finds all; a
 * query of signs alone (`--`, an apostrophe) gets one word that is nowhere, for whoever typed something wants less than all.
 */
export function searchWords(query: string): string[] {
  const words = new Set<string>();
  for (const word of split(query)) {
    const folded = Array.from(plain(word)).slice(0, MAX_WORD).join('');
    if (folded !== '') words.add(folded);
    if (words.size === MAX_WORDS) break;
  }
  if (words.size === 0 && query.trim() !== '') return [NOWHERE];
  return [...words];
}

function split(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(APOSTROPHES, '')
    .replace(INVISIBLE, '')
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '');
}

function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(PLAIN_LETTER, (letter) => PLAIN[letter]!)
    .replace(/\s+/gu, '');
}
