/** A text with fields: what stands between them, and the fields with their fallbacks. */
export interface MergeText {
  readonly parts: readonly (string | MergeField)[];
}

export interface MergeField {
  readonly field: string;
  /** Stands where the recipient has no value; null: none is given. */
  readonly fallback: string | null;
}

export type MergeProblem =
  | { readonly problem: 'unknown'; readonly field: string }
  /** Braces that open or close nothing. */
  | { readonly problem: 'braces'; readonly near: string };

const FIELD = /\{\{\s*([\p{L}\d.]+)\s*(?:\|([^{}]*))?\}\}/gu;

/**
 * Reads a text with fields such as `{{name}}`, or `{{institution|your library}}` with a fallback. Answers every field that
 * is not known, and braces that are no field: a text with a problem must not be saved (a recipient would read it).
 */
export function parseMergeText(text: string, known: readonly string[]): { text: MergeText; problems: MergeProblem[] } {
  const parts: (string | MergeField)[] = [];
  const problems: MergeProblem[] = [];
  let from = 0;
  const literal = (words: string) => {
    const stray = /\{\{|\}\}/.exec(words);
    if (stray) problems.push({ problem: 'braces', near: words.slice(stray.index, stray.index + 20) });
    if (words !== '') parts.push(words);
  };
  for (const match of text.matchAll(FIELD)) {
    literal(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [, field = '', fallback] = match;
    if (!known.includes(field)) problems.push({ problem: 'unknown', field });
    parts.push({ field, fallback: fallback?.trim() || null });
  }
  literal(text.slice(from));
  return { text: { parts }, problems };
}

/** The text for one recipient, and the fields for which they have neither a value nor a fallback. */
export function mergedText(
  { parts }: MergeText,
  values: Readonly<Record<string, string | null | undefined>>,
): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const words = parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = values[part.field]?.trim();
    if (value) return value;
    if (part.fallback === null) missing.add(part.field);
    return part.fallback ?? '';
  });
  return { text: words.join(''), missing: [...missing] };
}
