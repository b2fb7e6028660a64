import type { Locale } from '../../../kernel/locale.js';

/** Our language in whose letters a text is written; in Cyrillic, that of the letter around it. Null where it is none of ours. */
export function languageOf(text: string, around = text): Locale | null {
  if (/\p{Script=Cyrillic}/u.test(text)) return /[ўі]/iu.test(text + around) ? 'be' : 'ru';
  return /\p{Script=Latin}/u.test(text) ? 'en' : null;
}
