import { RuleViolation } from '../../kernel/errors.js';
import { LOCALES, type Locale, type Localized } from '../../kernel/locale.js';

export const RESOLUTION_STATES = ['draft', 'adopted'] as const;
export type ResolutionState = (typeof RESOLUTION_STATES)[number];

export const COMMENT_STATES = ['open', 'settled'] as const;
export type CommentState = (typeof COMMENT_STATES)[number];

export interface Paragraph {
  /** Stays with the paragraph from version to version, so that comments find it: `p1`, `p2`, … */
  readonly key: string;
  readonly text: Localized;
}

export const MAX_PARAGRAPHS = 200;

/** Paragraphs of a typed text: an empty line parts them. */
export function splitParagraphs(text: string): string[] {
  return text
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The next version of a text from what was typed in each language, paragraph by paragraph. A paragraph that stays the same
 * in some language keeps its key, wherever it moved; one at a place between two such keeps the key of its place; the
 * others are new. Throws RuleViolation where the languages have different numbers of paragraphs, and for none at all.
 */
export function nextParagraphs(
  previous: readonly Paragraph[],
  typed: Readonly<Partial<Record<Locale, string>>>,
): Paragraph[] {
  const parts = LOCALES.map((locale) => [locale, splitParagraphs(typed[locale] ?? '')] as const).filter(
    ([, list]) => list.length > 0,
  );
  const count = parts[0]?.[1].length ?? 0;
  if (count === 0) throw new RuleViolation('error.roundTable.noText');
  if (count > MAX_PARAGRAPHS) throw new RuleViolation('error.roundTable.tooMany', { max: MAX_PARAGRAPHS });
  if (parts.some(([, list]) => list.length !== count)) throw new RuleViolation('error.roundTable.uneven');
  const texts = Array.from({ length: count }, (_, at): Localized =>
    Object.fromEntries(parts.map(([locale, list]) => [locale, list[at]!])),
  );
  const taken = new Set<string>();
  const keys: (string | null)[] = texts.map((text) => {
    const same = previous.find(
      ({ key, text: old }) =>
        !taken.has(key) && LOCALES.some((locale) => text[locale] !== undefined && text[locale] === old[locale]),
    );
    if (same) taken.add(same.key);
    return same?.key ?? null;
  });
  let last = Math.max(0, ...previous.map(({ key }) => Number(key.slice(1))));
  return texts.map((text, at) => {
    const there = previous[at]?.key;
    const key = keys[at] ?? (there !== undefined && !taken.has(there) ? there : `p${++last}`);
    taken.add(key);
    return { key, text };
  });
}

/** Only a draft is written and commented on. */
export function stillDraft(state: ResolutionState): void {
  if (state !== 'draft') throw new RuleViolation('error.roundTable.adopted');
}

/** Adopts the text that was seen. Throws RuleViolation where comments are open. */
export function adopted(state: ResolutionState, openComments: number): 'adopted' {
  stillDraft(state);
  if (openComments > 0) throw new RuleViolation('error.roundTable.openComments', { count: openComments });
  return 'adopted';
}
