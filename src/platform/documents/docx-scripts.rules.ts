import { shownText } from '../../kernel/text.js';

/** How a piece of text must be set so that it prints: from right to left, or in a font that has its letters. */
export interface ScriptRun {
  readonly text: string;
  readonly rtl: boolean;
  /** Of CJK: fonts of East Asia, also for its punctuation. */
  readonly eastAsian: boolean;
  /** A font that office programs have for this script; null where the font of the template has its letters. */
  readonly font: string | null;
}

interface Setting {
  readonly letters: RegExp;
  readonly rtl?: boolean;
  readonly eastAsian?: boolean;
  readonly font?: string;
}

/** Latin, Cyrillic and Greek are in every text font. Where a font is missing, office programs take one with these letters. */
const SETTINGS: readonly Setting[] = [
  { letters: /[\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}]/u, rtl: true },
  { letters: /\p{sc=Hebrew}/u, rtl: true },
  { letters: /[\p{sc=Hiragana}\p{sc=Katakana}]/u, eastAsian: true, font: 'MS Mincho' },
  { letters: /\p{sc=Hangul}/u, eastAsian: true, font: 'Batang' },
  { letters: /[\p{sc=Han}\p{sc=Bopomofo}\u3001-\u303f\uff00-\uffef]/u, eastAsian: true, font: 'SimSun' },
  { letters: /[\p{sc=Armenian}\p{sc=Georgian}]/u, font: 'Sylfaen' },
  { letters: /\p{sc=Ethiopic}/u, font: 'Nyala' },
  { letters: /\p{sc=Thai}/u, font: 'Leelawadee UI' },
  {
    letters:
      /[\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Gujarati}\p{sc=Gurmukhi}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}]/u,
    font: 'Nirmala UI',
  },
];
const PLAIN: Setting = { letters: /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u };
const STRONG_RTL = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}]/u;
const STRONG_LTR = /\p{L}/u;

/**
 * A text in pieces of one script each; joined they are the text. Spaces, marks and digits go with the letters around them,
 * where those agree, else with what stands before them.
 */
export function scriptRuns(text: string): ScriptRun[] {
  const characters = [...text];
  const runs: { setting: Setting; text: string }[] = [];
  settled(characters.map(settingOf)).forEach((setting, at) => {
    const last = runs.at(-1);
    if (last && last.setting === setting) last.text += characters[at];
    else runs.push({ setting, text: characters[at]! });
  });
  return runs.map(({ setting: { rtl = false, eastAsian = false, font = null }, text: piece }) => ({
    text: piece,
    rtl,
    eastAsian,
    font,
  }));
}

/** Every character with a setting: what has none of its own takes that of its neighbours. */
function settled(own: readonly (Setting | undefined)[]): Setting[] {
  const after: (Setting | undefined)[] = Array.from({ length: own.length });
  for (let at = own.length - 1, next: Setting | undefined; at >= 0; at--) after[at] = next = own[at] ?? next;
  let before: Setting | undefined;
  return own.map((setting, at) => {
    before = setting ?? before;
    const next = after[at];
    if (before && next && before !== next) return before.rtl || next.rtl ? PLAIN : before;
    return before ?? next ?? PLAIN;
  });
}

/** Whether a text is read from right to left: its letters all are of such scripts. */
export function isRightToLeft(text: string): boolean {
  let found = false;
  for (const character of text) {
    if (STRONG_RTL.test(character)) found = true;
    else if (STRONG_LTR.test(character)) return false;
  }
  return found;
}

function settingOf(character: string): Setting | undefined {
  return PLAIN.letters.test(character) ? PLAIN : SETTINGS.find(({ letters }) => letters.test(character));
}

/** A value as it may stand in a document: line breaks stay, what XML or the border for text ([X1]) forbids is left out. */
export function documentText(value: string): string {
  return shownText(value, { multiline: true, max: Number.MAX_SAFE_INTEGER });
}
