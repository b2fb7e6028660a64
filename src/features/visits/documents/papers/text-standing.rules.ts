import type { ReleaseMark } from '../../stay/stay.rules.js';

/** Why papers that are printed now may not be the last word. */
export type TextWarning =
  /** There is no text yet: what is planned is printed. */
  | { readonly kind: 'draft' }
  /** A text counts, but the programme is not frozen. */
  | { readonly kind: 'notFrozen'; readonly number: number }
  /** A later text was sent than the one that counts. */
  | { readonly kind: 'notLatest'; readonly number: number; readonly latest: number }
  /** Changes are planned that are in no text. */
  | { readonly kind: 'pending'; readonly count: number };

export interface TextFacts {
  readonly counting: { readonly number: number; readonly mark: ReleaseMark } | null;
  /** Of all texts; 0: none. */
  readonly latest: number;
  readonly frozen: boolean;
  /** Changes of the plan against the text that counts. */
  readonly pending: number;
}

/** What to warn of before something is printed from the text that counts, the gravest first. */
export function textWarnings({ counting, latest, frozen, pending }: TextFacts): TextWarning[] {
  if (counting === null) return [{ kind: 'draft' }];
  return [
    ...(counting.number < latest ? [{ kind: 'notLatest', number: counting.number, latest } as const] : []),
    ...(frozen ? [] : [{ kind: 'notFrozen', number: counting.number } as const]),
    ...(pending > 0 ? [{ kind: 'pending', count: pending } as const] : []),
  ];
}
