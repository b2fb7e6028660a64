/** Latin for one letter; a pair is [at the start or after a vowel, elsewhere]. */
type Latin = string | readonly [string, string];
type Table = Readonly<Record<string, Latin>>;

const CYRILLIC = /\p{Script=Cyrillic}/u;
const ARMENIAN = /\p{Script=Armenian}/u;
const GEORGIAN = /\p{Script=Georgian}/u;
const OPENS_SYLLABLE = new Set('аеёиоуыэюяіїєўьъ');

// prettier-ignore
const COMMON: Table = {
  а: 'a', б: 'b', в: 'v', г: 'g', ґ: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', і: 'i', й: 'i', к: 'k', л: 'l',
  м: 'm', н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ў: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh',
  щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', є: 'ie', ї: 'i',
  ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h',
  ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj', ћ: 'c', џ: 'dz', ѓ: 'g', ѕ: 'dz', ќ: 'k',
};

/** One spelling per table, because people write a name in one tradition at a time. */
// prettier-ignore
const CYRILLIC_TABLES: readonly Table[] = [
  // Passports: Belarusian (ICAO 9303) and Russian.
  { ...COMMON, г: 'h', ё: 'io' },
  COMMON,
  // Belarusian geographical names (2007), without its diacritics.
  { ...COMMON, г: 'h', е: ['je', 'ie'], ё: ['jo', 'io'], ж: 'z', й: 'j', х: 'ch', ц: 'c', ч: 'c', ш: 's', ю: ['ju', 'iu'], я: ['ja', 'ia'] },
  // Russian as English newspapers write it.
  { ...COMMON, е: ['ye', 'e'], ё: 'yo', й: 'y', ю: 'yu', я: 'ya' },
  { ...COMMON, ё: 'yo', й: 'y', ю: 'yu', я: 'ya' },
  // Ukrainian (2010).
  { ...COMMON, г: 'h', є: ['ye', 'ie'], и: 'y', ї: ['yi', 'i'], й: ['y', 'i'], ю: ['yu', 'iu'], я: ['ya', 'ia'] },
  // Kazakh: Latin alphabet of 2021 without its diacritics.
  { ...COMMON, и: 'i', й: 'i', қ: 'q', ғ: 'g', ж: 'j', ш: 's', ы: 'y', һ: 'h', х: 'h', ю: 'iu', я: 'ia' },
];

// prettier-ignore
const ARMENIAN_TABLE: Table = {
  ա: 'a', բ: 'b', գ: 'g', դ: 'd', ե: ['ye', 'e'], զ: 'z', է: 'e', ը: 'y', թ: 't', ժ: 'zh', ի: 'i', լ: 'l', խ: 'kh', ծ: 'ts',
  կ: 'k', հ: 'h', ձ: 'dz', ղ: 'gh', ճ: 'ch', մ: 'm', յ: 'y', ն: 'n', շ: 'sh', ո: 'o', չ: 'ch', պ: 'p', ջ: 'j', ռ: 'r',
  ս: 's', վ: 'v', տ: 't', ր: 'r', ց: 'ts', ւ: 'v', փ: 'p', ք: 'k', օ: 'o', ֆ: 'f', և: 'ev',
};

// prettier-ignore
const GEORGIAN_TABLE: Table = {
  ა: 'a', ბ: 'b', გ: 'g', დ: 'd', ე: 'e', ვ: 'v', ზ: 'z', თ: 't', ი: 'i', კ: 'k', ლ: 'l', მ: 'm', ნ: 'n', ო: 'o', პ: 'p',
  ჟ: 'zh', რ: 'r', ს: 's', ტ: 't', უ: 'u', ფ: 'p', ქ: 'k', ღ: 'gh', ყ: 'q', შ: 'sh', ჩ: 'ch', ც: 'ts', ძ: 'dz', წ: 'ts',
  ჭ: 'ch', ხ: 'kh', ჯ: 'j', ჰ: 'h',
};

/**
 * The usual Latin spellings of one lower-case, composed (NFC) word, for finding it; none for a word in another script.
 * Letters without an entry stay. Not for documents: passports decide how a name is really spelled.
 */
export function latinSpellings(word: string): string[] {
  if (CYRILLIC.test(word)) return [...new Set(CYRILLIC_TABLES.map((table) => spell(word, table)))];
  if (ARMENIAN.test(word)) return [spell(word.replaceAll('ու', 'u'), ARMENIAN_TABLE)];
  if (GEORGIAN.test(word)) return [spell(word, GEORGIAN_TABLE)];
  return [];
}

function spell(word: string, table: Table): string {
  let spelled = '';
  let previous = '';
  for (const letter of word) {
    const latin = Object.hasOwn(table, letter) ? table[letter]! : letter;
    spelled += typeof latin === 'string' ? latin : latin[previous === '' || OPENS_SYLLABLE.has(previous) ? 0 : 1];
    previous = letter;
  }
  return spelled;
}
