/** Whose passport rules spell a Cyrillic name. */
export type CyrillicLanguage = 'be' | 'ru' | 'uk' | 'kk';

/** Latin for one letter; a pair is [at the start of a word, elsewhere]. */
type Latin = string | readonly [string, string];
type Table = Readonly<Record<string, Latin>>;

/** ICAO 9303-3, section 6 B: Cyrillic characters. The soft sign is left out. */
// prettier-ignore
const ICAO: Table = {
  А: 'A', Б: 'B', В: 'V', Г: 'G', Ґ: 'G', Д: 'D', Е: 'E', Ё: 'E', Ж: 'ZH', З: 'Z', И: 'I', І: 'I', Й: 'I', К: 'K', Л: 'L', М: 'M',
  Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ў: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH', Щ: 'SHCH', Ъ: 'IE',
  Ы: 'Y', Ь: '', Э: 'E', Ю: 'IU', Я: 'IA', Є: 'IE', Ї: 'I', Ә: 'A', Ғ: 'G', Қ: 'K', Ң: 'N', Ө: 'O', Ұ: 'U', Ү: 'U', Һ: 'H',
};

const TABLES: Readonly<Record<CyrillicLanguage, Table>> = {
  // The table's own exceptions for Belarusian.
  be: { ...ICAO, Г: 'H', Ё: 'IO' },
  ru: ICAO,
  // Ukrainian passports follow the national table of 2010, which ICAO lists as its exceptions.
  uk: { ...ICAO, Г: 'H', И: 'Y', Й: ['Y', 'I'], Є: ['YE', 'IE'], Ї: ['YI', 'I'], Ю: ['YU', 'IU'], Я: ['YA', 'IA'] },
  kk: ICAO,
};

/** Latin letters that the machine readable zone has no sign for (ICAO 9303-3, section 6 A); all others lose their marks. */
// prettier-ignore
const LATIN: Readonly<Record<string, string>> = {
  Ä: 'AE', Ö: 'OE', Ü: 'UE', Å: 'AA', Æ: 'AE', Ø: 'OE', Œ: 'OE', Þ: 'TH', ß: 'SS', ẞ: 'SS', Ð: 'D', Đ: 'D', Ł: 'L', Ħ: 'H', Ŧ: 'T',
  ı: 'I', ĸ: 'Q', Ŋ: 'N', Ñ: 'N',
};

/** Which rules probably spelled this name; null when it is not written in Cyrillic. */
export function languageOfName(name: string): CyrillicLanguage | null {
  if (!/\p{Script=Cyrillic}/u.test(name)) return null;
  if (/[әғқңөұүһ]/iu.test(name)) return 'kk';
  if (/[їєґ]/iu.test(name)) return 'uk';
  return /[ўі]/iu.test(name) && !/[ищъ]/iu.test(name) ? 'be' : 'ru';
}

/**
 * How a name probably stands in the two bottom lines of a passport, in capitals A–Z; empty for scripts without a table. A
 * suggestion and no more: passports differ, and theirs is the spelling that counts.
 */
export function passportSpelling(name: string, language: CyrillicLanguage | null = languageOfName(name)): string {
  const upper = name.normalize('NFC').toUpperCase();
  if (language) return plain(upper.replace(/[\p{Script=Cyrillic}'’ʼ]+/gu, (word) => spelled(word, TABLES[language])));
  return /\p{Script=Latin}/u.test(upper) && !/(?!\p{Script=Latin})\p{L}/u.test(upper)
    ? plain([...upper].map((letter) => LATIN[letter] ?? letter).join(''))
    : '';
}

function spelled(word: string, table: Table): string {
  return [...word]
    .map((letter, at) => {
      if (/['’ʼ]/.test(letter)) return '';
      const latin = Object.hasOwn(table, letter) ? table[letter]! : letter;
      return typeof latin === 'string' ? latin : latin[at === 0 ? 0 : 1];
    })
    .join('');
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[‐‑–—]/g, '-')
    .replace(/[^A-Z '-]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Groups first: the longest that fits is taken. */
// prettier-ignore
const TO_RUSSIAN: readonly (readonly [RegExp, string])[] = [
  [/^SHCH/, 'Щ'], [/^SCH/, 'Ш'], [/^TCH/, 'Ч'], [/^ZH/, 'Ж'], [/^KH/, 'Х'], [/^TS/, 'Ц'], [/^CH/, 'Ч'], [/^SH/, 'Ш'], [/^PH/, 'Ф'], [/^TH/, 'Т'],
  [/^CK/, 'К'], [/^QU/, 'КВ'], [/^X/, 'КС'], [/^(YA|JA)/, 'Я'], [/^(YU|JU)/, 'Ю'], [/^(YO|JO)/, 'Ё'], [/^(YE|JE)/, 'Е'], [/^EE/, 'И'], [/^OO/, 'У'],
  [/^C(?=[EIY])/, 'С'], [/^C/, 'К'], [/^A/, 'А'], [/^B/, 'Б'], [/^D/, 'Д'], [/^E/, 'Е'], [/^F/, 'Ф'], [/^G/, 'Г'], [/^H/, 'Х'], [/^I/, 'И'], [/^J/, 'ДЖ'],
  [/^K/, 'К'], [/^L/, 'Л'], [/^M/, 'М'], [/^N/, 'Н'], [/^O/, 'О'], [/^P/, 'П'], [/^Q/, 'К'], [/^R/, 'Р'], [/^S/, 'С'], [/^T/, 'Т'], [/^U/, 'У'],
  [/^V/, 'В'], [/^W/, 'В'], [/^Y(?=[AEIOU])/, 'Й'], [/^Y/, 'И'], [/^Z/, 'З'],
];

/** A Latin name in Russian letters, for letters to authorities; a suggestion that its owner or an officer corrects. */
export function cyrillicSpelling(name: string): string {
  if (/\p{Script=Cyrillic}/u.test(name)) return name;
  const upper = passportSpelling(name);
  return upper
    .split(/([ '-])/)
    .map(inRussian)
    .join('');
}

function inRussian(word: string): string {
  let rest = word;
  let spelled = '';
  while (rest !== '') {
    const pair = TO_RUSSIAN.find(([pattern]) => pattern.test(rest));
    const taken = pair ? pair[0].exec(rest)![0] : rest.charAt(0);
    const letters = pair ? (spelled === '' && taken === 'E' ? 'Э' : pair[1]) : taken;
    spelled += spelled === '' ? letters.charAt(0) + letters.slice(1).toLowerCase() : letters.toLowerCase();
    rest = rest.slice(taken.length);
  }
  return spelled;
}
