export interface PlateNames {
  readonly name: string;
  /** In another script, or as the person wants to be addressed; null where it is the same. */
  readonly badge: string | null;
}

export const PLATE_SIZES = ['xl', 'l', 'm', 's', 'xs'] as const;
export type PlateSize = (typeof PLATE_SIZES)[number];

/** One side of a folded plate: a name in large letters and, where there is one, the other below it. */
export interface PlateFace {
  readonly large: string;
  readonly small: string | null;
  readonly size: PlateSize;
  /** Of a script whose letters reach far above and below their line. */
  readonly tall: boolean;
}

/**
 * Both sides of a plate. Who is written in two scripts has each of them large on one side, so that the hall and the
 * neighbours can both read it; who is written in one has it on both.
 */
export function facesOf({ name, badge }: PlateNames): readonly [PlateFace, PlateFace] {
  const first = badge ?? name;
  const second = badge === null || badge === name ? null : name;
  const face = (large: string, small: string | null): PlateFace => ({
    large,
    small,
    size: sizeOf(large),
    tall: TALL.test(large),
  });
  return [face(first, second), second === null ? face(first, null) : face(second, first)];
}

/** The largest letters in which a name fits on its half of an A4 sheet, on one line or, where it has words, on two. */
export function sizeOf(name: string): PlateSize {
  const words = name.split(/\s+/).map(widthOf);
  const whole = words.reduce((sum, width) => sum + width, words.length - 1);
  if (whole <= 12) return 'xl';
  const line = Math.max(...words, whole / 2);
  if (line <= 17) return 'l';
  if (line <= 22) return 'm';
  return line <= 28 ? 's' : 'xs';
}

const TALL =
  /[\p{Script=Myanmar}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Tibetan}\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/u;
const WIDE = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\uff00-\uffef]/u;

/** In letters of usual width; marks above and below others take none. */
function widthOf(word: string): number {
  return [...word].reduce((sum, letter) => sum + (/\p{M}/u.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1), 0);
}
